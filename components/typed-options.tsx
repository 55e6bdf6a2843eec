import type { ModelRef } from '@/lib/conversation';
import { t } from '@/lib/i18n';
import { cleanModelName, isSameModel } from '@/lib/model-ref';
import { tellFailure } from '@/lib/panel/actions';
import { useChat } from '@/lib/panel/chat-store';
import { addTypedModel } from '@/lib/panel/provider-settings';
import { PlainOption } from './model-option';

/** What was searched for, as the name of a model: of each provider in use that may have it unlisted. */
export function TypedOptions({
  query,
  active,
  onReach,
  onChoose,
}: {
  query: string;
  /** The model where the focus is or was. */
  active: ModelRef | null | undefined;
  onReach: (model: ModelRef) => void;
  onChoose: (model: ModelRef) => void;
}) {
  const providers = useChat((state) => state.providers);
  const model = cleanModelName(query);
  if (!model) return null;
  const takers = providers.filter(({ isActive, typedModels }) => isActive && typedModels);
  const choose = async (ref: ModelRef) => {
    try {
      await addTypedModel(ref);
    } catch {
      return tellFailure();
    }
    return onChoose(ref);
  };
  return takers.map(({ id: provider, name }) => {
    const ref = { provider, model };
    return (
      <PlainOption
        key={provider}
        text={t('useModelName', { model, provider: name })}
        isChosen={false}
        isReached={takers.length === 1 || isSameModel(ref, active)}
        onReach={() => onReach(ref)}
        onChoose={() => void choose(ref)}
      />
    );
  });
}
