/** What is sent; the answers are in `tests/picture-models.test.ts`. */
import { expect, it } from 'vitest';
import { geminiImageModel } from '@/lib/protocols/gemini-images';
import { png } from '../../fixtures/pictures';
import { answering, drawing, pictureAnswers, sentIn } from '../../picture-answers';

const address = 'https://generativelanguage.googleapis.com/v1beta';
const [proper] = pictureAnswers('gemini-images').filter(({ name }) => name === 'picture');

async function send(changes: Parameters<typeof drawing>[0] = {}) {
  if (!proper) throw new Error('no picture is recorded');
  const { context, asked } = answering(proper, address, { key: 'k-1' });
  await geminiImageModel('google', proper.model, context).doGenerate(drawing(changes));
  const [request] = asked;
  if (!request) throw new Error('nothing was asked');
  const headers = new Headers(request.init.headers);
  return { url: request.url, headers, sent: await sentIn(request) };
}

it('a request is a prompt to a model that answers in words and pictures', async () => {
  const { url, headers, sent } = await send();
  expect(url).toBe(`${address}/models/gemini-2.5-flash-image:streamGenerateContent?alt=sse`);
  expect(headers.get('x-goog-api-key')).toBe('k-1');
  expect(sent).toEqual({
    contents: [{ role: 'user', parts: [{ text: 'cat' }] }],
    generationConfig: { responseModalities: ['TEXT', 'IMAGE'] },
  });
});

it('the shape that was chosen is asked for', async () => {
  const { sent } = await send({ aspectRatio: '16:9' });
  expect(sent).toMatchObject({ generationConfig: { imageConfig: { aspectRatio: '16:9' } } });
});

it('a picture that is to be changed goes along behind the words', async () => {
  const { sent } = await send({ files: [{ type: 'file', mediaType: 'image/png', data: png }] });
  const data = Buffer.from(png).toString('base64');
  expect(sent).toMatchObject({
    contents: [{ parts: [{ text: 'cat' }, { inlineData: { mimeType: 'image/png', data } }] }],
  });
});
