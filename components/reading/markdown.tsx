import type { ListItem as ItemNode, Nodes, Parents, RootContent } from 'mdast';
import { Fragment, memo, useState, type ReactNode } from 'react';
import { groupDetails } from '@/lib/markdown/details';
import { isDiagram } from '@/lib/markdown/diagram-source';
import { directionOf } from '@/lib/markdown/direction';
import { isBreaks, pairInlineHtml } from '@/lib/markdown/inline-html';
import { growMarkdown, parseMarkdown, type Block, type ParsedMarkdown } from '@/lib/markdown/parse';
import { textWithFormulas } from '@/lib/markdown/table-text';
import { CodeBlock } from './code-block';
import { Details } from './details';
import { Diagram } from './diagram';
import { FootnoteReference, WithFootnotes } from './footnotes';
import { Formula } from './formula';
import { InRuns } from './in-runs';
import { Link } from './link';
import { List, ListItem } from './lists';
import { LinkedPictures, RemotePicture, withoutPictures } from './remote-picture';
import { Table } from './table';

/**
 * Markdown as elements of ours alone: no HTML of the model's, no address but of the web or mail, and
 * nothing that loads anything.
 */
export function Markdown({ text, isGrowing = false }: { text: string; isGrowing?: boolean }) {
  const [parse] = useState(rememberingParser);
  const blocks = groupDetails(parse(text, isGrowing).blocks);
  return (
    <div className="prose">
      <WithFootnotes blocks={blocks} renderChildren={children}>
        <InRuns items={blocks} render={renderBlock} />
      </WithFootnotes>
    </div>
  );
}

/** Parses a growing text: what was parsed before is taken over. */
function rememberingParser(): (text: string, isGrowing: boolean) => ParsedMarkdown {
  let before: ParsedMarkdown | undefined;
  return (text, isGrowing) => {
    before = isGrowing ? growMarkdown(text, before) : parseMarkdown(text, before);
    return before;
  };
}

/** The page's own heading is the first level. */
const headings = ['h2', 'h3', 'h4', 'h5', 'h6', 'h6'] as const;

function renderBlock({ node }: Block, index: number): ReactNode {
  return <Shown key={index} node={node} />;
}

const Shown = memo(function Shown({ node }: { node: RootContent }) {
  // What is no Markdown of ours is shown as it came, line by line.
  if (node.type === 'html' && isBreaks(node.value)) return <br />;
  if (node.type === 'html') return <p dir="auto">{node.value}</p>;
  if (node.type === 'text') {
    return (
      <div data-plain dir="auto">
        {node.value}
      </div>
    );
  }
  return render(node, 0);
});

function render(node: Nodes, key: number): ReactNode {
  switch (node.type) {
    case 'text':
    case 'html':
      return node.value;
    case 'paragraph':
      return (
        <p key={key} dir={directionOf(node) && 'auto'}>
          {children(node)}
        </p>
      );
    case 'heading': {
      const Heading = headings[node.depth - 1] ?? 'h6';
      return (
        <Heading key={key} dir="auto">
          {children(node)}
        </Heading>
      );
    }
    case 'emphasis':
      return <em key={key}>{children(node)}</em>;
    case 'strong':
      return <strong key={key}>{children(node)}</strong>;
    case 'delete':
      return <del key={key}>{children(node)}</del>;
    case 'inlineCode':
      return (
        <code key={key} dir="ltr">
          {node.value}
        </code>
      );
    case 'code':
      if (isDiagram(node)) return <Diagram key={key} source={node.value} />;
      return (
        <CodeBlock key={key} info={node.lang ?? ''} meta={node.meta ?? ''} code={node.value} />
      );
    case 'inlineMath':
    case 'math':
      return <Formula key={key} node={node} />;
    case 'inlineElement': {
      const Element = node.name;
      return <Element key={key}>{children(node)}</Element>;
    }
    case 'details':
      return (
        <Details key={key} node={node}>
          {node.children.map((child, index) => (
            <Shown key={index} node={child} />
          ))}
        </Details>
      );
    case 'break':
      return <br key={key} />;
    case 'thematicBreak':
      return <hr key={key} />;
    case 'blockquote':
      return (
        <blockquote key={key} dir={directionOf(node)}>
          {children(node)}
        </blockquote>
      );
    case 'list':
      return <List key={key} node={node} renderItem={renderItem} />;
    case 'listItem':
      return <Item key={key} node={node} />;
    case 'table':
      return <Table key={key} node={node} renderChildren={children} />;
    case 'link':
      return (
        <Fragment key={key}>
          <Link url={node.url} text={textWithFormulas(node)}>
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
      return <FootnoteReference key={key} node={node} />;
    // They stand together at the end.
    case 'footnoteDefinition':
      return null;
    case 'linkReference':
      return children(node);
    default:
      return null;
  }
}

const Item = memo(function Item({ node }: { node: ItemNode }) {
  return <ListItem node={node} renderChildren={children} />;
});

function renderItem(node: ItemNode, index: number): ReactNode {
  return <Item key={index} node={node} />;
}

function children(node: Parents): ReactNode {
  return pairInlineHtml(node.children).map((child, index) => render(child, index));
}
