import { expect, it } from 'vitest';
import { imageFileName } from '@/lib/image-file-name';

it.each([
  ['A cat by the sea', 'image/png', 'A-cat-by-the-sea.png'],
  ['A cat.', 'image/jpeg', 'A-cat.jpg'],
  ['  two   blanks ', 'image/webp', 'two-blanks.webp'],
  ['Кот у моря', 'image/gif', 'Кот-у-моря.gif'],
  ['海の猫', 'image/avif', '海の猫.avif'],
  ['../../etc/passwd', 'image/png', 'etc-passwd.png'],
  ['a/b\\c:d*e?f"g<h>i|j', 'image/png', 'a-b-c-d-e-f-g-h-i-j.png'],
  ['two\nlines', 'image/png', 'two-lines.png'],
  ['🙂🙂', 'image/png', 'picture.png'],
  ['', 'image/png', 'picture.png'],
  ['x'.repeat(500), 'image/png', `${'x'.repeat(60)}.png`],
  [`${'x'.repeat(59)} cut at a blank`, 'image/png', `${'x'.repeat(59)}.png`],
  ['𝒜'.repeat(100), 'image/png', `${'𝒜'.repeat(60)}.png`],
])('the picture of %j in %s is saved as %s', (prompt, mediaType, name) => {
  expect(imageFileName(prompt, mediaType)).toBe(name);
});
