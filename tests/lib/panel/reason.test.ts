import { expect, it } from 'vitest';
import { reasonIn } from '@/lib/panel/reason';

/** Without what keeps the direction of its letters from the sentence around it. */
const shown = (detail: string) => reasonIn(detail)?.replaceAll(/[\u2068\u2069]/gu, '');

it.each([
  ['OpenAI', '{"error":{"message":"Unknown parameter: \'x\'.","type":"invalid_request_error"}}'],
  ['Anthropic', '{"type":"error","error":{"type":"x","message":"Unknown parameter: \'x\'."}}'],
  ['Ollama', '{"error":"Unknown parameter: \'x\'."}'],
  ['Mistral', '{"object":"error","message":"Unknown parameter: \'x\'.","code":null}'],
  ['FastAPI', '{"detail":[{"loc":["body","x"],"msg":"Unknown parameter: \'x\'."}]}'],
  ['who says in a word what it is, too', '{"error":"x","message":"Unknown parameter: \'x\'."}'],
  ['who leaves a field empty', '{"message":"","error":{"message":"Unknown parameter: \'x\'."}}'],
  ['who gives a number', '{"message":"400","error":"Unknown parameter: \'x\'."}'],
  [
    'FastAPI, which repeats what was sent',
    '{"detail":[{"input":{"message":"a","b":[{"msg":"c"}]},"msg":"Unknown parameter: \'x\'."}]}',
  ],
  [
    'FastAPI, which repeats one word',
    '{"detail":[{"input":"message","msg":"Unknown parameter: \'x\'."}]}',
  ],
  ['what is cut off', '{"error":{"code":400,"message":"Unknown parameter: \'x\'.'],
  ['no JSON', "Unknown parameter: 'x'.\n"],
])('the reason is found in the answer of %s', (_, detail) => {
  expect(shown(detail)).toBe("Unknown parameter: 'x'.");
});

it.each([
  '',
  ' ',
  '<!doctype html><title>Bad Request</title>',
  '{"error":{"code":400}}',
  '{"error":{"message":""}}',
  '{"message":"400"}',
  '["one"]',
  '{"detail":[{"input":{"message":"secret"',
])('%j has none', (detail) => {
  expect(reasonIn(detail)).toBeUndefined();
});

it('is one line of plain text, whatever stands in it', () => {
  const detail = String.raw`{"message":"A \"key\"\n\tis\u0020missing\\ \u202eback <b>\ud83e`;
  expect(shown(detail)).toBe(String.raw`A "key" is missing\ back <b>`);
});

it('is cut where it is long, and no character is halved', () => {
  expect(shown(JSON.stringify({ message: 'a' + '🦙'.repeat(300) }))).toBe(`a${'🦙'.repeat(159)}…`);
});

it('cannot turn the direction of the sentence that it stands in', () => {
  expect(reasonIn('{"message":"לא ידוע"}')).toBe('\u2068לא ידוע\u2069');
});
