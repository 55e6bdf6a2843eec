import { describe, expect, it } from 'vitest';
import { cleanModelName, isModelName } from '@/lib/model-ref';

describe('the name of a model in what was typed', () => {
  it.each([
    ['gpt-4o', 'gpt-4o'],
    ['  gpt-4o \n', 'gpt-4o'],
    ['"gpt-4o",', 'gpt-4o'],
    ['“gpt-4o”', 'gpt-4o'],
    ["`'gpt-4o'`", 'gpt-4o'],
    ['\uFEFFgpt\u200B-4o\u200E', 'gpt-4o'],
    ['gpt\u202E-4o', 'gpt-4o'],
    ['gpt-4o\u00AD', 'gpt-4o'],
    ['meta-llama/Llama-3.3:free', 'meta-llama/Llama-3.3:free'],
    ['my deployment', 'my deployment'],
    ['../models/x.gguf', '../models/x.gguf'],
    ['ламa 👩‍🚀 ❤️', 'ламa 👩‍🚀 ❤️'],
    ['" "', ''],
    ['', ''],
    ['x'.repeat(501), ''],
  ])('%j is %j', (typed, name) => {
    expect(cleanModelName(typed)).toBe(name);
  });
});

it.each([
  ['a/b:c 🙂', true],
  ['x'.repeat(500), true],
  ['x'.repeat(501), false],
  ['a\nb', false],
  ['a\u202Eb', false],
  ['\uD800', false],
])('%j can be shown: %s', (id, isShown) => {
  expect(isModelName(id)).toBe(isShown);
});
