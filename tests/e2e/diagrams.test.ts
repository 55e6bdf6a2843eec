/** Diagrams are drawn, as pictures, and nothing in their sources reaches out. */
import type { Page } from 'puppeteer-core';
import { expect, it } from 'vitest';
import { byRole, clickButton, promptBox } from './browser.ts';
import { focused } from './focus.ts';
import { storeConversation } from './stored-conversation.ts';
import { startStory, type Story } from './story.ts';
import { openWatched } from './watched-page.ts';

const story = startStory();

const fenced = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\``;

async function store(of: Story, id: string, sources: string[]): Promise<void> {
  const page = await of.aside.openPanelTab();
  await promptBox(page);
  await storeConversation(page, id, [['Draw', sources.map(fenced).join('\n\n')]]);
  await page.close();
}

/** How many were drawn and how many were refused, once all have had their turn. */
async function waitForAll(page: Page, count: number): Promise<{ drawn: number; refused: number }> {
  // All of them near the screen.
  await page.setViewport({ width: 500, height: 20_000 });
  const result = await page.waitForFunction(
    (all) => {
      const drawn = [...document.querySelectorAll('.diagram img')].filter(
        (image) => image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0,
      ).length;
      const refused = document.querySelectorAll('.diagram-problem').length;
      return drawn + refused === all ? { drawn, refused } : undefined;
    },
    { polling: 50, timeout: 50_000 },
    count,
  );
  return (await result.jsonValue()) ?? { drawn: 0, refused: 0 };
}

const good = [
  'flowchart TD\n  A[Start] --> B{Choose}\n  B -->|yes| C(Go)\n  style C fill:#ffd6d6',
  'sequenceDiagram\n  Alice->>Bob: Hello\n  Note over Alice,Bob: Both',
  'classDiagram\n  Animal <|-- Duck\n  Animal : +int age',
  'stateDiagram-v2\n  [*] --> Still\n  Still --> [*]',
  'erDiagram\n  CUSTOMER ||--o{ ORDER : places',
  'gantt\n  title Plan\n  dateFormat YYYY-MM-DD\n  section One\n  Task :a1, 2026-01-01, 30d',
  'pie title Pets\n  "Dogs" : 3\n  "Cats" : 2',
  'mindmap\n  root((Middle))\n    One\n    Two',
  'gitGraph\n  commit\n  branch next\n  commit',
  'timeline\n  title History\n  2002 : One\n  2004 : Two',
  'journey\n  title Day\n  section Go\n    Work: 5: Me',
  'xychart-beta\n  x-axis [a, b]\n  y-axis 0 --> 10\n  bar [5, 6]',
];

it('draws diagrams of the usual kinds', async () => {
  await store(story, 'good', good);
  const { page, attempts } = await openWatched(story, '?conversation=good');
  expect(await waitForAll(page, good.length)).toEqual({ drawn: good.length, refused: 0 });
  expect(await attempts()).toEqual([]);
  const [first] = await page.$$eval('.diagram img', (all) =>
    all.map((one) => one.getAttribute('alt')),
  );
  expect(first).toBe('Diagram: flowchart');
  await page.close();
});

it('shows the source on demand, and draws in the other colours when the scheme changes', async () => {
  await store(story, 'one', good.slice(0, 1));
  const page = await story.aside.openPanelTab('?conversation=one');
  const image = await page.waitForSelector('.diagram img');
  const before = await image?.evaluate((one) => one.getAttribute('src'));
  await clickButton(page, 'Show source');
  await page.waitForSelector('pre::-p-text(flowchart TD)');
  await clickButton(page, 'Show diagram');
  await page.waitForSelector('.diagram img');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await page.waitForFunction(
    (light) => {
      const src = document.querySelector('.diagram img')?.getAttribute('src');
      return src && src !== light;
    },
    { polling: 50 },
    before,
  );
  expect(await page.$$('.diagram-problem')).toEqual([]);
  await page.close();
});

it('shows a diagram large, to be zoomed with the keyboard, and gives the focus back', async () => {
  await store(story, 'large', good.slice(0, 1));
  const page = await story.aside.openPanelTab('?conversation=large');
  await page.waitForSelector('.diagram img');
  await (await byRole(page, 'button', 'Enlarge diagram')).focus();
  await page.keyboard.press('Enter');
  const dialog = await byRole(page, 'dialog', 'Diagram');
  const widthOf = () => dialog.$eval('img', (image) => image.getBoundingClientRect().width);
  const before = await widthOf();
  await page.keyboard.press('+');
  await expect.poll(widthOf).toBeGreaterThan(before);
  await page.keyboard.press('Escape');
  await expect.poll(() => focused(page)).toBe('Enlarge diagram');
  await page.close();
});

