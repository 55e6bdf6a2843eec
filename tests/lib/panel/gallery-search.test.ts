import { describe, expect, it } from 'vitest';
import type { GalleryImage } from '@/lib/messages';
import { searchImages } from '@/lib/panel/gallery-search';
import { chatModel, pictureModel, providerInfo } from '../../samples';

function image(prompt: string, changes: Partial<GalleryImage> = {}): GalleryImage {
  return {
    conversationId: 'c',
    messageId: prompt,
    image: { id: prompt, mediaType: 'image/png', bytes: 1, width: 1, height: 1 },
    prompt,
    createdAt: 1,
    ...changes,
  };
}

const source = (title: string, url: string) => ({ source: { title, url } });

const images = [
  image('A Café by the sea', { model: pictureModel }),
  image('Ёлка у моря'),
  image('海辺の猫'),
  image('A map', source('Straße und Weg', 'https://de.example.org/strasse?q=secret')),
  image('A fox', { model: chatModel, ...source('', 'https://en.wikipedia.org/wiki/Fox') }),
  image('A relic', { model: { provider: 'gone', model: 'old' }, ...source('', 'no address') }),
];

const found = (query: string) =>
  searchImages(images, query, [providerInfo()]).map(({ prompt }) => prompt);

describe('pictures are found', () => {
  it.each([
    ['whatever the case and accents', 'CAFE', ['A Café by the sea']],
    ['whatever the accents of the query', 'séa', ['A Café by the sea']],
    ['in Russian, with е for ё', 'елка', ['Ёлка у моря']],
    ['in Japanese', '猫', ['海辺の猫']],
    ['by all words, in any order', 'sea  café', ['A Café by the sea']],
    ['not by some of the words', 'sea fox', []],
    ['by the name of the model', 'dalle', ['A Café by the sea']],
    ['by the name of the provider', 'ai-chats.org', ['A Café by the sea', 'A fox']],
    ['by a provider that is no more', 'gone', ['A relic']],
    ['by the title of the page', 'straße', ['A map']],
    ['by the host of the page', 'wikipedia', ['A fox']],
    ['by what is no address', 'no address', ['A relic']],
    ['not by the rest of the address', 'secret', []],
    ['by a word of the prompt and one of the page', 'fox wikipedia', ['A fox']],
  ])('%s', (_, query, prompts) => {
    expect(found(query)).toEqual(prompts);
  });

  it.each(['', '  \n'])('all of them by the blank query "%s"', (query) => {
    expect(searchImages(images, query, [])).toBe(images);
  });
});
