import { useRef, useState, type ReactNode } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import type { SettingsImport } from '@/lib/messages';
import { exportSettings, importSettings, resetSettings } from '@/lib/panel/settings-file';
import { Button } from './ui/button';
import { Confirm } from './ui/confirm';
import { PassphraseField } from './ui/passphrase-field';

const outcomes: Record<Exclude<SettingsImport, 'passphrase'> | 'failed', MessageKey> = {
  imported: 'settingsImported',
  'key-locked': 'settingsKeysLocked',
  'unknown-format': 'settingsUnknown',
  damaged: 'transferDamaged',
  failed: 'confirmFailed',
};

/** Settings into a file, back from one, and back to the start. */
export function SettingsFileSection() {
  const [done, setDone] = useState<{ text: string; isFailure: boolean }>();
  const [locked, setLocked] = useState<{ file: File; wasWrong: boolean }>();
  const tell = (key: MessageKey, isFailure = false) => setDone({ text: t(key), isFailure });
  const take = async (file: File, how: { passphrase?: string; skipsKeys?: boolean } = {}) => {
    setLocked(undefined);
    setDone(undefined);
    const outcome = await importSettings(file, how).catch(() => 'failed' as const);
    if (outcome === 'passphrase') setLocked({ file, wasWrong: how.passphrase !== undefined });
    else tell(outcomes[outcome], outcome !== 'imported');
  };
  return (
    <section aria-labelledby="settings-file" className="grid gap-3">
      <h2 id="settings-file" className="text-[15px] font-semibold">
        {t('settingsFile')}
      </h2>
      <p className="text-[13px] text-ink-2">{t('settingsFileText')}</p>
      <ExportForm
        onExport={(passphrase) =>
          void exportSettings(passphrase).then(
            () => tell('settingsExported'),
            () => tell(passphrase ? 'settingsKeysLocked' : 'confirmFailed', true),
          )
        }
      >
        <ImportButton onFile={(file) => void take(file)} />
        <Confirm
          title={t('resetSettingsTitle')}
          text={t('resetSettingsText')}
          action={t('resetSettings')}
          trigger={<Button>{t('resetSettings')}</Button>}
          onConfirm={async () => {
            await resetSettings();
            tell('settingsReset');
          }}
        />
      </ExportForm>
      {locked && (
        <KeysQuestion
          key={String(locked.wasWrong)}
          wasWrong={locked.wasWrong}
          onAnswer={(how) => void take(locked.file, how)}
        />
      )}
      <p
        role="status"
        className={`text-[13px] empty:absolute ${done?.isFailure ? 'text-danger' : 'text-ink-2'}`}
      >
        {done?.text}
      </p>
    </section>
  );
}

/** `children` are buttons in the row of its own. */
function ExportForm({
  onExport,
  children,
}: {
  onExport: (passphrase: string) => void;
  children: ReactNode;
}) {
  const [passphrase, setPassphrase] = useState('');
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onExport(passphrase);
      }}
    >
      <PassphraseField
        label={t('settingsPassphrase')}
        value={passphrase}
        onChange={setPassphrase}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit">{t(passphrase ? 'exportSettingsWithKeys' : 'exportSettings')}</Button>
        {children}
      </div>
    </form>
  );
}

function ImportButton({ onFile }: { onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{t('importSettings')}</Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('importSettings')}
        accept=".json"
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file can be chosen again.
          target.value = '';
          if (file) onFile(file);
        }}
      />
    </>
  );
}

/** The file has keys: they need its passphrase, or stay out. */
function KeysQuestion({
  wasWrong,
  onAnswer,
}: {
  wasWrong: boolean;
  onAnswer: (how: { passphrase?: string; skipsKeys?: boolean }) => void;
}) {
  const [passphrase, setPassphrase] = useState('');
  return (
    <form
      className="grid gap-2 rounded-xl bg-warn-soft p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase) onAnswer({ passphrase });
      }}
    >
      <p role="alert">{t(wasWrong ? 'passphraseWrong' : 'settingsHaveKeys')}</p>
      <PassphraseField
        label={t('importPassphrase')}
        value={passphrase}
        onChange={setPassphrase}
        isInvalid={wasWrong}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          {t('importOpen')}
        </Button>
        <Button onClick={() => onAnswer({ skipsKeys: true })}>{t('importWithoutKeys')}</Button>
      </div>
    </form>
  );
}
