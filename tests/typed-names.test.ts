/** What a model is taken for whose name a person typed: no service told anything of it. */
import { expect, it } from 'vitest';
import { anthropic } from '@/lib/providers/anthropic';
import { google } from '@/lib/providers/google';
import { lmStudio } from '@/lib/providers/lm-studio';
import { ollama } from '@/lib/providers/ollama';
import { openAI } from '@/lib/providers/openai';
import { providers } from '@/lib/providers';

it.each([
  [
    openAI,
    'gpt-5.1',
    { seesImages: true, reasons: true, takes: ['maxTokens'], canSkipThinking: true },
  ],
  [anthropic, 'claude-2.1', {}],
  [anthropic, 'claude-3-haiku-20240307', { seesImages: true }],
  [anthropic, 'claude-sonnet-4-5', { seesImages: true, reasons: true, canSkipThinking: true }],
  [anthropic, 'MiniMax-M3', {}],
  [google, 'gemini-2.5-pro', { seesImages: true, reasons: true }],
  [google, 'gemini-2.0-flash', { seesImages: true }],
  [google, 'gemma-4-31b-it', { seesImages: true, reasons: true, canSkipThinking: true }],
  [google, 'tunedModels/mine', {}],
  [ollama, 'qwen3-vl:8b', {}],
  [lmStudio, 'qwen2-vl-7b', {}],
])('%# a typed name is taken for what it says: %s', (provider, id, about) => {
  expect(provider.guessModel?.(id)).toEqual({ id, output: 'text', ...about });
});

it('names can be typed where a service may have models that it does not list', () => {
  const closed = providers
    .filter((one) => !one.guessModel)
    .map(({ description }) => description.id);
  expect(closed).toEqual(['ai-chats', 'built-in', 'automatic1111', 'comfyui']);
  expect(google.guessModel?.('gemini-2.5-flash-image').output).toBe('image');
});
