/** The examples of the CommonMark specification and of GitHub's extensions to it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tests } from 'commonmark-spec';

/** A text and the HTML that it stands for. */
export interface SpecExample {
  /** `CommonMark 1` or `GFM 198`. */
  name: string;
  markdown: string;
  html: string;
}

const EXTENSION = /^`{32} example (\d+)\n([\s\S]*?)^\.\n([\s\S]*?)^`{32}$/gm;

/** In the specifications an arrow stands for a tab. */
function example(name: string, markdown: string, html: string): SpecExample {
  return { name, markdown: markdown.replaceAll('→', '\t'), html: html.replaceAll('→', '\t') };
}

function extensions(): SpecExample[] {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/gfm-extensions.txt'), 'utf8');
  return [...text.matchAll(EXTENSION)].map(([, number = '', markdown = '', html = '']) =>
    example(`GFM ${number}`, markdown, html),
  );
}

export const specExamples: SpecExample[] = [
  ...tests.map(({ number, markdown, html }) => example(`CommonMark ${number}`, markdown, html)),
  ...extensions(),
];
