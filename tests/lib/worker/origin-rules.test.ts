import { describe, expect, it } from 'vitest';
import type { ProviderDescription } from '@/lib/provider';
import { aiChats } from '@/lib/providers/ai-chats';
import { ollama } from '@/lib/providers/ollama';
import { openAICompatible } from '@/lib/providers/openai-compatible';
import { originRules } from '@/lib/worker/origin-rules';

const OWN_HOST = 'abcdefghijklmnop';
const { description } = aiChats;

function rulesFor(address?: string) {
  return originRules([description], address ? { 'ai-chats': { address } } : {}, OWN_HOST);
}

/** What the browser would set on a request of ours: the rule of highest priority that matches. */
function headersFor(url: string, rules = rulesFor()): Record<string, string | undefined> {
  const [rule] = rules
    .filter(({ condition }) => url.startsWith((condition.urlFilter ?? '').replace('|', '')))
    .toSorted((one, other) => (other.priority ?? 1) - (one.priority ?? 1));
  const headers = rule?.action.requestHeaders ?? [];
  return Object.fromEntries(headers.map(({ header, value }) => [header, value]));
}

describe('our own requests to AI-Chats.org', () => {
  it.each([
    ['chat', 'https://ai-chats.org/chat/send2/', 'https://ai-chats.org/chat/'],
    ['a picture', 'https://ai-chats.org/chat/send2/#image', 'https://ai-chats.org/image/'],
  ])('carry Origin and Referer for %s', (_, url, referer) => {
    expect(headersFor(url)).toEqual({ origin: 'https://ai-chats.org', referer });
  });

  it('carry those of another address when Settings names one', () => {
    const address = 'http://127.0.0.1:8080';
    expect(headersFor(`${address}/chat/send2/`, rulesFor(address))).toEqual({
      origin: address,
      referer: `${address}/chat/`,
    });
    expect(headersFor('https://ai-chats.org/chat/send2/', rulesFor(address))).toEqual({});
  });
});

describe('our own requests to a server that speaks a service’s protocol', () => {
  const other = openAICompatible.find(({ description: { id } }) => id === 'openai-compatible');
  if (!other) throw new Error('there is no free field');
  const rulesAt = (address: string) =>
    originRules([other.description], { 'openai-compatible': { address } }, OWN_HOST);

  it.each(['http://localhost:9000/v1', 'http://192.168.1.5/v1', 'https://models.corp/v1'])(
    'carry its own origin where it is no public one: %s',
    (address) => {
      const { origin } = new URL(address);
      const headers = headersFor(`${address}/chat/completions`, rulesAt(address));
      expect(headers).toEqual({ origin, referer: `${origin}/` });
      expect(rulesAt(address)[0]?.condition.initiatorDomains).toEqual([OWN_HOST]);
    },
  );

  it.each(['https://api.example.com/v1', ''])('are left alone on the internet: "%s"', (address) => {
    expect(rulesAt(address)).toEqual([]);
  });

  it('carry it for a program that is known to be local', () => {
    const rules = originRules([ollama.description], {}, OWN_HOST);
    const origin = 'http://localhost:11434';
    expect(headersFor(`${origin}/v1/x`, rules)).toEqual({ origin, referer: `${origin}/` });
  });
});

describe('a rule', () => {
  it('touches nobody else: Aside is the initiator, and it fetches', () => {
    for (const { condition } of rulesFor()) {
      expect(condition).toMatchObject({
        initiatorDomains: [OWN_HOST],
        resourceTypes: ['xmlhttprequest'],
      });
    }
  });

  it('sets headers and does nothing else', () => {
    for (const { action } of rulesFor()) {
      expect(action.type).toBe('modifyHeaders');
      expect(action.requestHeaders?.every(({ operation }) => operation === 'set')).toBe(true);
    }
  });

  it('has an id of its own among all providers', () => {
    const other: ProviderDescription = { ...description, id: 'other' };
    const ids = originRules([description, other], {}, OWN_HOST).map(({ id }) => id);
    expect(ids).toEqual([1, 2, 3, 4]);
  });

  it('is missing for a provider that expects no headers', () => {
    expect(originRules([{ ...description, headerRules: [] }], {}, OWN_HOST)).toEqual([]);
  });
});
