/**
 * Where one looks in a conversation, and which of its messages stand in the document for that: all
 * of a short one, of a long one those near the screen.
 */
import { createStore } from 'zustand/vanilla';
import type { Message } from '../conversation';
import { articleOf } from './found-message';
import { leavePlace, leftPlace } from './left-places';
import { Heights, isWhole, messagesNear, topOf, type Spacing } from './message-window';
import { ReadingPlace } from './reading-place';

/** Pixels from the end within which a view still counts as being there. */
const SLACK = 24;
/** So long, in milliseconds, a view that stays at the end waits with a look at what has grown. */
const STUCK_LOOK = 100;
/** The button that unfolds what is long. */
const UNFOLDS = '[data-folded] button[aria-expanded="false"]';
/** Until the list has been laid out. */
const FIRST_SPACING: Spacing = { before: 16, between: 18 };

/** What changes the page that shows the list. */
export interface ShownState {
  /** Ids of the messages that stand in the document, when not all do. */
  present: ReadonlySet<string>;
  isAtBottom: boolean;
}

/** Leads the view to the article of a message. */
export type LeadTo = (article: HTMLElement) => void;

export class MessageView {
  readonly shown;
  readonly heights = new Heights();
  spacing = FIRST_SPACING;
  readonly #conversationId: string;
  #messages: Message[];
  #lastPrompt: string | undefined;
  /** Whether it stays at the end as the conversation grows. */
  #sticks = true;
  /** Where it is to go as soon as the message is in the document. */
  #goal: { messageId: string; leadTo: LeadTo } | undefined;
  #scroller: HTMLElement | undefined;
  #list: HTMLElement | undefined;
  #reading: ReadingPlace | undefined;
  /** The box that was shown last. */
  #editor: HTMLElement | undefined;
  #lastTop = 0;
  /** Where it was put as it stuck to the end. */
  #endTop = NaN;
  #lastHeight = 0;
  /** What the document held when it was last looked at. */
  #drawnIds = '';
  #drawn: ReadonlySet<string> | undefined;

