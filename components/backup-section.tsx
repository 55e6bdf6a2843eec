import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import { t } from '@/lib/i18n';
import {
  exportFile,
  importFile,
  type ProgressListener,
  type Transfer,
  type TransferResult,
} from '@/lib/panel/transfer';
import { TransferOutcome, TransferProgress } from './transfer-status';
import { Button } from './ui/button';
import { PassphraseField } from './ui/passphrase-field';

/** Settings: everything into one file, and files back in. */
export function BackupSection() {
  const heading = useId();
  const { running, result, start } = useTransfer();
  const [locked, setLocked] = useState<{ file: File; wasWrong: boolean }>();
  const importIt = async (file: File, passphrase = '') => {
    setLocked(undefined);
    const ended = await start(t('importRunning', { name: file.name }), (onProgress) =>
      importFile(file, passphrase, onProgress),
    );
    if (ended.type === 'failed' && ended.fault === 'passphrase') {
      setLocked({ file, wasWrong: passphrase !== '' });
    }
  };
  useFileDrop((file) => {
    if (!running) void importIt(file);
  });
  return (
    <section aria-labelledby={heading} className="grid gap-3">
      <h2 id={heading} className="text-[15px] font-semibold">
        {t('backup')}
      </h2>
      <BackupForm
        isBusy={running !== undefined}
        onBackup={(passphrase) =>
          void start(t('backupRunning'), (onProgress) =>
            exportFile({ type: 'export-all', ...(passphrase && { passphrase }) }, onProgress),
          )
        }
      />
      <ImportButton isBusy={running !== undefined} onFile={(file) => void importIt(file)} />
      {running && (
        <TransferProgress text={running.text} share={running.share} onCancel={running.cancel} />
      )}
      {locked ? (
        <PassphraseQuestion
          key={`${locked.file.name}-${locked.wasWrong}`}
          name={locked.file.name}
          wasWrong={locked.wasWrong}
          onAnswer={(passphrase) => void importIt(locked.file, passphrase)}
        />
      ) : (
        result && <TransferOutcome result={result} />
      )}
    </section>
  );
}

interface Running {
  text: string;
  share: number | null;
  cancel: () => void;
}

/** One transfer at a time; it ends with the page. */
function useTransfer() {
  const [running, setRunning] = useState<Running>();
  const [result, setResult] = useState<TransferResult>();
  const current = useRef<Transfer>(undefined);
  useEffect(() => () => current.current?.cancel(), []);
  const start = async (text: string, begin: (onProgress: ProgressListener) => Transfer) => {
    setResult(undefined);
    const transfer = begin((done, total) =>
      setRunning((before) => before && { ...before, share: total > 0 ? done / total : null }),
    );
    current.current = transfer;
    setRunning({ text, share: null, cancel: transfer.cancel });
    const ended = await transfer.done;
    setRunning(undefined);
    setResult(ended);
    return ended;
  };
  return { running, result, start };
}

/** A file can be dropped anywhere on the page; the browser would leave the page for it. */
function useFileDrop(onFile: (file: File) => void): void {
  const take = useEffectEvent(onFile);
  useEffect(() => {
    const life = new AbortController();
    const { signal } = life;
    document.addEventListener('dragover', (event) => event.preventDefault(), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        const file = event.dataTransfer?.files[0];
        if (file) take(file);
      },
      { signal },
    );
    return () => life.abort();
  }, []);
}

function BackupForm({
  isBusy,
  onBackup,
}: {
  isBusy: boolean;
  onBackup: (passphrase: string) => void;
}) {
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isDifferent, setDifferent] = useState(false);
  const repeat = useRef<HTMLInputElement>(null);
  const hint = useId();
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        // Enter in the first field goes on to the second.
        if (passphrase && !repeated) return repeat.current?.focus();
        setDifferent(passphrase !== repeated);
        if (passphrase === repeated) onBackup(passphrase);
        return undefined;
      }}
    >
      <p className="text-[13px] text-ink-2">{t('backupText')}</p>
      <PassphraseField
        label={t('backupPassphrase')}
        value={passphrase}
        onChange={setPassphrase}
        describedBy={hint}
      />
      {passphrase && (
        <PassphraseField
          ref={repeat}
          label={t('backupRepeat')}
          value={repeated}
          onChange={setRepeated}
          isInvalid={isDifferent}
        />
      )}
      <p id={hint} className="text-[13px] text-ink-2">
        {t('backupHint')}
      </p>
      {isDifferent && (
        <p role="alert" className="text-[13px] text-danger">
          {t('backupDiffers')}
        </p>
      )}
      <Button type="submit" look="primary" className="w-fit" disabled={isBusy}>
        {t('backupCreate')}
      </Button>
    </form>
  );
}

function ImportButton({ isBusy, onFile }: { isBusy: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  return (
    <div className="grid gap-3">
      <p id={hint} className="text-[13px] text-ink-2">
        {t('importText')}
      </p>
      <Button
        className="w-fit"
        aria-describedby={hint}
        disabled={isBusy}
        onClick={() => input.current?.click()}
      >
        {t('importChoose')}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t('importChoose')}
        accept=".zip,.aside,.json"
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file can be chosen again.
          target.value = '';
          if (file) onFile(file);
        }}
      />
    </div>
  );
}

function PassphraseQuestion({
  name,
  wasWrong,
  onAnswer,
}: {
  name: string;
  wasWrong: boolean;
  onAnswer: (passphrase: string) => void;
}) {
  const [passphrase, setPassphrase] = useState('');
  const hint = useId();
  return (
    <form
      className="grid gap-2 rounded-xl bg-warn-soft p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (passphrase) onAnswer(passphrase);
      }}
    >
      <p id={hint} role="alert">
        {t(wasWrong ? 'importPassphraseWrong' : 'importPassphraseAsk', { name })}
      </p>
      <PassphraseField
        label={t('importPassphrase')}
        value={passphrase}
        onChange={setPassphrase}
        describedBy={hint}
        isInvalid={wasWrong}
      />
      <Button type="submit" look="primary" className="w-fit">
        {t('importOpen')}
      </Button>
    </form>
  );
}
