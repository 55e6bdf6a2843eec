import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { MessageList } from '@/components/message-list';
import { setConversation, setUpPage, show } from '../component';
import { prompt, reply } from '../samples';

setUpPage();

const field = () => screen.getByRole('searchbox', { name: 'Find in conversation' });

function showTalk() {
  setConversation([
    prompt('p', { parts: [{ type: 'text', text: 'Where is the lighthouse?' }] }),
    reply('r', 'p', { parts: [{ type: 'text', text: 'The **light**house is by the sea.' }] }),
  ]);
  return show(
    <>
      <MessageList />
      <textarea aria-label="Message" />
    </>,
  );
}

async function openFind() {
  const shown = showTalk();
  await shown.user.click(screen.getByRole('textbox', { name: 'Message' }));
  await shown.user.keyboard('{Control>}f{/Control}');
  return shown;
}

/** What is told once that is there. */
const told = (text: string) =>
  vi.waitUntil(() => screen.getByRole('search').textContent.includes(text));

describe('find in conversation', () => {
  it('opens with Ctrl+F and has the focus', async () => {
    await openFind();
    expect(document.activeElement).toBe(field());
  });

  it('opens by the place of the key on a keyboard without Latin letters', async () => {
    const { user } = showTalk();
    await user.keyboard('{Meta>}[KeyF]{/Meta}');
    expect(field()).toBeTruthy();
  });

  it('counts what it finds, also in words that are partly bold, and goes around', async () => {
    const { user } = await openFind();
    await user.type(field(), 'lighthouse');
    expect(await told('1 of 2')).toBe(true);
    await user.keyboard('{Enter}');
    expect(await told('2 of 2')).toBe(true);
    await user.keyboard('{Enter}');
    expect(await told('1 of 2')).toBe(true);
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    expect(await told('2 of 2')).toBe(true);
    await user.click(screen.getByRole('button', { name: 'Previous hit' }));
    expect(await told('1 of 2')).toBe(true);
  });

  it('says when there is nothing', async () => {
    const { user } = await openFind();
    await user.type(field(), 'harbour');
    expect(await told('Not found')).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Next hit' }).disabled).toBe(true);
  });

  it('closes with Escape and gives the focus back', async () => {
    const { user } = await openFind();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('search')).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
  });
});
