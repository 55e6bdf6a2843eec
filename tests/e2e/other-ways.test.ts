/** AI-Chats.org fails, and nobody else is in use: the notice leads to a model on this computer. */
import type { Page } from 'puppeteer-core';
import { afterAll, expect, it } from 'vitest';
import { stepped } from '../stand-ins/ai-chats.ts';
import { startModelService } from '../stand-ins/model-server.ts';
import { ollama, OLLAMA_MODEL } from '../stand-ins/ollama.ts';
import { clickButton, send, waitForReplyState, waitForReplyText } from './browser.ts';
import { buildWithHosts } from './build-with-hosts.ts';
import { startStory } from './story.ts';

const server = await startModelService(ollama, { gapMs: 1 });
const dir = await buildWithHosts('http://localhost/*', 'http://127.0.0.1/*');
afterAll(() => server.close());

const story = startStory({
  dir,
  hosts: { 'localhost:11434': server.port },
  elsewhere: /^http:\/\/(?:localhost|127\.0\.0\.1):/u,
});

/** Of the reply, in a narrow, a usual and a wide panel. */
async function heights(panel: Page): Promise<number[]> {
  const all: number[] = [];
  for (const width of [320, 400, 600]) {
    await panel.setViewport({ width, height: 600 });
    const reply = panel.locator('article[data-message-role="assistant"]');
    all.push(await reply.map((article) => article.getBoundingClientRect().height).wait());
  }
  return all;
}

it('finds it, takes it into use and has it answer, each after a click', async () => {
  const panel = await story.freshPanel();
  story.service.answerNext({ kind: 'human-check' });
  await send(panel, 'Why is the sky blue?');
  await waitForReplyState(panel, 'failed');
  await clickButton(panel, 'Other ways');
  await clickButton(panel, 'Look for Ollama or LM Studio on this computer');
  await clickButton(panel, 'Use Ollama');
  const answer = `Answer with ${OLLAMA_MODEL} of Ollama`;
  await panel.waitForSelector(`button ::-p-text(${answer})`);
  expect(server.requests.some(({ body }) => body.includes('sky'))).toBe(false);
  await clickButton(panel, answer);
  await waitForReplyState(panel, 'done');
  expect(server.requests.some(({ body }) => body.includes('sky'))).toBe(true);
  await panel.waitForSelector(`article ::-p-text(Ollama · ${OLLAMA_MODEL})`);
});

it('who answers is seen from the start, and nothing moves when the answer ends', async () => {
  const panel = await story.freshPanel();
  const reply = stepped('one two');
  story.service.answerNext(reply);
  await send(panel, 'Count');
  await reply.releaseAll();
  await waitForReplyText(panel, 'two');
  await panel.waitForSelector('article ::-p-text(AI-Chats.org · gpt-4)');
  const before = await heights(panel);
  await reply.end();
  await waitForReplyState(panel, 'done');
  expect(await heights(panel)).toEqual(before);
});
