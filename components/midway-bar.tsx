import { GitBranch } from 'lucide-react';
import { t } from '@/lib/i18n';
import { isMidway } from '@/lib/message-tree';
import { useChat } from '@/lib/panel/chat-store';
import { selectVersion } from '@/lib/panel/message-actions';
import { Button } from './ui/button';

/** Says that the person went back to an earlier message, and that what followed is not lost. */
export function MidwayBar() {
  const leafId = useChat(({ conversation }) =>
    conversation && isMidway(conversation) ? conversation.leafId : null,
  );
  if (leafId === null) return null;
  return (
    <div className="mb-2 flex items-center gap-2 px-1.5 text-[13px] text-ink-2">
      <GitBranch size={15} aria-hidden className="flex-none" />
      <p className="min-w-0 flex-1">{t('midwayText')}</p>
      <Button look="quiet" onClick={() => void selectVersion(leafId)}>
        {t('showLater')}
      </Button>
    </div>
  );
}
