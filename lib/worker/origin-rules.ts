/**
 * Origin and Referer of Aside's own requests to a service, by session rules. The rules name Aside as
 * the initiator: the person's own visits to the site, and every web page's requests, keep theirs.
 */
import { browser, type Browser } from 'wxt/browser';
import { settingsOf, type ProviderDescription, type ProviderSettings } from '../provider';
import { providers } from '../providers';
import { providerSettings } from '../settings';

type Rule = Browser.declarativeNetRequest.Rule;

/** The rules of all providers; `ownHost` is the host of the extension's own pages. */
export function originRules(
  descriptions: ProviderDescription[],
  saved: Record<string, Partial<ProviderSettings>>,
  ownHost: string,
): Rule[] {
  const rules = descriptions.flatMap((description) => {
    const { address = '' } = settingsOf(description, saved[description.id]);
    return description.headerRules.map(({ path, referer }) => ({
      // A longer path is the more special one and wins.
      priority: path.length,
      action: {
        type: 'modifyHeaders' as const,
        requestHeaders: [
          { header: 'origin', operation: 'set' as const, value: address },
          { header: 'referer', operation: 'set' as const, value: address + referer },
        ],
      },
      condition: {
        urlFilter: `|${address}${path}`,
        initiatorDomains: [ownHost],
        resourceTypes: ['xmlhttprequest' as const],
      },
    }));
  });
  return rules.map((rule, index) => ({ id: index + 1, ...rule }));
}

let applied: Promise<void> | undefined;

/** Resolves when the rules for the present settings are in force: no request leaves before. */
export function originRulesApplied(): Promise<void> {
  if (!applied) {
    applied = apply();
    // A failure is told to whoever waits; the next one tries anew.
    applied.catch(() => {
      applied = undefined;
    });
  }
  return applied;
}

/** Keeps the rules in step with the providers' addresses, from the worker's start on. */
export function followOriginRules(): void {
  providerSettings.watch(renew);
  renew();
}

function renew(): void {
  applied = undefined;
  void originRulesApplied();
}

async function apply(): Promise<void> {
  const [old, saved] = await Promise.all([
    browser.declarativeNetRequest.getSessionRules(),
    providerSettings.getValue(),
  ]);
  const addRules = originRules(
    providers.map((provider) => provider.description),
    saved,
    new URL(browser.runtime.getURL('/')).host,
  );
  await browser.declarativeNetRequest.updateSessionRules({
    // The new ids too: another change of the settings may have added them meanwhile.
    removeRuleIds: [...old, ...addRules].map((rule) => rule.id),
    addRules,
  });
}
