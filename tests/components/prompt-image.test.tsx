/** Pictures that are sent back to be changed, and pictures of which there are several. */
import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Composer } from '@/components/composer';
import { MessageArticle } from '@/components/message';
import { sendPrompt } from '@/lib/panel/actions';
import type { ModelDescription } from '@/lib/provider';
import { requests, setChat, setConversation, setUpPage, show, state } from '../component';
import { chatModel, prompt, providerInfo, reply } from '../samples';

setUpPage();

const image = { id: 'i', mediaType: 'image/png', bytes: 100, width: 1024, height: 768 };
const painter = { provider: 'p', model: 'painter' };
const models: ModelDescription[] = [
  { id: 'painter', output: 'image', seesImages: true },
  { id: 'plain', output: 'image' },
];
const providers = [providerInfo(), providerInfo({ id: 'p', name: 'P', models })];
const made = reply('r', 'q', {
  parts: [{ type: 'image', prompt: 'A cat', image }],
  model: painter,
});

function composer() {
  return <Composer label="Message" sendLabel="Send" onSend={sendPrompt} />;
}

function setUp(model = painter) {
  setConversation([prompt('q'), made], { model });
  setChat({ providers, images: { i: 'data:i' } });
}

describe('a picture', () => {
  it('goes into the prompt box to be changed, and is sent with the words', async () => {
    setUp();
    const { user } = show(
      <>
        <MessageArticle message={made} />
        {composer()}
      </>,
    );
    await user.click(screen.getByRole('button', { name: 'Change this picture' }));
    expect(await screen.findByText('This picture will be changed')).toBeTruthy();
    const box = screen.getByRole('textbox', { name: 'Message' });
    expect(document.activeElement).toBe(box);
    await user.type(box, 'Make it blue{Enter}');
    await vi.waitFor(() =>
      expect(requests.find(({ type }) => type === 'sendPrompt')?.data).toMatchObject({
        text: 'Make it blue',
        model: painter,
        images: [{ prompt: 'A cat', image }],
      }),
    );
    expect(screen.queryByText('This picture will be changed')).toBeNull();
  });

  it('has the model chosen that can change it', async () => {
    setUp(chatModel);
    const { user } = show(<MessageArticle message={made} />);
    await user.click(screen.getByRole('button', { name: 'Change this picture' }));
    expect(requests).toContainEqual({
      type: 'selectModel',
      data: { conversationId: 'c', model: painter },
    });
  });

  it('cannot be changed where no model can', () => {
    setUp();
    setChat({ providers: [providerInfo()] });
    show(<MessageArticle message={made} />);
    expect(screen.queryByRole('button', { name: 'Change this picture' })).toBeNull();
  });

  it('comes back to the prompt box when it could not be sent', async () => {
    setUp();
    setChat({ attached: { prompt: 'A cat', image, conversationId: 'c' }, draft: 'Blue' });
    const { answers } = await import('../component');
    answers['sendPrompt'] = () => {
      throw new Error('no worker');
    };
    show(composer());
    await sendPrompt();
    expect(state()).toMatchObject({ draft: 'Blue', attached: { image } });
  });

  it('can be left out, and says when the chosen model cannot change it', async () => {
    setUp({ provider: 'p', model: 'plain' });
    setChat({ attached: { prompt: 'A cat', image, conversationId: 'c' } });
    const { user } = show(composer());
    expect(screen.getByText('plain cannot change pictures')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Leave the picture out' }));
    expect(state().attached).toBeNull();
  });

  it.each([
    [true, 'talker gets to see this picture'],
    [false, 'talker does not see pictures'],
  ])('that goes to a chat model is seen there, or not: %j', (seesImages, words) => {
    const talker: ModelDescription = { id: 'talker', output: 'text', seesImages };
    setConversation([prompt('q'), made], { model: { provider: 't', model: 'talker' } });
    setChat({
      providers: [providerInfo({ id: 't', name: 'T', models: [talker] })],
      images: { i: 'data:i' },
      attached: { prompt: 'A cat', image, conversationId: 'c' },
    });
    show(composer());
    expect(screen.getByText(words)).toBeTruthy();
    expect(screen.queryByPlaceholderText('Say what should change')).toBeNull();
  });

  it('stays with its own conversation', () => {
    setUp();
    setChat({ attached: { prompt: 'A cat', image, conversationId: 'another' } });
    show(composer());
    expect(screen.queryByText('This picture will be changed')).toBeNull();
  });

  it('can be varied by the model that made it, with the same words', async () => {
    setUp();
    const { user } = show(<MessageArticle message={made} />);
    await user.click(screen.getByRole('button', { name: 'Enlarge image' }));
    const dialog = await screen.findByRole('dialog', { name: 'Image' });
    await user.click(within(dialog).getByRole('button', { name: 'Make variations' }));
    await vi.waitFor(() =>
      expect(requests.find(({ type }) => type === 'sendPrompt')?.data).toMatchObject({
        text: 'A cat',
        model: painter,
        images: [{ image }],
      }),
    );
  });

  it('in a prompt is shown small above its words', () => {
    setUp();
    const parts = [
      { type: 'image' as const, prompt: 'A cat', image },
      { type: 'text' as const, text: 'Make it blue' },
    ];
    show(<MessageArticle message={prompt('q', { parts })} />);
    expect(screen.getByRole('img', { name: 'A cat' }).getAttribute('src')).toBe('data:i');
    expect(screen.getByText('Make it blue')).toBeTruthy();
  });
});

describe('a picture that is being drawn', () => {
  const drawing = reply('r', 'q', {
    parts: [{ type: 'image', prompt: 'A cat', image: null, size: '1536x1024' }],
    state: 'streaming',
    model: painter,
  });

  it('has the shape that was asked for, and says how far it is', () => {
    setConversation([prompt('q'), drawing]);
    setChat({ providers, progress: { messageId: 'r', fraction: 0.42 } });
    const { container } = show(<MessageArticle message={drawing} />);
    const place = container.querySelector<HTMLElement>('.drawing');
    expect(place?.style.aspectRatio).toBe('1536 / 1024');
    expect(place?.textContent).toMatch(/^P is drawing · 42% · /u);
  });

  it('says nothing of how far another one is', () => {
    setConversation([prompt('q'), drawing]);
    setChat({ providers, progress: { messageId: 'other', fraction: 0.42 } });
    const { container } = show(<MessageArticle message={drawing} />);
    expect(container.textContent).not.toContain('%');
  });
});
