import { useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import { cleanModelName } from '@/lib/model-ref';
import { addTypedModel, removeTypedModel } from '@/lib/panel/provider-settings';
import { Button } from './ui/button';
import { TextInput } from './ui/text-input';

/** Models that the list lacks: typed by their names, and taken back. */
export function TypedModels({
  provider,
  names,
  onEdit,
  onSaved,
}: {
  /** The provider's id. */
  provider: string;
  names: string[];
  onEdit: () => void;
  onSaved: () => void;
}) {
  const hint = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [isFailed, setFailed] = useState(false);
  const name = cleanModelName(text);
  const save = async (saving: Promise<void>) => {
    try {
      await saving;
      setFailed(false);
      onSaved();
      return true;
    } catch {
      setFailed(true);
      return false;
    }
  };
  const add = async () => {
    if (await save(addTypedModel({ provider, model: name }))) setText('');
  };
  const remove = (model: string) => {
    // The button that was pressed goes.
    input.current?.focus();
    void save(removeTypedModel({ provider, model }));
  };
  return (
    <div className="grid grid-cols-1 gap-1.5">
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextInput
          ref={input}
          aria-label={t('modelName')}
          aria-describedby={hint}
          placeholder={t('modelName')}
          value={text}
          onChange={({ target }) => {
            setText(target.value);
            onEdit();
          }}
          className="flex-1"
        />
        <Button type="submit" className="flex-none" disabled={!name}>
          {t('addModel')}
        </Button>
      </form>
      <p id={hint} className="text-[13px] text-ink-2">
        {t('modelNameHint')}
      </p>
      {names.length > 0 && (
        <ul aria-label={t('typedModels')} className="grid grid-cols-1 gap-1">
          {names.map((model) => (
            <li key={model} className="flex min-h-8 items-center gap-2">
              <span className="me-auto min-w-0 break-words">{model}</span>
              <Button
                aria-label={t('removeModel', { model })}
                className="flex-none"
                onClick={() => remove(model)}
              >
                {t('keyRemove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {isFailed && (
        <p role="alert" className="text-[13px] text-danger">
          {t('saveFailed')}
        </p>
      )}
    </div>
  );
}
