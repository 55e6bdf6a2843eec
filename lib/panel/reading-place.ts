/**
 * Keeps the line that a person reads where it is, whatever arrives above it. Browsers do so by
 * themselves (`overflow-anchor`), but not to the pixel, and not when a message enters the document.
 */

/** How far down one looks for a line, from the upper edge of the view, in pixels. */
const PROBES = [4, 12, 20, 28, 40, 60, 80, 120, 160, 240];
/** A person scrolls until no scroll event came for so long, in milliseconds. */
const SCROLL_PAUSE = 150;
/** How near the list's start what was put off has to be made good at once, in pixels. */
const NEAR_START = 400;

/** What the view holds on to: the first element and its ancestors, and where each began. */
interface Hold {
  element: Element;
  /** Pixels from the start of what scrolls. */
  place: number;
}

/** Where a view stands: by how many pixels a message begins above its upper edge (negative: below). */
export interface Place {
  messageId: string;
  above: number;
}

export class ReadingPlace {
  readonly #view: HTMLElement;
  readonly #list: HTMLElement;
  #holds: Hold[] = [];
  /** What the list is moved by so that nothing else moves, until the scroll position can take it. */
  #shift = 0;
  /** The scroll position when it was last looked at. */
  #top = 0;
  #lastScroll = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: HTMLElement, list: HTMLElement) {
    this.#view = view;
    this.#list = list;
  }

  /** Takes hold of the first line in view. */
  hold(): void {
    this.#top = this.#view.scrollTop;
    const start = this.#start();
    this.#holds = this.#chainInView().map((element) => ({
      element,
      place: element.getBoundingClientRect().top - start,
    }));
  }

  /** Undoes what moved the line that is held, and takes hold of it again. */
  keep(isScrolled = false): void {
    const { scrollHeight, clientHeight, scrollTop } = this.#view;
    const hold = this.#holds.find(({ element }) => this.#list.contains(element));
    if (hold) {
      const moved = hold.element.getBoundingClientRect().top - this.#start() - hold.place;
      if (moved !== 0) this.#move(-moved);
      // A list that became shorter has pulled the view back with it; now there is room again.
      const isPulled = scrollTop < this.#top && scrollTop >= scrollHeight - clientHeight - 1;
      if (isPulled && !isScrolled) this.#view.scrollTop = this.#top;
    }
    this.#settle(hold);
    this.hold();
  }

  /** To be called when the view has been scrolled. */
  scrolled(): void {
    this.#lastScroll = performance.now();
    this.keep(true);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), SCROLL_PAUSE);
  }

  /** Lets go: the next thing that moves the list may do so. */
  release(): void {
    this.#holds = [];
    this.#move(-this.#shift);
  }

  /** The message that is held, for a way back to it. */
  get place(): Place | undefined {
    const article = this.#holds.at(-1)?.element;
    const messageId = article?.getAttribute('data-message-id');
    if (!article || !messageId) return undefined;
    const { top } = this.#view.getBoundingClientRect();
    return { messageId, above: top - article.getBoundingClientRect().top };
  }

  /** Id of the message at the upper edge of the view. */
  get firstMessage(): string | undefined {
    return this.#chainInView().at(-1)?.getAttribute('data-message-id') ?? undefined;
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Where what scrolls begins on the screen. */
  #start(): number {
    return this.#view.getBoundingClientRect().top - this.#view.scrollTop;
  }

  #move(by: number): void {
    if (by === 0) return;
    this.#shift += by;
    this.#list.style.marginTop = `${this.#shift}px`;
  }

  /**
   * Hands the shift over to the scroll position, but for what a scroll position cannot take. Not
   * while a person scrolls: that would end the browser's own smooth movement, again and again.
   */
  #settle(hold: Hold | undefined): void {
    const { scrollTop } = this.#view;
    const isScrolling = performance.now() - this.#lastScroll < SCROLL_PAUSE;
    const isNearStart = scrollTop < NEAR_START + Math.max(this.#shift, 0);
    if (!hold || Math.abs(this.#shift) < 1 || (isScrolling && !isNearStart)) return;
    const before = hold.element.getBoundingClientRect().top;
    const wanted = scrollTop - this.#shift;
    this.#move(-this.#shift);
    this.#view.scrollTop = wanted;
    this.#move(before - hold.element.getBoundingClientRect().top);
  }

  /** What stands there, from the inside out, without what has a movement of its own. */
  #chainInView(): Element[] {
    let chain: Element[] = [];
    for (let at = this.#firstInView() ?? null; at && at !== this.#list; at = at.parentElement) {
      chain.push(at);
      const { position, overflowY } = getComputedStyle(at);
      const isScroller = overflowY !== 'visible' && at.scrollHeight > at.clientHeight;
      if (position === 'sticky') chain = [];
      else if (isScroller) chain = [at];
    }
    return chain;
  }

  /** The first line, or else whatever stands there: a box around lines may stay while they move. */
  #firstInView(): Element | undefined {
    const { left, top, width } = this.#view.getBoundingClientRect();
    let first: Element | undefined;
    for (const probe of PROBES) {
      const found = document
        .elementsFromPoint(left + width / 2, top + probe)
        .find((element) => element !== this.#list && this.#list.contains(element));
      if (found && isLine(found)) return found;
      first ??= found;
    }
    return first;
  }
}

function isLine(element: Element): boolean {
  if (element.childElementCount === 0) return true;
  return [...element.childNodes].some(
    ({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue?.trim(),
  );
}
