/**
 * A service that says nothing for long. The browser ends a worker that is idle for 30 seconds, and
 * waiting for an answer counts as idle. Each story has a browser of its own, so that they can wait
 * together; nothing is attached to their workers, as that would keep them alive.
 */
import { expect, it } from 'vitest';
import { startAiChats } from '../stand-ins/ai-chats.ts';
import { articles, launchAside, send, waitForReplyState } from './browser.ts';

const rows = [
  { seconds: 45, isOpen: true, headersFirst: false },
  { seconds: 45, isOpen: false, headersFirst: true },
  { seconds: 120, isOpen: false, headersFirst: false },
];

it.concurrent.each(rows)(
  'survives $seconds s before the first byte (panel open: $isOpen, headers first: $headersFirst)',
  async ({ seconds, isOpen, headersFirst }) => {
    const service = await startAiChats();
    const aside = await launchAside({ service });
    const panel = await aside.openPanel();
    service.answerNext({
      kind: 'text',
      text: 'At long last.',
      firstByteAfterMs: seconds * 1000,
      headersFirst,
    });
    await send(panel, 'Take your time');
    await service.waitForRequest(({ method }) => method === 'POST');
    if (!isOpen) await aside.closePanel();
    const { closedByClientAt } = await service.waitForRequest(
      ({ answeredAt, closedByClientAt: at }) => (answeredAt ?? at) !== undefined,
      (seconds + 20) * 1000,
    );
    expect(closedByClientAt).toBeUndefined();
    const shown = isOpen ? panel : await aside.openPanel();
    await waitForReplyState(shown, 'done');
    expect(await articles(shown)).toEqual([
      { role: 'user', state: 'done', text: 'Take your time' },
      { role: 'assistant', state: 'done', text: 'At long last.' },
    ]);
    expect(service.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    await aside.close();
    await service.close();
  },
  180_000,
);
