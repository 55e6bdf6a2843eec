/** What is drawn, and what is taken out of it before. */
import type { Code } from 'mdast';
import { describe, expect, it } from 'vitest';
import { cleanDiagram, diagramKind, diagramTitle, isDiagram } from '@/lib/markdown/diagram-source';
import { parseMarkdown } from '@/lib/markdown/parse';

const isDrawn = (text: string) => {
  const node = parseMarkdown(text).blocks[0]?.node;
  return node?.type === 'code' && isDiagram(node satisfies Code);
};

describe('a diagram', () => {
  it.each([
    ['```mermaid\ngraph TD\n```', true],
    ['~~~Mermaid\ngraph TD\n~~~', true],
    ['```mermaid\ngraph TD\n``', false],
    ['```mermaid\ngraph TD', false],
    ['```mermaid\n```', false],
    ['```js\ngraph TD\n```', false],
    [`\`\`\`mermaid\n${'A-->B\n'.repeat(4000)}\`\`\``, false],
  ])('%j: %s', (text, isOne) => {
    expect(isDrawn(text)).toBe(isOne);
  });

  it('says what it is', () => {
    expect(diagramKind('%% note\n\nflowchart TD\n A-->B')).toBe('flowchart');
    const titled = '---\ntitle: "The way"\nconfig:\n  theme: dark\n---\nsequenceDiagram\n A->>B: x';
    expect(diagramKind(titled)).toBe('sequenceDiagram');
    expect(diagramTitle(titled)).toBe('The way');
  });
});

describe('what could reach out is taken out of', () => {
  it.each([
    ['settings', '%%{init: {"themeCSS": "* {}"}}%%\ngraph TD', /%%\s*\{/],
    ['settings in pieces', '%%%%{init: {}}%%{init: {"a": 1}}%%\ngraph TD', /%%\s*\{/],
    ['front matter', '---\nconfig:\n  securityLevel: loose\n---\ngraph TD', /securityLevel/],
    ['clicks', 'graph TD\nA-->B\nclick A href "https://evil.example"', /click|evil/],
    ['clicks behind a semicolon', 'graph TD;A-->B;click A call alert(1)', /click|alert/],
    ['links of people', 'sequenceDiagram\nA->>B: x\nlink A: Home @ https://evil.example', /evil/],
    ['HTML', 'graph TD\nA["<img src=x onerror=alert(1)>"]', /<img/],
    ['HTML by numbers', 'graph TD\nA["#60;img src=x#62; &lt;b&gt; #lt;b"]', /#60;|&lt;|#lt;/],
    ['pictures', 'graph TD\nA@{ img: "https://evil.example/a.png" }', /@\{/],
    ['pictures by another name', 'graph TD\nA@{ "im\\u0067": "//evil.example/a.png" }', /@\{/],
    ['styles with addresses', 'graph TD\nstyle A fill:url(https://evil.example)', /evil|style/],
    ['styles with escapes', 'graph TD\nclassDef a fill:u\\72l(x)', /classDef/],
    ['addresses', 'graph TD\nA["https://evil.example //evil.example"]', /:\/\/|\/\//],
    ['pictures behind a brace', 'graph TD\nA@{ label: "}", img: "x.png" }', /@\{/],
    [
      'addresses with backslashes',
      'graph TD\nA["https:\\\\evil.example /\\evil.example"]',
      /:[\\/]|[\\/]{2}/,
    ],
    ['pictures of Markdown', 'graph TD\nA["`![x](https://evil.example)`"]', /!\[/],
  ])('%s', (_, source, what) => {
    expect(cleanDiagram(source)).not.toMatch(what);
  });

  it.each([
    'flowchart TD\n  A[One] --> B{Two?}\n  B -->|yes| C((3))\n  A <--> C',
    'classDiagram\n  Animal <|-- Duck\n  Animal : +int age',
    'sequenceDiagram\n  A->>B: click here, please\n  Note over A,B: #quot;x#quot;<br/>y',
    'graph LR\n  A:::hot --> B\n  classDef hot fill:#f00,color:#fff,stroke-width:2px',
    'flowchart TD\n  A@{ shape: cyl, label: "Store" }',
  ])('and nothing of %j', (source) => {
    expect(cleanDiagram(source)).toBe(source);
  });

  it('gives a fill of the author an ink that can be read on it', () => {
    expect(cleanDiagram('graph TD\nstyle A fill:#ffd6d6')).toContain('color:#15191e');
    expect(cleanDiagram('graph TD\nstyle A fill:#702020')).toContain('color:#ffffff');
  });
});
