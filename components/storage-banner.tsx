import { HardDrive } from 'lucide-react';
import { isTemporary } from '@/lib/conversation';
import { t, type MessageKey } from '@/lib/i18n';
import type { StorageTrouble } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import { exportConversation } from '@/lib/panel/exports';
import { Button } from './ui/button';

const texts: Record<Exclude<StorageTrouble, null>, MessageKey> = {
  full: 'storageFull',
  blocked: 'storageBlocked',
  broken: 'storageBroken',
};

/** Says that nothing can be written down at the moment, with the way out. */
export function StorageBanner() {
  const trouble = useChat((state) => state.storageTrouble);
  const conversation = useChat((state) => state.conversation);
  if (!trouble || !conversation || isTemporary(conversation)) return null;
  const { id, messages } = conversation;
  return (
    <div role="alert" className="mb-2 grid gap-2.5 rounded-xl bg-danger-soft p-3">
      <div className="flex items-start gap-2">
        <HardDrive size={16} aria-hidden className="mt-[3px] flex-none text-danger" />
        <p>{t(texts[trouble])}</p>
      </div>
      {messages.length > 0 && (
        <Button look="primary" className="w-fit" onClick={() => exportConversation(id, 'json')}>
          {t('exportConversation')}
        </Button>
      )}
    </div>
  );
}
