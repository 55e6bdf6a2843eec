import { X } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { t } from '@/lib/i18n';
import { finishFirstRun, useFirstRunDone } from '@/lib/panel/first-run';
import { focusPromptBox } from '@/lib/panel/prompt-box';
import { OtherProviders } from './other-providers';
import { IconButton } from './ui/button';

/** In an empty chat: which models there are beside AI-Chats.org. Nothing is asked or sent without a click. */
export function FirstRun() {
  const isDone = useFirstRunDone();
  return isDone ? null : <Card />;
}

function Card() {
  const card = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current } = card;
    return () => {
      if (current?.contains(document.activeElement)) focusPromptBox();
    };
  }, []);
  return (
    <section
      ref={card}
      aria-labelledby="first-run"
      className="mt-3 grid gap-1 rounded-xl border border-line py-1.5 ps-3 pe-1.5"
    >
      <div className="flex items-center gap-2">
        <h3 id="first-run" className="me-auto text-[13px] font-semibold">
          {t('firstRunTitle')}
        </h3>
        <IconButton icon={X} label={t('dismiss')} onClick={finishFirstRun} />
      </div>
      <OtherProviders />
    </section>
  );
}
