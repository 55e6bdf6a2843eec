/** A provider's section in Settings, as tests of its parts need it. */
import { screen } from '@testing-library/react';
import { ProviderSection } from '@/components/provider-section';
import type { ProviderInfo } from '@/lib/messages';
import { chatStore, useChat } from '@/lib/panel/chat-store';
import { answers, requests, setChat, show } from './component';

/** Shows the section as Settings does: from what the worker tells, and again when that changes. */
export function showSection(
  provider: ProviderInfo,
  { isOnly = false, others = [] }: { isOnly?: boolean; others?: ProviderInfo[] } = {},
) {
  setChat({ providers: [provider, ...others] });
  answers['readKeyLock'] ??= () => 'none';
  const Shown = () => {
    const current = useChat((state) => state.providers[0]);
    return current && <ProviderSection provider={current} isOnly={isOnly} />;
  };
  return show(<Shown />);
}

/** What the worker then tells of the provider. */
export function change(changes: Partial<ProviderInfo>): void {
  const [provider, ...others] = chatStore.getState().providers;
  if (provider) setChat({ providers: [{ ...provider, ...changes }, ...others] });
}

export const address = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Address' });
export const key = () => screen.getByLabelText<HTMLInputElement>('Key', { selector: 'input' });
export const sent = (type: string) =>
  requests.filter((request) => request.type === type).map(({ data }) => data);
export const alert = () =>
  screen
    .queryAllByRole('alert')
    .map(({ textContent }) => textContent)
    .join('');
