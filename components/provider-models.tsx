import type { ErrorData, ErrorKind } from '@/lib/errors';
import { currentLanguage, t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { useAgo } from '@/lib/panel/elapsed';
import { errorSentence } from './error-notices';
import { TypedModels } from './typed-models';
import { Button } from './ui/button';

/** What a server answers that has no list, or the wrong address. */
const withoutList: ErrorKind[] = ['not-found', 'no-model', 'refused', 'bad-reply'];

/** Which models are known: how many, since when, what went wrong when they were asked for, and those that were typed. */
export function ModelsRow({
  provider,
  isBusy,
  error,
  refresh,
  onEdit,
  onSaved,
}: {
  provider: ProviderInfo;
  isBusy: boolean;
  error: ErrorData | null;
  refresh: () => void;
  onEdit: () => void;
  onSaved: () => void;
}) {
  const { models, modelsAt, canListModels, typedModels } = provider;
  const ago = useAgo(modelsAt ?? 0);
  const count = models.length;
  const number = count.toLocaleString(currentLanguage());
  const facts = [
    count > 0 ? t('modelCount', { count, number }) : t('modelsUnknown'),
    modelsAt !== null && t('modelsChecked', { ago }),
  ];
  const isListless = typedModels !== null && withoutList.some((kind) => kind === error?.kind);
  const isTold = error && !isBusy && !(isListless && typedModels.length > 0);
  return (
    <div className="grid grid-cols-1 gap-2">
      {/* Two lines of it are no higher than the button: nothing moves when it changes. */}
      <div className={`flex items-center gap-2 ${canListModels ? 'min-h-8' : ''}`}>
        <span role="status" className="min-w-0 flex-1 text-[13px] leading-4 text-ink-2">
          {isBusy ? t('modelsAsked') : facts.filter(Boolean).join(', ')}
        </span>
        {canListModels && (
          <Button className="flex-none" disabled={isBusy} onClick={refresh}>
            {t('refreshModels')}
          </Button>
        )}
      </div>
      {isTold && (
        <p role="alert" className="text-[13px] text-danger">
          {errorSentence(error, provider)}
          {isListless && ` ${t('noModelList')}`}
        </p>
      )}
      {typedModels && (
        <TypedModels provider={provider.id} names={typedModels} onEdit={onEdit} onSaved={onSaved} />
      )}
    </div>
  );
}
