import { describe, expect, it } from 'vitest';
import type { ErrorData, ErrorKind } from '@/lib/errors';
import { applyEvent, type ConversationEvent } from '@/lib/conversation';
import { retryDelay, type Asked } from '@/lib/worker/retries';
import { conversationOf, frozen, prompt, reply } from '../../samples';

const cloud: Asked = { kind: 'key', isPicture: false, isOnline: true };
const free: Asked = { ...cloud, kind: 'free' };
const local: Asked = { ...cloud, kind: 'local' };
const picture: Asked = { ...cloud, isPicture: true };

const hopeless: ErrorKind[] = [
  'human-check',
  'no-permission',
  'no-address',
  'no-key',
  'key-locked',
  'unauthorized',
  'origin-refused',
  'not-found',
  'no-model',
  'redirected',
  'quota',
  'too-long',
  'content-filter',
  'unsupported',
  'refused',
  'interrupted',
  'empty-reply',
  'bad-reply',
  'bad-image',
  'too-large',
  'unexpected',
];

describe('another try', () => {
  it.each([
    ['rate-limited', cloud],
    ['overloaded', cloud],
    ['overloaded', free],
    ['server-fault', cloud],
    ['offline', cloud],
    ['timeout', cloud],
    ['connection-lost', cloud],
    ['overloaded', local],
    ['connection-lost', local],
    ['rate-limited', picture],
    ['overloaded', picture],
  ] as [ErrorKind, Asked][])('helps after "%s" (%o)', (kind, asked) => {
    expect(retryDelay({ kind }, 1, asked)).toBe(1000);
    expect(retryDelay({ kind }, 2, asked)).toBe(3000);
  });

  it.each([cloud, free, local, picture])('is not made after two (%o)', (asked) => {
    expect(retryDelay({ kind: 'overloaded' }, 3, asked)).toBeUndefined();
  });

  it.each(hopeless)('does not help after "%s"', (kind) => {
    expect(retryDelay({ kind }, 1, cloud)).toBeUndefined();
  });

  it.each(['offline', 'timeout'] as const)(
    'does not help after "%s" where the server is on this computer',
    (kind) => {
      expect(retryDelay({ kind }, 1, local)).toBeUndefined();
    },
  );

  it.each(['server-fault', 'connection-lost', 'timeout'] as const)(
    'would draw a picture twice after "%s"',
    (kind) => {
      expect(retryDelay({ kind }, 1, picture)).toBeUndefined();
    },
  );

  it('waits for a network that is not there at all', () => {
    const away = { isOnline: false };
    expect(retryDelay({ kind: 'offline' }, 1, { ...cloud, ...away })).toBeUndefined();
    expect(retryDelay({ kind: 'overloaded' }, 1, { ...local, ...away })).toBe(1000);
  });

  it.each([
    [0, 1000],
    [7, 7000],
    [30, 30_000],
    [31, undefined],
    [3600, undefined],
  ])('comes after the %s s that the service asks for, if they are few', (retryAfter, delay) => {
    const error: ErrorData = { kind: 'rate-limited', retryAfter };
    expect(retryDelay(error, 1, cloud)).toBe(delay);
    expect(retryDelay(error, 2, cloud)).toBe(delay);
  });
});

it.each<ConversationEvent>([
  { type: 'text-delta', messageId: 'r', text: 'So' },
  { type: 'reasoning-delta', messageId: 'r', text: '', at: 9 },
  { type: 'reply-end', messageId: 'r', state: 'failed', at: 9, error: { kind: 'overloaded' } },
])('another try is shown until $type', (event) => {
  const streaming = reply('r', 'p', { state: 'streaming', parts: [] });
  const asked = frozen(conversationOf([prompt('p'), streaming]));
  const retry = { attempt: 2, at: 8, kind: 'overloaded' } as const;
  const waiting = applyEvent(asked, { type: 'reply-retry', messageId: 'r', retry });
  expect(waiting.messages[1]).toMatchObject({ state: 'streaming', retry });
  expect(applyEvent(frozen(waiting), event).messages[1]).not.toHaveProperty('retry');
});
