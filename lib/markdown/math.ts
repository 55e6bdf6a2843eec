/** Formulas in Markdown: their syntax, and the nodes they become. */
import type { Extension as MdastExtension } from 'mdast-util-from-markdown';
import type { Literal } from 'mdast';
import type { Extension } from 'micromark-util-types';
import { math as flow } from './math/flow';
import { inlineMath as inline } from './math/inline';
import { BACKSLASH, closings, DOLLAR, isOpening, type Opening } from './math/syntax';

/** A formula within a text. */
export interface InlineMath extends Literal {
  type: 'inlineMath';
  /** The TeX of it, without what opens and closes it. */
  value: string;
  opening: Opening;
}

/** A formula on lines of its own. */
export interface Math extends Literal {
  type: 'math';
  /** The TeX of it, without what opens and closes it. */
  value: string;
  opening: Opening;
  /** False while what closes it has not come. */
  isClosed: boolean;
}

declare module 'mdast' {
  interface PhrasingContentMap {
    inlineMath: InlineMath;
  }
  interface BlockContentMap {
    math: Math;
  }
  interface RootContentMap {
    inlineMath: InlineMath;
    math: Math;
  }
}

/** The syntax, for micromark. */
export function math(): Extension {
  return {
    text: { [DOLLAR]: inline, [BACKSLASH]: inline },
    flow: { [DOLLAR]: flow, [BACKSLASH]: flow },
  };
}

/** The nodes, for mdast-util-from-markdown. */
export function mathFromMarkdown(): MdastExtension {
  return {
    enter: {
      math(token) {
        this.enter({ type: 'math', value: '', opening: '$$', isClosed: false }, token);
        this.buffer();
      },
      inlineMath(token) {
        this.enter({ type: 'inlineMath', value: '', opening: '$' }, token);
        this.buffer();
      },
    },
    exit: {
      mathOpening(token) {
        const node = this.stack.at(-2);
        const opening = this.sliceSerialize(token);
        if ((node?.type === 'math' || node?.type === 'inlineMath') && isOpening(opening)) {
          node.opening = opening;
        }
      },
      mathClosing() {
        const node = this.stack.at(-2);
        if (node?.type === 'math') node.isClosed = true;
      },
      mathData(token) {
        this.config.enter['data']?.call(this, token);
        this.config.exit['data']?.call(this, token);
      },
      math: exitMath,
      inlineMath: exitMath,
    },
  };
}

const exitMath: NonNullable<MdastExtension['exit']>[string] = function exit(token) {
  const value = this.resume().trim();
  const node = this.stack.at(-1);
  if (node?.type === 'math' || node?.type === 'inlineMath') {
    // As GitHub's tables have it: a bar with a backslash is a bar.
    node.value = this.data.inTable ? value.replaceAll('\\|', '|') : value;
  }
  this.exit(token);
};

/** The formula as it was written, with what opens and closes it. */
export function mathSource({ type, opening, value }: InlineMath | Math): string {
  const line = type === 'math' && value.includes('\n') ? '\n' : '';
  return `${opening}${line}${value}${line}${closings[opening]}`;
}
