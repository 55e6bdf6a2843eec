import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Doctor } from '@/components/doctor';
import { Notice } from '@/components/notice';
import type { ErrorKind } from '@/lib/errors';
import type { CheckStep } from '@/lib/check-step';
import {
  answers,
  extension,
  requests,
  setConversation,
  setUpPage,
  show,
  speak,
} from '../component';
import type { FakePort } from '../fake-port';
import { failing, linesOf, runTest, server, shownLines, well } from '../doctor-page';
import { prompt, reply } from '../samples';

setUpPage();

const sayHi = () => screen.queryByRole('button', { name: 'Send “Say hi”' });

describe('the test of a connection', () => {
  it('begins with a click, and says of each step what was found', async () => {
    const { lines } = await runTest(well);
    expect(lines).toEqual([
      'Permission for localhost:11434 passed',
      'Connection to localhost:11434 passed',
      'Certificate not needed',
      'Access for extensions passed',
      'Address passed · HTTP 200',
      'Key not needed',
      'Model passed · 2 models',
    ]);
    expect(requests).toEqual([
      { type: 'checkProvider', data: { provider: 'server', model: 'small' } },
    ]);
  });

  it('shows each step as it is found, and which one is looked at', async () => {
    answers['checkProvider'] = () => new Promise(() => undefined);
    let port: FakePort | undefined;
    extension.onConnect.addListener((opened) => (port = opened));
    const { user } = show(<Doctor provider={server} />);
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(shownLines()).toEqual(['Permission for localhost:11434 checking…']);
    port?.postMessage({ steps: well.slice(0, 3), isDone: false });
    await vi.waitFor(() =>
      expect(shownLines()).toEqual([
        'Permission for localhost:11434 passed',
        'Connection to localhost:11434 passed',
        'Certificate not needed',
        'Access for extensions checking…',
      ]),
    );
    const again = screen.getByRole('button', { name: 'Test again' });
    expect(again.getAttribute('aria-disabled')).toBe('true');
    await user.click(again);
    expect(extension.ports).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Send “Say hi”' })).toBeNull();
    port?.postMessage({ steps: well, isDone: true });
    expect(await linesOf()).toHaveLength(well.length);
    expect(again.getAttribute('aria-disabled')).toBe('false');
  });

  it('shows that an answer is waited for', async () => {
    const { user } = await runTest(well);
    answers['checkStream'] = () => new Promise(() => undefined);
    await user.click(screen.getByRole('button', { name: 'Send “Say hi”' }));
    expect(shownLines().at(-1)).toBe('Answer checking…');
    const button = sayHi();
    expect(button?.getAttribute('aria-disabled')).toBe('true');
    // Chromium takes the focus off what is disabled.
    expect(button).toHaveProperty('disabled', false);
    expect(document.activeElement).toBe(button);
  });

  it('is read out as it comes', async () => {
    await runTest(well);
    const list = screen.getByRole('list', { name: 'Connection test' });
    expect(list.closest('[aria-live]')?.getAttribute('aria-live')).toBe('polite');
  });

  it('says what helps where a step failed, and that the others were not tested', async () => {
    const { lines } = await runTest(failing({ id: 'reachable', remedy: 'startServer' }));
    expect(lines[1]).toContain('failed');
    expect(lines[1]).toContain('Is Server running, and is the address right?');
    expect(lines[6]).toContain('not tested');
    expect(screen.queryByRole('button', { name: 'Send “Say hi”' })).toBeNull();
  });

  it('says when it could not be run', async () => {
    answers['checkProvider'] = () => {
      throw new Error('the worker was ended');
    };
    const { user } = show(<Doctor provider={server} />);
    await user.click(screen.getByRole('button', { name: 'Test connection' }));
    expect(await screen.findByText('The test could not be run. Try again.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Test connection' })).toBeTruthy();
  });

  it('sends a prompt only with another click, and says so before', async () => {
    const { user } = await runTest(well);
    expect(screen.getByText(/Aside sends it the prompt “Say hi”/u).textContent).toContain('small');
    answers['checkStream'] = (): CheckStep => ({ id: 'stream', outcome: 'ok' });
    await user.click(screen.getByRole('button', { name: 'Send “Say hi”' }));
    await vi.waitFor(async () => expect((await linesOf()).at(-1)).toBe('Answer passed'));
    expect(requests.at(-1)).toEqual({
      type: 'checkStream',
      data: { provider: 'server', model: 'small', isPrompted: true },
    });
  });

  it('asks no second time for what it has been answered, but for what failed', async () => {
    const { user } = await runTest(well);
    answers['checkStream'] = (): CheckStep => ({
      id: 'stream',
      outcome: 'failed',
      remedy: 'noAnswer',
    });
    await user.click(screen.getByRole('button', { name: 'Send “Say hi”' }));
    await vi.waitFor(async () => expect((await linesOf()).at(-1)).toContain('Answer failed'));
    expect(screen.queryByText(/Aside sends it the prompt/u)).toBeNull();
    answers['checkStream'] = (): CheckStep => ({ id: 'stream', outcome: 'ok' });
    await user.click(screen.getByRole('button', { name: 'Send “Say hi”' }));
    await vi.waitFor(async () => expect((await linesOf()).at(-1)).toBe('Answer passed'));
    expect(sayHi()).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Test again' }));
    await user.click(screen.getByRole('button', { name: 'Test again' }));
    await vi.waitFor(() => expect(sayHi()).toBeTruthy());
  });

  it('says where the answer came in one piece', async () => {
    const { user } = await runTest(well);
    answers['checkStream'] = (): CheckStep => ({
      id: 'stream',
      outcome: 'ok',
      remedy: 'onePiece',
    });
    await user.click(screen.getByRole('button', { name: 'Send “Say hi”' }));
    await vi.waitFor(async () =>
      expect((await linesOf()).at(-1)).toContain('Answer passedThe model answers, but not word'),
    );
  });

  it.each(['checkProvider', 'checkStream'])('ends "%s" with the page', async (type) => {
    const { user, unmount } = await runTest(well);
    answers[type] = () => new Promise(() => undefined);
    const name = type === 'checkStream' ? 'Send “Say hi”' : 'Test again';
    await user.click(screen.getByRole('button', { name }));
    const port = extension.ports.at(-1);
    expect(port?.isClosed).toBe(false);
    unmount();
    expect(port?.isClosed).toBe(true);
  });

  it('asks no model that draws', async () => {
    await runTest(well, { ...server, models: [{ id: 'painter', output: 'image' }] });
    expect(screen.queryByRole('button', { name: 'Send “Say hi”' })).toBeNull();
  });

  it('speaks Russian where the interface does', async () => {
    await speak('ru');
    answers['checkProvider'] = () => failing({ id: 'model', remedy: 'loadModel' });
    const { user, container } = show(<Doctor provider={server} />);
    await user.click(screen.getByRole('button', { name: 'Проверить связь' }));
    await screen.findByText(/У Server пока нет ни одной модели/u);
    expect(container.textContent).not.toMatch(/[{}]|check[A-Z]/u);
  });
});

