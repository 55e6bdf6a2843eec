import { describe, expect, it } from 'vitest';
import { fittingOptions, shapeOf } from '@/lib/image-options';
import type { ModelDescription } from '@/lib/provider';

const model: ModelDescription = {
  id: 'm',
  output: 'image',
  sizes: ['1024x1024', '16:9'],
  qualities: ['low', 'high'],
  mostImages: 4,
};

describe('the options of a model', () => {
  it.each([
    [undefined, { count: 1 }],
    [{}, { count: 1 }],
    [
      { size: '16:9', quality: 'high', count: 3 },
      { size: '16:9', quality: 'high', count: 3 },
    ],
    [{ size: '1x1', quality: 'best', count: 9 }, { count: 4 }],
    [{ count: 0 }, { count: 1 }],
    [{ count: 2.4 }, { count: 2 }],
  ])('%j are, as far as it knows them, %j', (chosen, options) => {
    expect(fittingOptions(model, chosen)).toEqual(options);
  });

  it('of one that knows none are one picture', () => {
    const plain: ModelDescription = { id: 'm', output: 'image' };
    expect(fittingOptions(plain, { size: '16:9', quality: 'high', count: 3 })).toEqual({
      count: 1,
    });
  });
});

it.each([
  ['1024x768', { width: 1024, height: 768 }],
  ['16:9', { width: 16, height: 9 }],
  ['0x5', undefined],
  ['large', undefined],
  [undefined, undefined],
])('the shape of %s', (size, shape) => {
  expect(shapeOf(size)).toEqual(shape);
});
