/**
 * Reads a text as it grows. What is settled is never parsed again; the last block is, of a list its
 * last item alone, of a table its last row, of code between fences nothing.
 */
import type { RootContent } from 'mdast';
import { findCut, lineStart, type Cut } from './cut';
import { Fence } from './fence';
import { LateReferences, type Unit } from './late-references';
import { limitFrom } from './limits';
import { firstParts, joined, partsOf, withPart } from './parts';
import { Plain } from './plain';
import { addDefinitions, resolveReferences, type Definitions } from './references';
import { parsePiece, type Piece } from './syntax';
import { withoutUnfinished, withRest } from './unfinished';
import { blocksOf, unitsOf, type Read } from './units';

/** One block of a text. */
export interface Block {
  /** Where the block's first line starts in the text. */
  start: number;
  node: RootContent;
}

/** The end of the text, which is not settled. */
interface Tail {
  blocks: Block[];
  /** Up to here it was read. */
  to: number;
  /** What that cost, in characters. */
  cost: number;
}

/** Characters that are parsed first; more, where they do not tell where a block ends. */
const FIRST_PIECE = 4000;
/** Up to here, in characters, what is not settled is parsed at each look. */
const SHORT_TAIL = 3000;
/** A longer one when it has grown by this part of itself: all looks together cost what the text is long. */
const TAIL_GROWTH = 1 / 16;
/** What is read again for what was defined later: so many times what is new, and so much more. */
const LATE_SHARE = 16;
const LATE_LEAST = 4000;
/** Marks that cost what a character costs, squared. */
const COSTLY_MARKS = 200;

export class Reader {
  text = '';
  /** Where the text begins that is not settled. */
  #at = 0;
  readonly #settled: Block[] = [];
  /** The list or table that goes on there, with what its rows need before them. */
  #open: (Block & { head: string }) | undefined;
  #fence: Fence | undefined;
  #plain: Plain | undefined;
  readonly #known: Definitions = new Map();
  readonly #late = new LateReferences();
  #tail: Tail = { blocks: [], to: 0, cost: 0 };

  /** Reads on, as far as it takes to show what is new. */
  grow(text: string): Block[] {
    const grown = text.length - this.text.length;
    this.text = text;
    const { blocks, to, cost } = this.#tail;
    if (text.length - to < (cost - SHORT_TAIL) * TAIL_GROWTH) {
      return this.#with(withRest(blocks, text.slice(to), to));
    }
    this.#readOn(true);
    this.#readDue(grown * LATE_SHARE + LATE_LEAST);
    return this.#with(this.#tail.blocks);
  }

