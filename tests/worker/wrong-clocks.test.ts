/** A clock that jumps by years, ahead and back, between what a person does. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { monthlyUse } from '@/lib/settings';
import { openPage, request, service, setUpRoundTrip, storedMessages } from '../round-trip';

setUpRoundTrip();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-01T12:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An answered conversation of two prompts, the clock jumping in between and in the middle of a reply. */
async function talk(jumps: string[]) {
  const page = await openPage();
  for (const [index, jump] of jumps.entries()) {
    service.answerNext({ kind: 'text', text: `answer ${index}` });
    await page.say(`prompt ${index}`);
    vi.setSystemTime(jump);
    await page.last('done', `answer ${index}`);
  }
  return { page, conversationId: page.state().conversation?.id ?? '' };
}

const jumps = ['2036-01-01', '1970-01-02', '2026-11-01'];
const said = jumps.flatMap((_, index) => [`prompt ${index}`, `answer ${index}`]);

it('messages stay in the order in which they were said', async () => {
  const { page, conversationId } = await talk(jumps);
  expect(page.texts()).toEqual(said);
  expect((await storedMessages(conversationId)).map(({ text }) => text)).toEqual(said);
  const again = await openPage({ conversationId });
  expect(again.texts()).toEqual(said);
});

async function use(conversationId: string, at: string): Promise<void> {
  vi.setSystemTime(at);
  const page = await openPage({ conversationId });
  service.answerNext({ kind: 'text', text: `answer of ${conversationId}` });
  await page.say('Hi');
  await page.last('done', `answer of ${conversationId}`);
  page.close();
}

it('a panel opens at what was used last, not for ever at what was used with the clock ahead', async () => {
  await use('ahead', '2036-01-01');
  vi.setSystemTime('2026-11-01T12:00:00Z');
  expect((await openPage()).state().conversation?.id).toBe('ahead');
  await use('right', '2026-11-01T12:01:00Z');
  expect((await openPage()).state().conversation?.id).toBe('right');
});

it('a clock that is set back by seconds changes nothing', async () => {
  await use('first', '2026-11-01T11:00:00Z');
  await use('last', '2026-11-01T12:00:30Z');
  vi.setSystemTime('2026-11-01T12:00:00Z');
  expect((await openPage()).state().conversation?.id).toBe('last');
});

it('what was deleted can be taken back for as long as ever', async () => {
  const { conversationId } = await talk(['2026-11-01']);
  for (const jump of ['2036-01-01', '1970-01-02']) {
    await request('deleteConversation', { conversationId });
    vi.setSystemTime(jump);
    await request('restoreConversation', { conversationId });
    expect(await request('listConversations')).toMatchObject([{ id: conversationId }]);
  }
});

it('replies are counted in the month that the clock shows, and no other month is lost', async () => {
  await talk(jumps);
  const months = await monthlyUse.getValue();
  expect(Object.keys(months).toSorted()).toEqual(['1970-01', '2026-11', '2036-01']);
});
