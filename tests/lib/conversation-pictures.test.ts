import { expect, it } from 'vitest';
import { applyEvent, type ImageInfo } from '@/lib/conversation';
import { textOf } from '@/lib/message-text';
import { conversationOf, prompt, reply } from '../samples';

const image: ImageInfo = { id: 'i', mediaType: 'image/png', bytes: 3, width: 2, height: 1 };

it('several pictures go into their places, one after the other', () => {
  const place = { type: 'image' as const, prompt: 'cat', image: null, size: '2x1' };
  const waiting = reply('r', 'p', { parts: [place, place] });
  const one = applyEvent(conversationOf([prompt('p'), waiting]), {
    type: 'image-add',
    messageId: 'r',
    image,
    prompt: 'cat',
  });
  expect(one.messages[1]?.parts).toEqual([{ ...place, image }, place]);
  const second = { ...image, id: 'j' };
  const both = applyEvent(one, {
    type: 'image-add',
    messageId: 'r',
    image: second,
    prompt: 'cat',
  });
  expect(both.messages[1]?.parts).toEqual([
    { ...place, image },
    { ...place, image: second },
  ]);
});

it('a picture that no place waits for stands where the text had come to', () => {
  const talking = reply('r', 'p', { parts: [{ type: 'text', text: 'Look:' }] });
  const drawn = applyEvent(conversationOf([prompt('p'), talking]), {
    type: 'image-add',
    messageId: 'r',
    image,
    prompt: 'cat',
  });
  const after = applyEvent(drawn, { type: 'text-delta', messageId: 'r', text: 'A cat.' });
  const parts = after.messages[1]?.parts ?? [];
  expect(parts).toEqual([
    { type: 'text', text: 'Look:' },
    { type: 'image', prompt: 'cat', image },
    { type: 'text', text: 'A cat.' },
  ]);
  expect(textOf({ parts })).toBe('Look:\n\nA cat.');
});

it('places that stayed free go when the reply ended well', () => {
  const place = { type: 'image' as const, prompt: 'cat', image: null };
  const waiting = reply('r', 'p', { state: 'streaming', parts: [{ ...place, image }, place] });
  const ended = (state: 'done' | 'failed') =>
    applyEvent(conversationOf([prompt('p'), waiting]), {
      type: 'reply-end',
      messageId: 'r',
      state,
      at: 9000,
    }).messages[1]?.parts;
  expect(ended('done')).toEqual([{ ...place, image }]);
  expect(ended('failed')).toHaveLength(2);
});
