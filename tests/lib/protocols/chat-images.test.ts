/** What is sent; the answers are in `tests/picture-models.test.ts`. */
import { expect, it } from 'vitest';
import { chatImageModel } from '@/lib/protocols/chat-images';
import { png } from '../../fixtures/pictures';
import { answering, drawing, pictureAnswers, sentIn } from '../../picture-answers';

const address = 'https://openrouter.ai/api/v1';
const [proper] = pictureAnswers('chat-images').filter(({ name }) => name === 'picture');

async function send(modelId: string, changes: Parameters<typeof drawing>[0] = {}) {
  if (!proper) throw new Error('no picture is recorded');
  const { context, asked } = answering(proper, address, { key: 'sk-1' });
  await chatImageModel('openrouter', modelId, context).doGenerate(drawing(changes));
  const [request] = asked;
  if (!request) throw new Error('nothing was asked');
  const headers = new Headers(request.init.headers);
  return { url: request.url, headers, sent: await sentIn(request) };
}

it('a request is a chat that asks for pictures, in the shape that was chosen', async () => {
  const { url, headers, sent } = await send('google/gemini-2.5-flash-image', {
    aspectRatio: '16:9',
  });
  expect(url).toBe(`${address}/chat/completions`);
  expect(headers.get('authorization')).toBe('Bearer sk-1');
  expect(sent).toEqual({
    model: 'google/gemini-2.5-flash-image',
    modalities: ['image', 'text'],
    messages: [{ role: 'user', content: [{ type: 'text', text: 'cat' }] }],
    image_config: { aspect_ratio: '16:9' },
  });
});

it('of a model that does not write, only pictures are asked', async () => {
  const { sent } = await send('black-forest-labs/flux.2-pro');
  expect(sent).toMatchObject({ modalities: ['image'] });
});

it('a picture that is to be changed goes along behind the words', async () => {
  const files = [{ type: 'file' as const, mediaType: 'image/png', data: png }];
  const { sent } = await send('google/gemini-2.5-flash-image', { files });
  const url = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  expect(sent).toMatchObject({
    messages: [{ content: [{ type: 'text' }, { type: 'image_url', image_url: { url } }] }],
  });
});
