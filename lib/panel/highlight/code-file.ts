/** What the info string of a code block says of it, and the file that it is saved as. */
import { languageOf } from './languages';

/** A name in an info string: `title="a.ts"`, `filename=a.ts`, `file='a.ts'`. */
const NAMED = /(?:^|[\s,{])(?:title|file|filename|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s,}]+))/iu;
/** The name in ` ```ts:src/a.ts `. */
const AFTER_COLON = /^[^\s:]+:(\S*\.\w+)$/u;
/** What some system does not take in a name, or what would make it look like another. */
const FORBIDDEN = /[\p{C}<>:"|?*]/gu;
/** Names that Windows gives to devices. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;
const NAME_LENGTH = 100;

/** The file name that a block is given, without folders; undefined where none is. */
export function givenFileName(info: string, meta: string): string | undefined {
  const [, ...quoted] = NAMED.exec(meta) ?? [];
  const given = quoted.find((name) => name !== undefined) ?? AFTER_COLON.exec(info)?.[1] ?? '';
  const name = (given.split(/[/\\]/u).at(-1) ?? '').replace(FORBIDDEN, '').trim();
  const isName = /[\p{L}\p{N}]/u.test(name) && !DEVICE.test(name) && name.length <= NAME_LENGTH;
  return isName ? name : undefined;
}

/** The name to save a block under. */
export function codeFileName(info: string, meta: string): string {
  return givenFileName(info, meta) ?? languageOf(info)?.file ?? 'code.txt';
}
