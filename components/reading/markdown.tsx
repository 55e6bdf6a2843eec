import type { Nodes, Parents, RootContent } from 'mdast';
import { toString } from 'mdast-util-to-string';
import { Fragment, memo, useState, type ReactNode } from 'react';
import { parseMarkdown, type ParsedMarkdown } from '@/lib/markdown/parse';
import { CodeBlock } from './code-block';
import { Link } from './link';
import { LinkedPictures, RemotePicture, withoutPictures } from './remote-picture';
import { Table } from './table';

/**
 * Markdown as elements of ours alone: no HTML of the model's, no address but of the web or mail, and
 * nothing that loads anything.
 */
export function Markdown({ text }: { text: string }) {
  const [parse] = useState(rememberingParser);
  return (
    <div className="prose" dir="auto">
      {parse(text).blocks.map(({ start, node }) => (
        <Block key={start} node={node} />
      ))}
    </div>
  );
}

/** Parses a growing text: what was parsed before is taken over. */
function rememberingParser(): (text: string) => ParsedMarkdown {
  let before: ParsedMarkdown | undefined;
  return (text) => {
    before = parseMarkdown(text, before);
    return before;
  };
}

/** The page's own heading is the first level. */
const headings = ['h2', 'h3', 'h4', 'h5', 'h6', 'h6'] as const;

const Block = memo(function Block({ node }: { node: RootContent }) {
  // What is no Markdown of ours is shown as it came, line by line.
  if (node.type === 'text' || node.type === 'html') return <p>{node.value}</p>;
  return render(node, 0);
});

function render(node: Nodes, key: number): ReactNode {
  switch (node.type) {
    case 'text':
    case 'html':
      return node.value;
    case 'paragraph':
      return <p key={key}>{children(node)}</p>;
    case 'heading': {
      const Heading = headings[node.depth - 1] ?? 'h6';
      return <Heading key={key}>{children(node)}</Heading>;
    }
    case 'emphasis':
      return <em key={key}>{children(node)}</em>;
    case 'strong':
      return <strong key={key}>{children(node)}</strong>;
    case 'delete':
      return <del key={key}>{children(node)}</del>;
    case 'inlineCode':
      return <code key={key}>{node.value}</code>;
    case 'code':
      return (
        <CodeBlock key={key} info={node.lang ?? ''} meta={node.meta ?? ''} code={node.value} />
      );
    case 'break':
      return <br key={key} />;
    case 'thematicBreak':
      return <hr key={key} />;
    case 'blockquote':
      return <blockquote key={key}>{children(node)}</blockquote>;
    case 'list':
      return node.ordered ? (
        <ol key={key} start={node.start ?? 1}>
          {children(node)}
        </ol>
      ) : (
        <ul key={key}>{children(node)}</ul>
      );
    case 'listItem':
      return (
        <li key={key} className={typeof node.checked === 'boolean' ? 'task' : undefined}>
          {typeof node.checked === 'boolean' && (node.checked ? '☑ ' : '☐ ')}
          {children(node)}
        </li>
      );
    case 'table':
      return <Table key={key} rows={node.children} renderCell={children} />;
    case 'link':
      return (
        <Fragment key={key}>
          <Link url={node.url} text={toString(node)}>
            {children(withoutPictures(node))}
          </Link>
          <LinkedPictures link={node} />
        </Fragment>
      );
    case 'image':
      return <RemotePicture key={key} url={node.url} alt={node.alt ?? ''} />;
    case 'imageReference':
      return node.alt;
    case 'footnoteReference':
      return <sup key={key}>{node.label ?? node.identifier}</sup>;
    case 'footnoteDefinition':
      return (
        <div key={key}>
          <sup>{node.label ?? node.identifier}</sup>
          {children(node)}
        </div>
      );
    case 'linkReference':
      return children(node);
    default:
      return null;
  }
}

function children(node: Parents): ReactNode {
  return node.children.map((child, index) => render(child, index));
}
