/** What names tell, of models as services and servers call them. */
import { describe, expect, it } from 'vitest';
import { describeAs, guessByName } from '@/lib/protocols/model-names';

/** Sources stand at the patterns; each pair was looked up at https://models.dev in November 2026. */
const seeing = [
  'gpt-4o',
  'gpt-4.1-mini',
  'gpt-4-turbo',
  'gpt-5-nano',
  'gpt-5.1-codex',
  'o1',
  'o3',
  'o4-mini',
  'openai/o3-pro',
  'claude-3-haiku-20240307',
  'anthropic/claude-sonnet-4.5',
  'gemini-2.5-flash',
  'google/gemma-3-27b-it',
  'gemma3:4b',
  'gemma-4-31b-it',
  'gemma4:31b',
  'grok-4',
  'grok-4-fast-non-reasoning',
  'x-ai/grok-4.3',
  'pixtral-12b-2409',
  'mistral-medium-2505',
  'mistral-medium-latest',
  'mistralai/mistral-medium-3.1',
  'mistral-small-2506',
  'mistralai/mistral-small-3.1-24b-instruct',
  'mistral-small-3.2:24b',
  'mistral-large-2512',
  'ministral-8b-2512',
  'ministral-3:14b',
  'labs-devstral-small-2512',
  'magistral-small-2509',
  'meta-llama/Llama-4-Scout-17B-16E-Instruct',
  'llama-3.2-11b-vision-instruct',
  'Qwen/Qwen3-VL-8B-Instruct',
  'Qwen/Qwen3.5-27B',
  'accounts/fireworks/models/qwen3p7-plus',
  'moonshotai/Kimi-K2.5',
  'MiniMaxAI/MiniMax-M3',
  'zai-org/GLM-4.5V',
  'llava:13b',
];

const blind = [
  'gpt-4',
  'gpt-3.5-turbo',
  'gpt-4-turbo-preview',
  'gpt-4o-search-preview',
  'gpt-oss-120b',
  'o1-mini',
  'o1-preview',
  'o3-mini',
  'claude-2.1',
  'claude-instant-1.2',
  'google/gemma-2-9b-it',
  'gemma-3-1b-it',
  'gemma3:270m',
  'gemma-3n-e4b-it',
  'gemma3n:e4b',
  'grok-3-mini',
  'mistral-large-2411',
  'mistral-small-2501',
  'mistralai/mistral-small-24b-instruct-2501',
  'mistral-nemo',
  'ministral-3b-latest',
  'devstral-2512',
  'devstral-small-2507',
  'magistral-medium-2506',
  'codestral-2508',
  'llama-3.3-70b-versatile',
  'Qwen/Qwen3-32B',
  'qwen3.6-max-preview',
  'moonshotai/Kimi-K2-Instruct',
  'MiniMaxAI/MiniMax-M2.5',
  'zai-org/GLM-4.6',
  'deepseek-v3.2',
  'модель 🙂',
];

const reasoning = [
  'o3-mini',
  'gpt-5.1',
  'gpt-oss-20b',
  'deepseek-reasoner',
  'deepseek-r1:70b',
  'qwq-32b',
  'magistral-medium-latest',
  'qwen3-235b-a22b-thinking-2507',
  'grok-4-fast-reasoning',
];

const unreasoning = ['gpt-4o', 'gpt-5-chat-latest', 'gpt-5.1-chat', 'grok-4-fast-non-reasoning'];

describe('by its name', () => {
  it.each(seeing)('%s sees pictures', (id) => {
    expect(guessByName(id)).toMatchObject({ id, output: 'text', seesImages: true });
  });

  it.each(blind)('%s sees none', (id) => {
    expect(guessByName(id)).toMatchObject({ id, output: 'text' });
    expect(guessByName(id)).not.toHaveProperty('seesImages');
  });

  it.each(reasoning)('%s thinks before it answers', (id) => {
    expect(guessByName(id).reasons).toBe(true);
  });

  it.each(unreasoning)('%s answers at once', (id) => {
    expect(guessByName(id)).not.toHaveProperty('reasons');
  });

  it.each(['dall-e-3', 'gpt-image-1', 'black-forest-labs/FLUX.1-dev', 'grok-2-image'])(
    '%s draws',
    (id) => {
      expect(guessByName(id).output).toBe('image');
      expect(describeAs(id, {})).toEqual(guessByName(id));
    },
  );

  it.each(['text-embedding-3-small', 'whisper-1', 'omni-moderation-latest', 'gpt-4o-realtime'])(
    '%s is none to talk to, unless a person says so',
    (id) => {
      expect(describeAs(id, {})).toBeUndefined();
      expect(guessByName(id).output).toBe('text');
    },
  );

  it('is known less well than by what its service tells', () => {
    expect(describeAs('gpt-4o', { seesImages: false, reasons: true })).toEqual({
      id: 'gpt-4o',
      output: 'text',
      reasons: true,
    });
    expect(describeAs('tts-of-chat', { output: 'text' })).toEqual({
      id: 'tts-of-chat',
      output: 'text',
    });
    expect(describeAs('gpt-4o', { output: 'other' })).toBeUndefined();
  });
});
