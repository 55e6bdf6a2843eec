import { expect, it } from 'vitest';
import { samplingOf, sizesOf } from '@/lib/protocols/diffusion';

it.each([
  ['v1-5-pruned-emaonly.safetensors', '512x512', 20, 7],
  ['sd_xl_base_1.0.safetensors', '1024x1024', 20, 7],
  ['sdxl_lightning_8step', '1024x1024', 8, 1.5],
  ['flux1-dev-fp8.safetensors', '1024x1024', 20, 1],
  ['flux1-schnell', '1024x1024', 8, 1],
])('%s is asked for %s in %i steps, guided by %d', (checkpoint, size, steps, cfg) => {
  expect(sizesOf(checkpoint)[0]).toBe(size);
  expect(samplingOf(checkpoint)).toEqual({ steps, cfg });
});
