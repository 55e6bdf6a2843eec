import { expect, it } from 'vitest';
import { keyIn } from '@/lib/key-text';

it.each([
  ['sk-1', 'sk-1'],
  ['  sk-1\n', 'sk-1'],
  ['"sk-1"', 'sk-1'],
  ['“sk-1”', 'sk-1'],
  ['Bearer sk-1', 'sk-1'],
  ['Authorization: Bearer sk-1', 'sk-1'],
  ['sk-\n1 2', 'sk-12'],
  ['\u200Bsk-1\uFEFF', 'sk-1'],
  ['\u2060sk-1\u202E\u0000', 'sk-1'],
  ['«sk-1»', 'sk-1'],
  ['<sk-1>,', 'sk-1'],
  ['"Bearer sk-1"', 'sk-1'],
  ['"authorization": "Bearer sk-1",', 'sk-1'],
  ['OPENAI_API_KEY=sk-1', 'sk-1'],
  ['export OPENAI_API_KEY="sk-1";', 'sk-1'],
  ['x-api-key: sk-1', 'sk-1'],
  ['sk-abc=', 'sk-abc='],
  ['c2VjcmV0a2V5=', 'c2VjcmV0a2V5='],
  ['me:secret', 'me:secret'],
  ['""', ''],
])('a key typed as %j is %j', (typed, key) => {
  expect(keyIn(typed, [{}])).toBe(key);
});

it.each([
  ['me:secret', 'me:secret'],
  ['me:correct horse  battery', 'me:correct horse  battery'],
  [' me:secret\n', 'me:secret'],
  ['\u200Bme:se\ncret\uFEFF', 'me:secret'],
  ['me:"quoted"', 'me:"quoted"'],
  ['Bearer:key=', 'Bearer:key='],
  [' \n', ''],
])('a user with a password typed as %j is %j', (typed, login) => {
  expect(keyIn(typed, [{}, { isLogin: true }])).toBe(login);
});
