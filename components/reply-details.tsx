import { Popover } from 'radix-ui';
import type { Message } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { useChat } from '@/lib/panel/chat-store';
import { formatCount } from '@/lib/panel/counts';
import { formatDateTime } from '@/lib/panel/dates';
import { formatMeasured } from '@/lib/panel/elapsed';
import { modelName } from '@/lib/panel/gallery-search';

/** Who answered, in a word; a click unfolds when, how fast and at what cost. */
export function ReplyDetails({ message, facts }: { message: Message; facts: string }) {
  return (
    <Popover.Root>
      <span className="me-auto flex min-w-0">
        <Popover.Trigger
          aria-label={t('detailsOf', { facts })}
          title={t('details')}
          className="-ms-1.5 min-h-7 min-w-0 truncate rounded-lg px-1.5 text-start hover:bg-raised hover:text-ink"
        >
          {facts}
        </Popover.Trigger>
      </span>
      <Popover.Portal>
        <Popover.Content
          aria-label={t('details')}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-20 max-h-(--radix-popover-content-available-height) max-w-[min(340px,calc(100vw-16px))] overflow-y-auto rounded-xl border border-line bg-ground p-3 text-[13px] text-ink shadow-raised outline-none"
        >
          <Details message={message} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Details({ message }: { message: Message }) {
  const { model, usage = {}, createdAt, firstAt, endedAt } = message;
  const providers = useChat((state) => state.providers);
  const { input, output, reasoning } = usage;
  const rows: [name: string, value: string | undefined | false][] = [
    [t('model'), model && modelName(model, providers)],
    [t('answeredAt'), formatDateTime(endedAt ?? createdAt)],
    [t('firstToken'), firstAt !== undefined && formatMeasured(firstAt - createdAt, 10)],
    [t('wholeTime'), endedAt !== undefined && formatMeasured(endedAt - createdAt, 10)],
    [t('tokensIn'), input !== undefined && formatCount(input)],
    [t('tokensOut'), output !== undefined && formatCount(output)],
    [t('tokensThought'), reasoning !== undefined && formatCount(reasoning)],
    [t('tokenSpeed'), speedOf(message)],
  ];
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
      {rows.map(
        ([name, value]) =>
          value && (
            <div key={name} className="contents">
              <dt className="text-ink-2">{name}</dt>
              <dd className="text-end tabular-nums">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** Tokens a second from the first piece on; only where they came one after the other. */
function speedOf({ usage, firstAt, endedAt }: Message): string | undefined {
  const seconds = ((endedAt ?? 0) - (firstAt ?? Infinity)) / 1000;
  if (!usage?.output || seconds < 0.1) return undefined;
  return formatCount(usage.output / seconds, 1);
}
