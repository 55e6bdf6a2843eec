import { t } from '@/lib/i18n';
import { openModelPicker, selectModel } from '@/lib/panel/actions';
import { useChat } from '@/lib/panel/chat-store';
import { refreshOldLists } from '@/lib/panel/models';
import { ModelBox } from './model-box';

/** Which model answers next; named by its provider, so that nobody is in doubt who reads along. */
export function ModelPicker() {
  const model = useChat((state) => state.conversation?.model);
  const isOpen = useChat((state) => state.isModelPickerOpen);
  return (
    <ModelBox
      label={t('model')}
      current={model}
      isOpen={isOpen}
      onOpenChange={(next) => {
        openModelPicker(next);
        if (next) void refreshOldLists();
      }}
      onChoose={(chosen) => chosen && void selectModel(chosen)}
    />
  );
}
