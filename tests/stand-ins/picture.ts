import { createHash } from 'node:crypto';
import { encodePng } from './png.ts';

type Colour = readonly [number, number, number];

const drawn = new Map<string, Buffer>();

/** The landscape that belongs to a prompt: the same prompt always gives the same bytes. */
export function drawPicture(prompt: string, size = 1024): Buffer {
  const key = `${size}:${prompt}`;
  const known = drawn.get(key);
  if (known) return known;
  const picture = encodePng(size, size, paint(createHash('sha256').update(prompt).digest(), size));
  drawn.set(key, picture);
  return picture;
}

function hsl(hue: number, saturation: number, lightness: number): Colour {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

function mix(from: Colour, to: Colour, share: number): Colour {
  const part = (i: 0 | 1 | 2): number => Math.round(from[i] + (to[i] - from[i]) * share);
  return [part(0), part(1), part(2)];
}

/** One row of hills: the height of its edge at every column, and its colour. */
interface Hill {
  edge: number[];
  colour: Colour;
}

function hills(seed: Buffer, size: number, hue: number, horizon: Colour, night: boolean): Hill[] {
  return [0, 1, 2, 3].map((layer) => {
    const at = (i: number): number => (seed[8 + layer * 4 + i] ?? 0) / 255;
    const base = 0.55 + layer * 0.115;
    const edge = Array.from({ length: size }, (_, x) => {
      const t = (x / size) * Math.PI * 2;
      const wave =
        Math.sin(t * (0.7 + at(0)) + at(1) * 6) * 0.055 +
        Math.sin(t * (2 + at(2) * 2) + at(3) * 6) * 0.022 +
        Math.sin(t * (6 + at(1) * 4) + at(0) * 6) * 0.006;
      return Math.round((base + wave) * size);
    });
    const ground = hsl((hue + 90 + at(0) * 40) % 360, 0.32, night ? 0.14 : 0.3);
    return { edge, colour: mix(horizon, ground, 0.3 + layer * 0.233) };
  });
}

function paint(seed: Buffer, size: number): Uint8Array {
  const at = (i: number): number => (seed[i] ?? 0) / 255;
  const night = at(0) < 0.35;
  const hue = at(1) * 360;
  const top = hsl(hue, 0.55, night ? 0.1 : 0.5);
  const horizon = hsl((hue + 25 + at(2) * 35) % 360, night ? 0.4 : 0.75, night ? 0.32 : 0.86);
  const light: Colour = night ? [245, 243, 225] : [255, 246, 214];
  const sun = { x: (0.2 + at(3) * 0.6) * size, y: (0.16 + at(4) * 0.24) * size };
  const radius = (0.05 + at(5) * 0.035) * size;
  const layers = hills(seed, size, hue, horizon, night);
  const rgb = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y += 1) {
    const sky = mix(top, horizon, Math.min(1, y / (size * 0.68)));
    // Halos in three flat steps instead of a smooth glow: flat areas keep the file small.
    const halos = [0.3, 0.18, 0.09].map((share) => mix(sky, light, share));
    for (let x = 0; x < size; x += 1) {
      const ground = layers.findLast((layer) => y >= (layer.edge[x] ?? size));
      const away = Math.hypot(x - sun.x, y - sun.y) / radius;
      const lit = away <= 1 ? light : away <= 3 ? halos[Math.ceil((away - 1) * 1.5) - 1] : sky;
      const [red, green, blue] = ground?.colour ?? lit ?? sky;
      const place = (y * size + x) * 3;
      rgb[place] = red;
      rgb[place + 1] = green;
      rgb[place + 2] = blue;
    }
  }
  return rgb;
}
