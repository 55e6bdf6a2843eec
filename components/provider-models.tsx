import type { ErrorData } from '@/lib/errors';
import { currentLanguage, t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { useAgo } from '@/lib/panel/elapsed';
import { errorSentence } from './notice';
import { Button } from './ui/button';

/** How many models are known, since when, and what went wrong when they were asked for. */
export function ModelsRow({
  provider,
  isBusy,
  error,
  refresh,
}: {
  provider: ProviderInfo;
  isBusy: boolean;
  error: ErrorData | null;
  refresh: () => void;
}) {
  const { models, modelsAt, canListModels } = provider;
  const ago = useAgo(modelsAt ?? 0);
  const count = models.length;
  const number = count.toLocaleString(currentLanguage());
  const facts = [
    count > 0 ? t('modelCount', { count, number }) : t('modelsUnknown'),
    modelsAt !== null && t('modelsChecked', { ago }),
  ];
  return (
    <div className="grid gap-1">
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <span role="status" className="me-auto text-ink-2">
          {isBusy ? t('modelsAsked') : facts.filter(Boolean).join(', ')}
        </span>
        {canListModels && (
          <Button disabled={isBusy} onClick={refresh}>
            {t('refreshModels')}
          </Button>
        )}
      </div>
      {error && !isBusy && (
        <p role="alert" className="text-[13px] text-danger">
          {errorSentence(error, provider)}
        </p>
      )}
    </div>
  );
}
