/** `npx node scripts/draw-icons.ts`: draws the extension's icons, each size for its own pixels. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from 'puppeteer-core';
import { ensureBrowser } from './find-browser.ts';
import { ROOT } from './run-tool.ts';

const FOLDER = join(ROOT, 'public', 'icon');
const GROUND = '#0b6e66';
const INK = '#fff';

interface Line {
  x: number;
  y: number;
  width: number;
}

/** What is drawn on a square of `size` units. */
interface Drawing {
  size: number;
  radius: number;
  lines: { thickness: number; all: Line[] };
  spark: { x: number; y: number; width: number; height: number };
}

/** The mark of components/mark.tsx: lines of a page, and a spark beside them. */
const mark: Drawing = {
  size: 32,
  radius: 9,
  lines: {
    thickness: 2,
    all: [
      { x: 6, y: 9, width: 6 },
      { x: 6, y: 15, width: 4 },
      { x: 6, y: 21, width: 6 },
    ],
  },
  spark: { x: 20, y: 16, width: 14, height: 18 },
};

const small: Drawing = {
  size: 16,
  radius: 4,
  lines: {
    thickness: 1,
    all: [
      { x: 2, y: 4, width: 3 },
      { x: 2, y: 7, width: 2 },
      { x: 2, y: 10, width: 3 },
    ],
  },
  spark: { x: 9.5, y: 7.5, width: 9, height: 11 },
};

const middle: Drawing = {
  size: 48,
  radius: 13,
  lines: {
    thickness: 3,
    all: [
      { x: 9, y: 14, width: 9 },
      { x: 9, y: 22, width: 6 },
      { x: 9, y: 30, width: 9 },
    ],
  },
  spark: { x: 30, y: 23.5, width: 21, height: 27 },
};

const icons: Record<number, Drawing> = { 16: small, 32: mark, 48: middle, 96: mark, 128: mark };

function sparkPath({ x, y, width, height }: Drawing['spark']): string {
  const [right, down] = [width / 2, height / 2];
  const arm = (toX: number, toY: number, isUpright: boolean): string => {
    const near = 0.1;
    const far = 0.38;
    const start = isUpright ? [near, far] : [far, near];
    const end = isUpright ? [far, near] : [near, far];
    const point = ([a = 0, b = 0]: number[]): string => `${x + toX * a} ${y + toY * b}`;
    const tip = isUpright ? `${x + toX} ${y}` : `${x} ${y + toY}`;
    return `C${point(start)} ${point(end)} ${tip}`;
  };
  return [
    `M${x} ${y - down}`,
    arm(right, -down, true),
    arm(right, down, false),
    arm(-right, down, true),
    arm(-right, -down, false),
    'Z',
  ].join('');
}

function svgOf({ size, radius, lines, spark }: Drawing): string {
  const { thickness, all } = lines;
  const bars = all.map(
    ({ x, y, width }) =>
      `<rect x="${x}" y="${y}" width="${width}" height="${thickness}" rx="${thickness / 2}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">
  <rect width="${size}" height="${size}" rx="${radius}" fill="${GROUND}"/>
  <g fill="${INK}">${bars.join('')}<path d="${sparkPath(spark)}"/></g>
</svg>`;
}

const executablePath = await ensureBrowser((line) => console.log(line));
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await launch({ executablePath, headless: true, pipe: true, args });
try {
  await mkdir(FOLDER, { recursive: true });
  const page = await browser.newPage();
  for (const [name, drawing] of Object.entries(icons)) {
    const size = Number(name);
    await page.setViewport({ width: size, height: size });
    await page.setContent(
      `<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svgOf(drawing)}`,
    );
    await page.screenshot({ path: join(FOLDER, `${name}.png`), omitBackground: true });
  }
} finally {
  await browser.close();
}
console.log(`Drawn: ${Object.keys(icons).join(', ')} px in public/icon`);
