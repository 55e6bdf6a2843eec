/** Settings as a whole, as tests of the page and of what spans its sections need them. */
import { screen } from '@testing-library/react';
import { Options } from '@/components/options';
import type { ProviderInfo } from '@/lib/messages';
import { chatStore } from '@/lib/panel/chat-store';
import { answers, sentField, setChat, show } from './component';
import { providerInfo } from './samples';

export function showOptions(providers: ProviderInfo[] = [providerInfo()]) {
  setChat({ providers });
  answers['readLog'] = () => [];
  answers['readKeyLock'] = () => 'none';
  return show(<Options />);
}

/** The sections that can be seen, by their headings. */
export const headings = () =>
  screen.queryAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);

/** Has the worker change its list as it does for real. */
export function answerForReal(): void {
  answers['activateProvider'] = (data) => {
    setChat({
      providers: chatStore
        .getState()
        .providers.map((one) =>
          one.id === sentField(data, 'provider')
            ? { ...one, isActive: sentField(data, 'isActive') === true }
            : one,
        ),
    });
  };
}
