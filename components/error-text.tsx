import { useState } from 'react';
import type { Message } from '@/lib/conversation';
import type { ErrorData } from '@/lib/errors';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { useTimeLeft } from '@/lib/panel/elapsed';
import { errorSentence, waits } from './error-notices';

interface ErrorTextProps {
  message: Message;
  error: ErrorData;
  provider: ProviderInfo | undefined;
}

/** What went wrong with a reply, in a sentence; a time to wait is counted down. */
export function ErrorText({ message, error, provider }: ErrorTextProps) {
  const { model, endedAt, createdAt } = message;
  const teller = provider ?? { name: model?.provider ?? '' };
  if (error.retryAfter && waits[error.kind]) {
    const until = (endedAt ?? createdAt) + error.retryAfter * 1000;
    return <Wait error={error} provider={teller} until={until} longest={error.retryAfter} />;
  }
  return <p>{errorSentence(error, teller, model?.model)}</p>;
}

/** `longest` is in seconds: the clock may have been set back since. */
function Wait({
  error,
  provider,
  until,
  longest,
}: {
  error: ErrorData;
  provider: Pick<ProviderInfo, 'name'>;
  until: number;
  longest: number;
}) {
  const left = Math.ceil(useTimeLeft(until, longest * 1000) / 1000);
  const sentence =
    left > 0
      ? errorSentence({ ...error, retryAfter: left }, provider)
      : t('errorWaitOver', { provider: provider.name });
  const [first] = useState(sentence);
  return (
    <>
      {/* Screen readers say it once, not at each second. */}
      <span className="sr-only">{first}</span>
      <p aria-hidden>{sentence}</p>
    </>
  );
}
