import { Ellipsis } from 'lucide-react';
import { useRef } from 'react';
import { t, type MessageKey } from '@/lib/i18n';
import { copyAsRichText, copyAsText } from '@/lib/panel/copy-message';
import { CopyStatus, useCopyOutcome } from './copy-button';
import { IconButton } from './ui/button';
import { Menu } from './ui/menu';

const forms = ['copyPlainText', 'copyRichText', 'copyMarkdown'] as const satisfies MessageKey[];

/** The forms in which a reply can be copied; `text` is its Markdown. */
export function CopyMenu({ text }: { text: string }) {
  const { run, text: outcome, icon } = useCopyOutcome(Ellipsis);
  const trigger = useRef<HTMLButtonElement>(null);
  const copy = async (form: (typeof forms)[number]) => {
    const article = trigger.current?.closest('article');
    if (form === 'copyMarkdown' || !article) await navigator.clipboard.writeText(text);
    else if (form === 'copyPlainText') await copyAsText(article);
    else await copyAsRichText(article);
  };
  return (
    <>
      <Menu
        trigger={<IconButton ref={trigger} icon={icon} label={t('moreCopies')} />}
        items={forms.map((value) => ({ value, text: t(value) }))}
        onSelect={(form) => run(copy(form))}
      />
      <CopyStatus text={outcome} />
    </>
  );
}
