/** What is sent; the answers are in `tests/picture-models.test.ts`. */
import { describe, expect, it } from 'vitest';
import { openAIImageModel } from '@/lib/protocols/openai-images';
import type { ProviderContext } from '@/lib/provider';
import { png } from '../../fixtures/pictures';
import { answering, drawing, pictureAnswers, sentIn } from '../../picture-answers';

const address = 'https://api.example/v1';
const [proper] = pictureAnswers('openai-images').filter(({ name }) => name === 'base64');

async function send(modelId: string, changes: Parameters<typeof drawing>[0] = {}, dialect = {}) {
  if (!proper) throw new Error('no picture is recorded');
  const { context, asked } = answering(proper, address, { key: 'sk-1' });
  await openAIImageModel('x', modelId, context, dialect).doGenerate(drawing(changes));
  const [request] = asked;
  if (!request) throw new Error('nothing was asked');
  const headers = new Headers(request.init.headers);
  return { url: request.url, headers, sent: await sentIn(request) };
}

describe('a request', () => {
  it('for pictures has what was chosen, and the key', async () => {
    const providerOptions = { x: { quality: 'high' } };
    const { url, headers, sent } = await send('gpt-image-1', {
      n: 2,
      size: '1536x1024',
      providerOptions,
    });
    expect(url).toBe(`${address}/images/generations`);
    expect(headers.get('authorization')).toBe('Bearer sk-1');
    expect(sent).toEqual({
      model: 'gpt-image-1',
      prompt: 'cat',
      n: 2,
      size: '1536x1024',
      quality: 'high',
    });
  });

  it('asks for base64 where the picture would else lie on another host', async () => {
    expect((await send('dall-e-3')).sent).toMatchObject({ response_format: 'b64_json' });
    expect((await send('gpt-image-1')).sent).not.toHaveProperty('response_format');
  });

  it('carries the key in the header that the service reads', async () => {
    const { headers } = await send('gpt-image-1', {}, { keyHeader: 'api-key' });
    expect(headers.get('api-key')).toBe('sk-1');
    expect(headers.has('authorization')).toBe(false);
  });

  it('to change a picture is a form with the picture in it', async () => {
    const files = [{ type: 'file' as const, mediaType: 'image/png', data: png }];
    const { url, headers, sent } = await send('gpt-image-1', { files });
    expect(url).toBe(`${address}/images/edits`);
    expect(headers.has('content-type')).toBe(false);
    expect(sent).toEqual({
      model: 'gpt-image-1',
      prompt: 'cat',
      n: '1',
      image: ['image/png', png.length],
    });
  });
});

it('a picture of 30 MB in base64 is too large, in plain words', async () => {
  const body = JSON.stringify({ data: [{ b64_json: 'A'.repeat(40_000_000) }] });
  const context: ProviderContext = {
    settings: { address },
    key: '',
    fetch: () => Promise.resolve(new Response(body)),
  };
  const drawn = openAIImageModel('x', 'flux', context).doGenerate(drawing());
  await expect(drawn).rejects.toMatchObject({ data: { kind: 'too-large' } });
});