  /** Reads all of it: the same blocks, however the text grew before. */
  finish(text: string): Block[] {
    this.text = text;
    this.#readOn(false);
    this.#readDue(Infinity);
    const blocks = this.#with(this.#tail.blocks);
    // What the tail defines can still change, so what names it is not kept.
    const own = definitionsIn(this.#tail.blocks.map(({ node }) => node));
    for (const unit of this.#late.asking([...own.keys()])) {
      const block = blocks[unit.block];
      if (block)
        blocks[unit.block] = { ...block, node: this.#readUnit(unit, block.node, own).node };
    }
    return blocks;
  }

  /** All blocks. */
  #with(tail: Block[]): Block[] {
    if (!this.#open) return [...this.#settled, ...tail];
    const { start, node } = this.#open;
    const [next, ...others] = tail;
    return [...this.#settled, { start, node: next ? joined(node, next.node) : node }, ...others];
  }

  #readOn(isGrowing: boolean): void {
    // A mark of the file's byte order is no text.
    if (this.#at === 0 && this.text.startsWith('\uFEFF')) this.#at = 1;
    for (let goesOn = true; goesOn;) {
      if (this.#plain) goesOn = this.#readPlain(this.#plain);
      else {
        if (!this.#open) this.#fence ??= Fence.open(this.text, this.#at);
        goesOn = this.#fence ? this.#readFence(this.#fence) : this.#readBlocks(isGrowing);
      }
    }
  }

  #readPlain(plain: Plain): boolean {
    const piece = plain.next(this.text);
    if (!piece) {
      this.#end([plainBlock(plain.start, this.text.slice(plain.start))]);
      return false;
    }
    const { start, stop, end, isLast } = piece;
    if (start < stop) this.#settled.push(plainBlock(start, this.text.slice(start, stop)));
    this.#at = end;
    if (isLast) this.#plain = undefined;
    return true;
  }

  #readFence(fence: Fence): boolean {
    const { start } = fence;
    const { node, end } = fence.read(this.text);
    if (end === undefined) {
      this.#end([{ start, node }]);
      return false;
    }
    this.#settled.push({ start, node });
    this.#at = end;
    this.#fence = undefined;
    return true;
  }

  #readBlocks(isGrowing: boolean): boolean {
    const { at: most, reason, marks } = limitFrom(this.text, this.#at);
    for (let size = FIRST_PIECE; ; size *= 4) {
      const to = Math.min(this.#at + size, most);
      if (to === most && reason === 'too-deep') {
        if (to > this.#at) this.#settle(this.#read(to), to);
        else this.#closeOpen();
        this.#plain = new Plain(to, to);
        return true;
      }
      const isEnd = to === this.text.length;
      const cost = to - this.#at + marks ** 2 / COSTLY_MARKS;
      const read = this.#read(to, isGrowing && isEnd && cost < SHORT_TAIL);
      const cut = findCut(read.nodes, read.source);
      if (cut && cut.at + read.shift > this.#at) {
        this.#settleTo(read, cut);
        return true;
      }
      if (isEnd) {
        resolveReferences(read.nodes, this.#known, definitionsIn(read.nodes));
        this.#end(blocksOf(read), cost);
        return false;
      }
      if (to === most) {
        this.#closeOpen();
        this.#plain = new Plain(this.#at, most);
        return true;
      }
    }
  }

  #closeOpen(): void {
    if (this.#open) this.#settled.push(this.#open);
    this.#open = undefined;
  }

  #end(blocks: Block[], cost = 0): void {
    this.#tail = { blocks, to: this.text.length, cost };
  }

  #read(to: number, isGrowing = false): Read {
    const head = this.#open?.head ?? '';
    const text = this.text.slice(this.#at, to);
    const source = head + (isGrowing ? withoutUnfinished(text) : text);
    const piece = parsePiece(source, (name) => this.#known.has(name));
    return { ...piece, source, head, shift: this.#at - head.length };
  }

  /** Settles what stands before the cut. */
  #settleTo(read: Read, { block, part, at }: Cut): void {
    const to = at + read.shift;
    const cut = read.nodes[block];
    const nodes = read.nodes.slice(0, block);
    const later: RootContent[] = read.nodes.slice(block);
    if (part > 0 && cut) {
      nodes.push(firstParts(cut, part));
      later.splice(0, 1, ...partsOf(cut).slice(part));
    }
    // What is named here and defined after the cut is not defined yet: more text can change it.
    const isShaky = [...definitionsIn(later).keys()].some(
      (name) => read.asked.has(name) && !this.#known.has(name),
    );
    const settled = isShaky ? withGap(this.#read(to), nodes) : { ...read, nodes };
    const before = this.#open;
    this.#settle(settled, to);
    if (part === 0 || !cut) return;
    const last = this.#settled.pop();
    const [, row] = partsOf(cut);
    const goesOn = before && block === 0;
    const head =
      cut.type === 'table' && row ? read.source.slice(lineStart(cut), lineStart(row)) : '';
    this.#open = last && { ...last, head: goesOn ? before.head : head };
  }

  /** Settles all that was read up to there. */
  #settle(read: Read, to: number): void {
    const { nodes, asked } = read;
    const defined = addDefinitions(nodes, this.#known);
    resolveReferences(nodes, this.#known);
    this.#late.define(defined);
    const names = new Set([...asked].filter((name) => !this.#known.has(name)));
    if (names.size > 0) {
      const parts = this.#open ? partsOf(this.#open.node).length : 0;
      for (const unit of unitsOf(read, to, this.#settled.length, parts, names)) {
        if (this.text.slice(unit.start, unit.end).includes('[')) this.#late.add(unit);
      }
    }
    const [first, ...others] = blocksOf(read);
    if (first && this.#open) first.node = joined(this.#open.node, first.node);
    if (first) this.#settled.push({ ...first, start: this.#open?.start ?? first.start }, ...others);
    else if (this.#open) this.#settled.push(this.#open);
    this.#open = undefined;
    this.#at = to;
  }

  #readDue(most: number): void {
    for (const unit of this.#late.due(most)) {
      const block = unit.block < this.#settled.length ? this.#settled[unit.block] : this.#open;
      this.#late.remove(unit);
      if (!block) continue;
      const { node, asked } = this.#readUnit(unit, block.node);
      const names = new Set([...asked].filter((name) => !this.#known.has(name)));
      if (names.size > 0) this.#late.add({ ...unit, names });
      // Those around it may be what asked.
      const isNamed = [...asked].some((name) => unit.names.has(name) && this.#known.has(name));
      if (!isNamed) continue;
      if (block === this.#open) this.#open = { ...this.#open, node };
      else this.#settled[unit.block] = { ...block, node };
    }
  }

  /** The block with this unit of it read again. */
  #readUnit(
    unit: Unit,
    node: RootContent,
    own: Definitions = new Map(),
  ): Piece & { node: RootContent } {
    const source = unit.head + this.text.slice(unit.start, unit.end);
    const piece = parsePiece(source, (name) => this.#known.has(name) || own.has(name));
    resolveReferences(piece.nodes, this.#known, own);
    const read = piece.nodes.at(-1) ?? node;
    return { ...piece, node: unit.part === undefined ? read : withPart(node, unit.part, read) };
  }
}

function plainBlock(start: number, value: string): Block {
  return { start, node: { type: 'text', value } };
}

function definitionsIn(nodes: RootContent[]): Definitions {
  const own: Definitions = new Map();
  addDefinitions(nodes, own);
  return own;
}

/** What was read again up to a cut, with what the cut has shown of its last list. */
function withGap(read: Read, nodes: RootContent[]): Read {
  const [last, before] = [read.nodes.at(-1), nodes.at(-1)];
  if (last?.type === 'list' && before?.type === 'list') last.spread = before.spread ?? null;
  return read;
}
