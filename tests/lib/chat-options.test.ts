import { describe, expect, it } from 'vitest';
import { applyEvent, emptyConversation, type Conversation } from '@/lib/conversation';
import { cleanOptions, SYSTEM_LIMIT, type ChatOptions } from '@/lib/chat-options';
import { chatModel, frozen } from '../samples';

describe('of what was set', () => {
  it.each<[string, ChatOptions, ChatOptions]>([
    [
      'all stays that a service takes',
      { temperature: 0, maxTokens: 1, effort: 'low', system: 'x' },
      { temperature: 0, maxTokens: 1, effort: 'low', system: 'x' },
    ],
    ['too warm becomes as warm as may be', { temperature: 3 }, { temperature: 2 }],
    ['less than nothing becomes nothing', { temperature: -1 }, { temperature: 0 }],
    ['no number is left out', { temperature: NaN, maxTokens: Infinity }, {}],
    ['a length of nothing is left out', { maxTokens: 0 }, {}],
    ['a broken length is rounded', { maxTokens: 99.6 }, { maxTokens: 100 }],
    ['a length without end is cut', { maxTokens: 1e12 }, { maxTokens: 1_000_000 }],
    ['a blank word is left out', { system: ' \n' }, {}],
  ])('%s', (_, options, expected) => {
    expect(cleanOptions(options)).toEqual(expected);
  });

  it('a word without end is cut', () => {
    expect(cleanOptions({ system: 'x'.repeat(SYSTEM_LIMIT + 1) }).system).toHaveLength(
      SYSTEM_LIMIT,
    );
  });
});

function set(conversation: Conversation, options: ChatOptions): Conversation {
  return applyEvent(frozen(conversation), { type: 'options-change', options });
}

it('what is set takes the place of what was set before, and may be nothing', () => {
  const warm = set(emptyConversation('c', chatModel, 500), { temperature: 1.2 });
  expect(warm.options).toEqual({ temperature: 1.2 });
  const brief = set(warm, { system: 'Be brief.' });
  expect(brief.options).toEqual({ system: 'Be brief.' });
  expect(set(brief, { system: ' ' })).not.toHaveProperty('options');
});
