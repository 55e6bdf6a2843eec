import { Ghost, Image, Lightbulb, PenLine, type LucideIcon } from 'lucide-react';
import { t, type MessageKey } from '@/lib/i18n';
import { startNewChat, takeSample } from '@/lib/panel/actions';
import { selectIsTemporary, useChat } from '@/lib/panel/chat-store';
import { FirstRun } from './first-run';
import { Mark } from './mark';
import { Button } from './ui/button';

const samples: { icon: LucideIcon; text: MessageKey; output: 'text' | 'image' }[] = [
  { icon: Lightbulb, text: 'sampleExplain', output: 'text' },
  { icon: PenLine, text: 'sampleWrite', output: 'text' },
  { icon: Image, text: 'sampleDraw', output: 'image' },
];

/** Before the first prompt: what one could ask. Nothing is shown until it is sure that it is empty. */
export function EmptyState({ isLoaded }: { isLoaded: boolean }) {
  const isTemporary = useChat(selectIsTemporary);
  return (
    <div role="log" aria-label={t('conversation')} className="grid min-h-0 flex-1 overflow-y-auto">
      {isLoaded && (
        <div className="mx-auto my-auto grid w-full max-w-[440px] gap-2.5 p-4 min-[360px]:px-6">
          {isTemporary ? (
            <Ghost size={40} strokeWidth={1.5} aria-hidden className="text-ink-2" />
          ) : (
            <Mark className="size-10" />
          )}
          <h2 className="mt-1.5 text-[19px] font-semibold tracking-[-0.01em]">
            {t(isTemporary ? 'temporaryChat' : 'emptyTitle')}
          </h2>
          <p className="mb-2 text-ink-2">{t(isTemporary ? 'temporaryText' : 'emptyText')}</p>
          {samples.map(({ icon: Icon, text, output }) => (
            <button
              key={text}
              type="button"
              className="flex items-center gap-2.5 rounded-xl border border-line px-3 py-2.5 text-start hover:bg-raised"
              onClick={() => void takeSample(t(text), output)}
            >
              <Icon size={18} strokeWidth={1.75} aria-hidden className="flex-none text-accent" />
              {t(text)}
            </button>
          ))}
          <Button
            look="quiet"
            className="mt-1 flex w-fit items-center gap-2 justify-self-center"
            onClick={() => startNewChat({ isTemporary: !isTemporary })}
          >
            {!isTemporary && <Ghost size={15} aria-hidden />}
            {t(isTemporary ? 'temporaryLeave' : 'temporaryStart')}
          </Button>
          {!isTemporary && <FirstRun />}
        </div>
      )}
    </div>
  );
}
