/** The buttons under a message, and the way to its other versions. */
import {
  ChevronLeft,
  ChevronRight,
  GitBranch,
  Pencil,
  Play,
  RefreshCw,
  Trash2,
} from 'lucide-react';
import type { Ref } from 'react';
import type { Message } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { selectVersions, useChat } from '@/lib/panel/chat-store';
import { countModels } from '@/lib/panel/model-choices';
import { deleteMessage } from '@/lib/panel/deletion';
import { formatMeasured } from '@/lib/panel/elapsed';
import {
  branchFrom,
  continueReply,
  regenerateReply,
  selectVersion,
} from '@/lib/panel/message-actions';
import { CopyButton } from './copy-button';
import { CopyMenu } from './copy-menu';
import { RegenerateMenu } from './regenerate-menu';
import { ReplyDetails } from './reply-details';
import { IconButton } from './ui/button';

const row = 'mt-1 flex flex-wrap items-center justify-end gap-0.5 text-xs text-ink-3';

/** Pixels. */
const BUTTON = 28;

/** Who answers or answered, and what one can do with the reply. */
export function ReplyActions({
  message,
  provider,
  isBusy,
}: {
  message: Message;
  provider: ProviderInfo | undefined;
  isBusy: boolean;
}) {
  const text = textOf(message);
  const hasImage = message.parts.some((part) => part.type === 'image' && part.image);
  const facts = [
    provider?.name,
    message.model?.model,
    hasImage && message.endedAt && formatMeasured(message.endedAt - message.createdAt),
    message.state === 'stopped' && t('stoppedNote'),
  ]
    .filter(Boolean)
    .join(' · ');
  if (message.state === 'streaming') return <Answering message={message} facts={facts} />;
  return (
    <div className={row}>
      <ReplyDetails message={message} facts={facts} />
      <span className="flex items-center">
        <Versions message={message} isBusy={isBusy} />
        {message.state === 'stopped' && text && (
          <IconButton
            icon={Play}
            label={t('continue')}
            disabled={isBusy}
            onClick={() => void continueReply(message.id)}
          />
        )}
        {text && (
          <>
            <CopyButton label={t('copy')} text={text} />
            <CopyMenu text={text} />
          </>
        )}
        <IconButton
          icon={RefreshCw}
          label={t('regenerate')}
          disabled={isBusy}
          onClick={() => void regenerateReply(message.id)}
        />
        <RegenerateMenu message={message} isBusy={isBusy} />
        <TreeActions message={message} isBusy={isBusy} />
      </span>
    </div>
  );
}

/** Who answers, in its place from the start; the room of the buttons is kept, so that nothing moves at the end. */
function Answering({ message, facts }: { message: Message; facts: string }) {
  const hasOthers = useChat(({ providers }) => countModels(providers) > 1);
  const isDrawn = message.parts.length > 0 && message.parts.every(({ type }) => type === 'image');
  const buttons = (isDrawn ? 3 : 5) + (hasOthers ? 1 : 0);
  return (
    <div data-copy="none" className={row}>
      <span className="me-auto flex min-w-0">
        <span className="-ms-1.5 min-w-0 truncate px-1.5 leading-7">{facts}</span>
      </span>
      <span className="flex items-center">
        <Versions message={message} isBusy />
        <span aria-hidden className="h-7" style={{ inlineSize: buttons * BUTTON }} />
      </span>
    </div>
  );
}

/** What one can do with a sent prompt; quiet until the pointer or the keyboard is there. */
export function PromptActions({
  message,
  isBusy,
  editRef,
  onEdit,
}: {
  message: Message;
  isBusy: boolean;
  editRef: Ref<HTMLButtonElement> | undefined;
  onEdit: () => void;
}) {
  return (
    <div className="mt-0.5 flex items-center justify-end gap-0.5 text-xs text-ink-3">
      <Versions message={message} isBusy={isBusy} />
      <span className="flex gap-0.5 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 [@media(hover:none)]:opacity-100">
        <CopyButton label={t('copyPrompt')} text={textOf(message)} />
        <IconButton
          ref={editRef}
          icon={Pencil}
          label={t('edit')}
          disabled={isBusy}
          onClick={onEdit}
        />
        <TreeActions message={message} isBusy={isBusy} />
      </span>
    </div>
  );
}

function TreeActions({ message, isBusy }: { message: Message; isBusy: boolean }) {
  return (
    <>
      <IconButton
        icon={GitBranch}
        label={t('branch')}
        disabled={isBusy}
        onClick={() => void branchFrom(message.id)}
      />
      <IconButton
        icon={Trash2}
        label={t('delete')}
        onClick={() => void deleteMessage(message.id)}
      />
    </>
  );
}

/** Steps through the versions of a message, where there is more than one. */
export function Versions({ message, isBusy }: { message: Message; isBusy: boolean }) {
  const versions = useChat((state) => selectVersions(state, message)).split(' ');
  if (versions.length < 2) return null;
  const index = versions.indexOf(message.id);
  const step = (by: number) => {
    const id = versions[index + by];
    return { disabled: isBusy || !id, onClick: () => id && void selectVersion(id) };
  };
  return (
    <>
      <IconButton icon={ChevronLeft} label={t('previousVersion')} {...step(-1)} />
      <span>{t('versionOf', { index: index + 1, count: versions.length })}</span>
      <IconButton icon={ChevronRight} label={t('nextVersion')} {...step(1)} />
    </>
  );
}
