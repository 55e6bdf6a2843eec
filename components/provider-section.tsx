import { ExternalLink } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { t } from '@/lib/i18n';
import type { ProviderInfo } from '@/lib/messages';
import { useChat } from '@/lib/panel/chat-store';
import {
  activateProvider,
  defaultAddress,
  homePageOf,
  modelsTrouble,
  refreshModels,
  refreshWhenReady,
} from '@/lib/panel/provider-settings';
import { Doctor } from './doctor';
import { AddressField } from './provider-address';
import { AccessRow } from './provider-access';
import { KeyField } from './provider-key';
import { ModelsRow } from './provider-models';
import { ProxyField } from './provider-proxy';
import { Button } from './ui/button';

/** A provider's settings: its fields come from its description, and are saved as one types. */
export function ProviderSection({
  provider,
  isOnly,
}: {
  provider: ProviderInfo;
  /** The only one in use: without it nobody would answer. */
  isOnly: boolean;
}) {
  const heading = useId();
  const [isSaved, setSaved] = useState(false);
  const asked = useChat(({ modelsAsked }) => modelsAsked[provider.id]);
  const models = modelsTrouble(provider, asked);
  const refresh = () => void refreshWhenReady(provider.id);
  const onSaved = () => {
    setSaved(true);
    refresh();
  };
  const shared = { provider, onEdit: () => setSaved(false), onSaved };
  return (
    <section aria-labelledby={heading} className="grid grid-cols-1 gap-3">
      <div className="flex items-start gap-1">
        <h2 id={heading} tabIndex={-1} className="text-[15px] font-semibold outline-none">
          {provider.name}
        </h2>
        {!isOnly && (
          <Button
            look="quiet"
            className="-my-1 -me-3 ms-auto flex-none"
            onClick={() => void stopUsing(provider)}
          >
            {t('stopUsing')}
          </Button>
        )}
      </div>
      <About provider={provider} isSaved={isSaved} />
      {inOrder(provider).map(({ id }) =>
        id === 'key' ? (
          <KeyField key={id} {...shared} error={models.error} />
        ) : (
          <AddressField key={id} {...shared} />
        ),
      )}
      {provider.address && <ProxyField {...shared} />}
      {provider.address && <AccessRow provider={provider} onAllowed={refresh} />}
      <ModelsRow
        provider={provider}
        {...models}
        refresh={() => void refreshModels(provider.id)}
        onEdit={shared.onEdit}
        onSaved={() => setSaved(true)}
      />
      <Doctor provider={provider} isInSettings />
    </section>
  );
}

/** Its section goes, and the focus with it: on to where it can be taken into use again. */
async function stopUsing({ id, key }: ProviderInfo): Promise<void> {
  await activateProvider(id, false);
  const place = document.getElementById('add-provider');
  place?.focus({ preventScroll: true });
  // What is said there of the key must be seen.
  if (key) place?.scrollIntoView({ block: 'center' });
}

/** The key first, where the address is right for nearly everybody. */
function inOrder(provider: ProviderInfo): ProviderInfo['fields'] {
  const isKeyFirst = provider.kind === 'key' && defaultAddress(provider) !== '';
  return isKeyFirst ? provider.fields.toReversed() : provider.fields;
}

/** What it is and where it is found; beside that is room to say that a change was saved. */
function About({ provider, isSaved }: { provider: ProviderInfo; isSaved: boolean }) {
  const { name, kind, homePage } = provider;
  const texts = {
    free: t('openHomePage', { provider: name }),
    key: t('getKey'),
    local: t('getProgram', { provider: name }),
    browser: t('aboutProvider', { provider: name }),
  };
  return (
    <div className="grid gap-1 text-[13px]">
      {kind === 'free' && <p className="text-ink-2">{t('unofficial', { provider: name })}</p>}
      <div className="flex items-start justify-between gap-2">
        {homePage ? (
          <Link href={homePageOf(provider)}>{texts[kind]}</Link>
        ) : (
          <p className="text-ink-2">{t('keyOfOwner')}</p>
        )}
        <span role="status" className="w-20 flex-none text-end text-ink-3">
          {isSaved && t('saved')}
        </span>
      </div>
    </div>
  );
}

function Link({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="flex w-fit items-center gap-1.5 text-accent underline underline-offset-2"
    >
      {children}
      <ExternalLink size={14} aria-hidden className="flex-none" />
    </a>
  );
}
