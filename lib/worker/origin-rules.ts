/**
 * Origin and Referer of Aside's own requests to a service, by session rules. The rules name Aside as
 * the initiator: the person's own visits to the site, and every web page's requests, keep theirs.
 */
import { browser, type Browser } from 'wxt/browser';
import {
  kindAt,
  settingsOf,
  type HeaderRule,
  type ProviderDescription,
  type ProviderSettings,
} from '../provider';
import { providers } from '../providers';
import { activeProviders, providerSettings } from '../settings';

type Rule = Browser.declarativeNetRequest.Rule;

/** A server on this computer or in the local network takes requests from pages of its own only. */
const localRules: HeaderRule[] = [{ path: '/', referer: '/' }];

/** The rules of these providers; `ownHost` is the host of the extension's own pages. */
export function originRules(
  descriptions: ProviderDescription[],
  saved: Record<string, Partial<ProviderSettings>>,
  ownHost: string,
): Rule[] {
  const rules = descriptions.flatMap((description) => {
    const { address = '' } = settingsOf(description, saved[description.id]);
    const { origin = '' } = URL.parse(address) ?? {};
    const isLocal = kindAt(description, address) === 'local';
    const its = isLocal ? [...localRules, ...description.headerRules] : description.headerRules;
    return its.map(({ path, referer }) => ({
      // A longer path is the more special one and wins.
      priority: path.length,
      action: {
        type: 'modifyHeaders' as const,
        requestHeaders: [
          { header: 'origin', operation: 'set' as const, value: origin },
          { header: 'referer', operation: 'set' as const, value: origin + referer },
        ],
      },
      condition: {
        urlFilter: `|${origin}${path}`,
        initiatorDomains: [ownHost],
        resourceTypes: ['xmlhttprequest' as const],
      },
    }));
  });
  return rules.map((rule, index) => ({ id: index + 1, ...rule }));
}

let applied: Promise<void> | undefined;

/** Ids of providers that are asked although they are not in use: a test comes before the first use. */
const asked = new Set<string>();
/** Ids of the providers whose rules are in force. */
let covered: string[] = [];

/** Resolves when the provider's rules for the present settings are in force: no request leaves before. */
export async function originRulesApplied(providerId: string): Promise<void> {
  await apply();
  if (covered.includes(providerId)) return;
  asked.add(providerId);
  applied = undefined;
  await apply();
}

function apply(): Promise<void> {
  if (!applied) {
    applied = updateRules();
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
  activeProviders.watch(renew);
  renew();
}

function renew(): void {
  applied = undefined;
  void apply();
}

async function updateRules(): Promise<void> {
  const [old, saved, active] = await Promise.all([
    browser.declarativeNetRequest.getSessionRules(),
    providerSettings.getValue(),
    activeProviders.getValue(),
  ]);
  const descriptions = providers
    .map(({ description }) => description)
    .filter(({ id }) => active.includes(id) || asked.has(id));
  const addRules = originRules(descriptions, saved, new URL(browser.runtime.getURL('/')).host);
  await browser.declarativeNetRequest.updateSessionRules({
    // The new ids too: another change of the settings may have added them meanwhile.
    removeRuleIds: [...old, ...addRules].map((rule) => rule.id),
    addRules,
  });
  covered = descriptions.map(({ id }) => id);
}