function showNotice(kind: ErrorKind) {
  const message = reply('r', 'p', { state: 'failed', error: { kind } });
  setConversation([prompt('p'), message]);
  return show(
    <Notice message={message} error={{ kind }} provider={server} isBusy={false} isTold />,
  );
}

describe('a notice', () => {
  it('leads to the test, which begins at once, below it', async () => {
    answers['checkProvider'] = () => well;
    const { user } = showNotice('offline');
    expect(requests).toEqual([]);
    const button = screen.getByRole('button', { name: 'Test connection' });
    await user.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    expect(await linesOf()).toHaveLength(well.length);
    expect(screen.getByRole('alert').querySelector('ol')).toBeNull();
    expect(requests).toEqual([
      { type: 'checkProvider', data: { provider: 'server', model: 'gpt-4' } },
    ]);
    await user.click(button);
    expect(screen.queryByRole('list')).toBeNull();
  });

  it('of a refusal leads to it, too: a wrong path is answered so', () => {
    showNotice('refused');
    expect(screen.getByRole('button', { name: 'Test connection' })).toBeTruthy();
  });

  it.each(['quota', 'too-long', 'content-filter', 'no-permission'] as const)(
    'of "%s" has no use for it',
    (kind) => {
      showNotice(kind);
      expect(screen.queryByRole('button', { name: 'Test connection' })).toBeNull();
    },
  );
});
