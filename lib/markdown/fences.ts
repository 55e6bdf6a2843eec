/** Tells code whose closing fence has come from code that may go on. */
import type { Extension } from 'mdast-util-from-markdown';

declare module 'mdast' {
  interface CodeData {
    /** Between fences: whether the second one has come. */
    isClosed?: boolean;
  }
}

export function fenceFromMarkdown(): Extension {
  return {
    enter: {
      codeFencedFence() {
        // What the first fence opened is filled through a buffer, which the second one finds on top.
        const node = this.stack.at(-2);
        if (this.data.flowCodeInside && node?.type === 'code') node.data = { isClosed: true };
      },
    },
  };
}
