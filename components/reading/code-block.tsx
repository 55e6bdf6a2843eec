import { t } from '@/lib/i18n';
import { CopyButton } from '../copy-button';

export function CodeBlock({ language, code }: { language: string; code: string }) {
  return (
    <figure className="overflow-hidden rounded-[10px] border border-line bg-code">
      <figcaption className="flex items-center border-b border-line py-1 ps-3 pe-1.5 text-xs text-ink-3">
        <span className="me-auto truncate">{language}</span>
        <CopyButton label={t('copyCode')} text={code} />
      </figcaption>
      <pre
        className="overflow-x-auto px-3 py-2.5 font-mono text-[12.5px] leading-[1.6]"
        dir="ltr"
        tabIndex={0}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
