import { t } from '@/lib/i18n';
import { openModelPicker, selectModel } from '@/lib/panel/actions';
import { useChat } from '@/lib/panel/chat-store';
import { Select } from './ui/select';

const SEPARATOR = '\n';

/** Which model answers next; named by its provider, so that nobody is in doubt who reads along. */
export function ModelPicker() {
  const providers = useChat((state) => state.providers);
  const model = useChat((state) => state.conversation?.model);
  const isOpen = useChat((state) => state.isModelPickerOpen);
  const options = providers.flatMap((provider) =>
    provider.models.map(({ id }) => ({
      value: provider.id + SEPARATOR + id,
      text: t('modelOption', { provider: provider.name, model: id }),
    })),
  );
  const choose = (value: string) => {
    const [provider = '', id = ''] = value.split(SEPARATOR);
    void selectModel({ provider, model: id });
  };
  return (
    <Select
      label={t('model')}
      value={model ? model.provider + SEPARATOR + model.model : ''}
      options={options}
      onChange={choose}
      open={isOpen}
      onOpenChange={openModelPicker}
    />
  );
}