  /** Begins at the message named, else where the person left the conversation, else at its end. */
  constructor(conversationId: string, messages: Message[], targetId?: string) {
    this.#conversationId = conversationId;
    this.#messages = messages;
    this.#lastPrompt = lastPromptOf(messages);
    const left = targetId === undefined ? leftPlace(conversationId) : undefined;
    if (left && messages.some(({ id }) => id === left.messageId)) {
      this.#sticks = false;
      this.#goal = {
        messageId: left.messageId,
        leadTo: (article) => {
          article.scrollIntoView();
          this.#scroller?.scrollBy(0, left.above);
        },
      };
    }
    this.shown = createStore<ShownState>(() => ({
      present: this.#near(targetId ?? this.#goal?.messageId),
      isAtBottom: this.#sticks,
    }));
  }

  /** Follows what scrolls and what grows in it, until the function is called. */
  attach(scroller: HTMLElement, list: HTMLElement): () => void {
    const reading = new ReadingPlace(scroller, list);
    this.#scroller = scroller;
    this.#list = list;
    this.#reading = reading;
    this.#lastHeight = scroller.clientHeight;
    let looking: ReturnType<typeof setTimeout> | undefined;
    const onScroll = () => {
      // Its own doing, at each word of a reply.
      const isOwn = this.#sticks && scroller.scrollTop === this.#endTop;
      if (isOwn && this.shown.getState().isAtBottom) return;
      this.#tellPlace(scroller);
      if (!this.#sticks) reading.scrolled();
      this.#look();
      this.#lastTop = scroller.scrollTop;
    };
    const onResize = () => {
      this.#settle();
      if (!this.#sticks) this.#tellPlace(scroller);
      this.#lastTop = scroller.scrollTop;
      this.#lastHeight = scroller.clientHeight;
      // What entered now would change the size that has just been told. A timer, since a frame that is
      // asked for is drawn; and no look at each word while the view stays at the end.
      looking ??= setTimeout(
        () => {
          looking = undefined;
          this.#look();
        },
        this.#sticks ? STUCK_LOOK : 0,
      );
    };
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLTextAreaElement) this.#showEditor(target);
    };
    const onClick = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest(UNFOLDS)) this.#stay();
    };
    const resizes = new ResizeObserver(onResize);
    resizes.observe(list);
    resizes.observe(scroller);
    scroller.addEventListener('scroll', onScroll, { passive: true });
    list.addEventListener('focusin', onFocus);
    list.addEventListener('click', onClick, { capture: true });
    return () => {
      leavePlace(this.#conversationId, this.#sticks ? undefined : reading.place);
      reading.dispose();
      resizes.disconnect();
      clearTimeout(looking);
      scroller.removeEventListener('scroll', onScroll);
      list.removeEventListener('focusin', onFocus);
      list.removeEventListener('click', onClick, { capture: true });
    };
  }

  /** The list was drawn; another last prompt leads to the end. */
  update(messages: Message[]): void {
    this.#messages = messages;
    const { present } = this.shown.getState();
    const ids = messages.map(({ id }) => id).join();
    // At each word of a reply it is drawn as well; that it has grown is told by its size.
    if (ids === this.#drawnIds && present === this.#drawn) return;
    this.#drawnIds = ids;
    this.#drawn = present;
    const lastPrompt = lastPromptOf(messages);
    if (lastPrompt !== this.#lastPrompt) {
      this.#sticks = true;
      this.#goal = undefined;
    }
    this.#lastPrompt = lastPrompt;
    this.#settle();
    this.#look();
  }

  scrollToBottom(): void {
    this.#sticks = true;
    this.#goal = undefined;
    this.#settle();
    this.#look();
  }

  /** Leads to a message, wherever it is. */
  reveal(messageId: string, leadTo: LeadTo): void {
    this.#sticks = false;
    this.#goal = { messageId, leadTo };
    const article = this.#list && articleOf(this.#list, messageId);
    if (article) this.#settle();
    else this.shown.setState({ present: this.#near(messageId) });
  }

  /** Puts the beginning of a piece into the middle, unless it is well in view. */
  scrollToPiece(piece: Range | Element): void {
    if (!this.#scroller) return;
    const { top, height } = this.#scroller.getBoundingClientRect();
    const at = piece.getBoundingClientRect().top - top;
    if (at < height / 8 || at > (height * 7) / 8) this.#scroller.scrollBy(0, at - height / 2);
  }

  /** What is about to unfold is read on from where it is, also at the end. */
  #stay(): void {
    this.#sticks = false;
    this.#reading?.hold();
  }

  /** A message that became a box is shown whole, wherever the view stood. */
  #showEditor(box: HTMLElement): void {
    const messageId = box.closest('[data-message-id]')?.getAttribute('data-message-id');
    // It gets the focus again whenever the window does.
    if (!messageId || box === this.#editor) return;
    this.#editor = box;
    this.reveal(messageId, () => box.parentElement?.scrollIntoView({ block: 'nearest' }));
  }

  /** The message at the upper edge of the view. */
  get firstInView(): string | undefined {
    return this.#reading?.firstMessage;
  }

  /** Ids of the messages near this one, or near the end. */
  #near(messageId?: string): Set<string> {
    const height = this.#scroller?.clientHeight ?? window.innerHeight;
    const top =
      topOf(this.#messages, this.heights, this.spacing, messageId) -
      (messageId === undefined ? height : 0);
    const view = { top, bottom: top + height };
    return messagesNear(this.#messages, this.heights, this.spacing, view, new Set());
  }

  /** Measures what is in the document, and tells what should be. */
  #look(): void {
    if (!this.#scroller || !this.#list) return;
    const { paddingTop, rowGap } = getComputedStyle(this.#list);
    this.spacing = { before: parseFloat(paddingTop) || 0, between: parseFloat(rowGap) || 0 };
    this.heights.setWidth(this.#list.clientWidth);
    const edge = this.#scroller.getBoundingClientRect().top;
    const inUse = new Set<string>();
    let first: { id: string; top: number } | undefined;
    for (const child of this.#list.children) {
      const id = child.getAttribute('data-message-id');
      if (!id) continue;
      const box = child.getBoundingClientRect();
      this.heights.measure(id, box.height);
      if (isInUse(child)) inUse.add(id);
      if (box.bottom > edge && box.top < edge + this.#scroller.clientHeight) {
        first ??= { id, top: box.top };
      }
    }
    if (isWhole(this.#messages, this.heights)) return;
    // From the first message in view: the gaps in the document may be older than the guesses.
    const top = first
      ? topOf(this.#messages, this.heights, this.spacing, first.id) + edge - first.top
      : edge - this.#list.getBoundingClientRect().top;
    const view = { top, bottom: top + this.#scroller.clientHeight };
    const { present } = this.shown.getState();
    const near = messagesNear(this.#messages, this.heights, this.spacing, view, present);
    const wanted = near.union(inUse);
    if (wanted.symmetricDifference(present).size > 0) this.shown.setState({ present: wanted });
  }

  /** What was asked for is led to, else the end or the line that is read is kept. */
  #settle(): void {
    if (!this.#scroller || !this.#list || !this.#reading) return;
    const article = this.#goal && articleOf(this.#list, this.#goal.messageId);
    if (this.#goal && article) {
      this.#reading.release();
      this.#goal.leadTo(article);
      this.#goal = undefined;
      this.#reading.hold();
    } else if (this.#sticks) {
      this.#reading.release();
      this.#scroller.scrollTop = this.#scroller.scrollHeight;
      this.#endTop = this.#scroller.scrollTop;
      this.#lastTop = this.#endTop;
    } else this.#reading.keep();
  }

  #tellPlace({ scrollHeight, clientHeight, scrollTop }: HTMLElement): void {
    const toEnd = scrollHeight - clientHeight - scrollTop;
    // Growing content also leaves the end behind; only moving up is the person's wish. A step up
    // of less than the slack counts too, or small steps would be pulled back one by one.
    // A view that grew is moved up by the browser, which is nobody's wish.
    const isUp = scrollTop < this.#lastTop && clientHeight === this.#lastHeight;
    if (isUp && toEnd > 1) this.#sticks = false;
    else if (toEnd <= SLACK) this.#sticks = true;
    this.shown.setState({ isAtBottom: this.#sticks || toEnd <= SLACK });
  }
}

function lastPromptOf(messages: Message[]): string | undefined {
  return messages.findLast(({ role }) => role === 'user')?.id;
}

/** What a person writes in, has the focus in or has marked stays in the document. */
function isInUse(element: Element): boolean {
  const selection = getSelection();
  return (
    element.matches(':focus-within') ||
    element.querySelector('textarea') !== null ||
    (selection?.isCollapsed === false && selection.containsNode(element, true))
  );
}