const IMAGE = '<img src=https://evil.example/i.png onerror=alert(1)>';
const hostile = [
  `flowchart TD\n  A["${IMAGE}"] --> B`,
  `flowchart TD\n  A["<svg onload=alert(1)><image href='https://evil.example/a.svg'/></svg>"]`,
  'flowchart TD\n  A["<iframe srcdoc=\'<script>alert(1)</script>\'></iframe>"]',
  'flowchart TD\n  A-->B\n  click A href "javascript:alert(1)"\n  click B "https://evil.example" _self',
  'flowchart TD\n  A-->B;click A call alert(1);',
  `%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart TD\n  A["${IMAGE}"]`,
  '%%{init: {"themeCSS": "@import url(https://evil.example/x.css); * { background: url(https://evil.example/b) }"}}%%\nflowchart TD\n  A-->B',
  '%%{init: {"fontFamily": "x; } @import url(https://evil.example/f.css); a {"}}%%\nflowchart TD\n  A-->B',
  `---\nconfig:\n  securityLevel: loose\n  htmlLabels: true\n  flowchart:\n    htmlLabels: true\n---\nflowchart TD\n  A["${IMAGE}"]`,
  'flowchart TD\n  A@{ img: "https://evil.example/p.png", label: "x", w: 60, h: 60 }',
  'flowchart TD\n  A@{ "im\\u0067": "https://evil.example/p.png", label: "x" }',
  'flowchart TD\n  A@{ label: "}", img: "https:\\\\evil.example\\p.png", w: 60, h: 60 }',
  'flowchart TD\n  A@{ icon: "https://evil.example/p.svg", form: "square" }',
  'flowchart TD\n  A-->B\n  style A fill:url(https://evil.example/s)\n  classDef x background-image:url(//evil.example/c)\n  class B x',
  'flowchart TD\n  A["`![x](https://evil.example/m.png) **bold**`"]',
  'flowchart TD\n  A["#60;img src=https:#47;#47;evil.example/e onerror=alert(1)#62;"]',
  'flowchart TD\n  A["&lt;img src=x onerror=alert(1)&gt; &#60;script&#62;"]',
  `sequenceDiagram\n  participant A as ${IMAGE}\n  A->>A: ${IMAGE}\n  Note over A: ${IMAGE}`,
  'sequenceDiagram\n  participant A\n  link A: Home @ https://evil.example\n  links A: {"x": "javascript:alert(1)"}\n  A->>A: x',
  `classDiagram\n  class A["${IMAGE}"]\n  A : ${IMAGE}\n  link A "https://evil.example" "tip"\n  callback A "alert" "tip"`,
  `stateDiagram-v2\n  s1 : ${IMAGE}\n  s1 --> s2 : ${IMAGE}`,
  `erDiagram\n  A ||--o{ B : "${IMAGE}"`,
  `gantt\n  title ${IMAGE}\n  section ${IMAGE}\n  ${IMAGE} :a1, 2026-01-01, 3d\n  click a1 href "https://evil.example"`,
  `pie title ${IMAGE}\n  "${IMAGE}" : 3`,
  `mindmap\n  root((${IMAGE}))\n    A\n    ::icon(x" onload="alert(1))`,
  `journey\n  title ${IMAGE}\n  section ${IMAGE}\n    ${IMAGE}: 5: ${IMAGE}`,
  `timeline\n  title ${IMAGE}\n  2002 : ${IMAGE}`,
  `gitGraph\n  commit id: "${IMAGE}" tag: "${IMAGE}"`,
  `C4Context\n  title ${IMAGE}\n  Person(a, "${IMAGE}", "x", $sprite="https://evil.example/s.png", $link="javascript:alert(1)")`,
  `quadrantChart\n  title ${IMAGE}\n  x-axis a --> b\n  ${IMAGE}: [0.3, 0.6]`,
  `requirementDiagram\n  requirement a {\n    id: 1\n    text: "${IMAGE}"\n  }`,
  `kanban\n  a[${IMAGE}]\n    b[x]@{ ticket: "javascript:alert(1)" }`,
  `block-beta\n  a["${IMAGE}"]`,
  'architecture-beta\n  service a(https://evil.example/i.svg)[x]',
  'flowchart TD\n  A["$$\\href{javascript:alert(1)}{x}\\includegraphics{https://evil.example/k.png}$$"]',
  'flowchart TD\n  A["x\'-->\'"]:::x\n  subgraph "<foreignObject><body onload=alert(1)>"\n  B\n  end',
];

it('tries nothing, whatever the source says', async () => {
  await store(story, 'hostile', hostile);
  const { page, attempts } = await openWatched(story, '?conversation=hostile');
  const { drawn } = await waitForAll(page, hostile.length);
  expect(drawn).toBeGreaterThan(14);
  expect(await attempts()).toEqual([]);
  expect(
    await page.$$('[data-message-text] :is(svg [onload], script, iframe, foreignObject)'),
  ).toEqual([]);
  expect(await story.aside.problems()).toEqual([]);
  await page.close();
});
