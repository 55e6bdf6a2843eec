import type { FootnoteReference as ReferenceNode, Parents } from 'mdast';
import { CornerLeftUp } from 'lucide-react';
import { createContext, use, useId, useMemo, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import { footnotesOf, type Footnote } from '@/lib/markdown/footnotes';
import { directionOf } from '@/lib/markdown/direction';
import type { Block } from '@/lib/markdown/parse';

interface Notes {
  /** What their ids begin with. */
  id: string;
  of: (identifier: string) => Footnote | undefined;
  leadTo: (note: Footnote, from: HTMLElement) => void;
  /** To the reference that led there, else to the first. */
  leadBack: (note: Footnote) => void;
}

const NotesContext = createContext<Notes | undefined>(undefined);

/** A text and behind it the notes that it speaks of. */
export function WithFootnotes({
  blocks,
  renderChildren,
  children,
}: {
  blocks: Block[];
  renderChildren: (node: Parents) => ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const notes = useMemo(() => footnotesOf(blocks), [blocks]);
  const context = useMemo(() => notesContext(id, notes), [id, notes]);
  return (
    <NotesContext value={context}>
      {children}
      {notes.length > 0 && (
        <section className="footnotes" aria-label={t('footnotes')}>
          <ol>
            {notes.map((note) => (
              <li
                key={note.number}
                dir={directionOf(note.definition)}
                id={idOf(id, note, 'note')}
                tabIndex={-1}
              >
                {renderChildren(note.definition)}
                {note.reference && <BackLink note={note} />}
              </li>
            ))}
          </ol>
        </section>
      )}
    </NotesContext>
  );
}

function notesContext(id: string, notes: Footnote[]): Notes {
  const byName = new Map(notes.map((note) => [note.definition.identifier, note]));
  const cameFrom = new Map<number, HTMLElement>();
  return {
    id,
    of: (identifier) => byName.get(identifier),
    leadTo: (note, from) => {
      cameFrom.set(note.number, from);
      leadTo(document.getElementById(idOf(id, note, 'note')));
    },
    leadBack: (note) => {
      const from = cameFrom.get(note.number);
      const first = document.getElementById(idOf(id, note, 'reference'));
      leadTo(from?.isConnected ? from : first);
    },
  };
}

function idOf(id: string, { number }: Footnote, end: 'note' | 'reference'): string {
  return `${id}-${end}-${number}`;
}

function BackLink({ note }: { note: Footnote }) {
  const notes = use(NotesContext);
  const label = t('footnoteBack', { number: note.number });
  return (
    <button
      type="button"
      className="footnote-back"
      aria-label={label}
      title={label}
      onClick={() => notes?.leadBack(note)}
    >
      <CornerLeftUp size={13} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

/** The number of a note, which leads to it; what leads to none is text as it was written. */
export function FootnoteReference({ node }: { node: ReferenceNode }) {
  const notes = use(NotesContext);
  const note = notes?.of(node.identifier);
  if (!notes || !note) return `[^${node.label ?? node.identifier}]`;
  return (
    <sup>
      <button
        type="button"
        className="footnote-reference"
        id={note.reference === node ? idOf(notes.id, note, 'reference') : undefined}
        aria-label={t('footnote', { number: note.number })}
        onClick={({ currentTarget }) => notes.leadTo(note, currentTarget)}
      >
        {note.number}
      </button>
    </sup>
  );
}

function leadTo(element: HTMLElement | null): void {
  const fold = element?.closest('details');
  if (fold) fold.open = true;
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}
