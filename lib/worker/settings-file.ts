/** Settings in one JSON file, and back. Keys are in it only under a passphrase. */
import { SYSTEM_LIMIT } from '../chat-options';
import type { ModelRef } from '../conversation';
import type { ImageOptions } from '../image-options';
import type { SettingsImport } from '../messages';
import { cleanModelName } from '../model-ref';
import { readAddress } from '../provider-address';
import { providers } from '../providers';
import { proxyServer } from '../proxy-address';
import * as settings from '../settings';
import { toBase64 } from '../stream/base64';
import { forgetAllKeys, readAllKeys, readKeyLock, saveKey } from './keys';
import { modelLists } from './model-lists';
import { saveAddress } from './provider-address';
import { proxyKeyId, saveProxy, toLogin } from './proxy-login';
import { blobSource, BlobWriter } from './transfer/bytes';
import { encryptingWriter, openEncrypted } from './transfer/encryption';
import { Fields, isRecord, parseJson } from './transfer/fields';
import { TransferError } from './transfer/transfer-error';

const FORMAT = 'aside-settings';
const VERSION = 1;
const LANGUAGES = ['auto', 'en', 'ru'] as const;
const TEXT_SIZES = ['small', 'normal', 'large', 'larger'] as const;
const DENSITIES = ['comfortable', 'compact'] as const;
const WIDTHS = ['narrow', 'full'] as const;
const KEY_LIMIT = 10_000;

/** The text of the file. Throws `key-locked` when keys are asked for and locked. */
export async function exportSettings(passphrase: string): Promise<string> {
  const saved = await settings.providerSettings.getValue();
  const addresses = Object.fromEntries(
    Object.entries(saved).flatMap(([id, { address }]) => (address ? [[id, address]] : [])),
  );
  const file = {
    language: await settings.language.getValue(),
    reading: await settings.reading.getValue(),
    modelTitles: await settings.modelTitles.getValue(),
    activeProviders: await settings.activeProviders.getValue(),
    addresses,
    typedModels: await settings.typedModels.getValue(),
    proxies: await settings.providerProxies.getValue(),
    defaultModel: await settings.defaultModel.getValue(),
    defaultModels: await settings.defaultModels.getValue(),
    favouriteModels: await settings.favouriteModels.getValue(),
    imageOptions: await settings.imageOptions.getValue(),
    systemPrompt: await settings.systemPrompt.getValue(),
  };
  const keys = passphrase && (await sealedKeys(passphrase));
  const whole = { format: FORMAT, version: VERSION, ...file, ...(keys && { keys }) };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** Takes the settings of a file's text: all of them, or nothing. */
export async function importSettings({
  text,
  passphrase,
  skipsKeys,
}: {
  text: string;
  passphrase: string;
  skipsKeys: boolean;
}): Promise<SettingsImport> {
  try {
    const file = readFile(text);
    const keys = file.keys && !skipsKeys ? await openedKeys(file.keys, passphrase) : {};
    const isLocked = (await readKeyLock()) === 'locked';
    if (isLocked && Object.keys(keys).length > 0) return 'key-locked';
    await take(file, keys);
    return 'imported';
  } catch (error) {
    if (!(error instanceof TransferError)) throw error;
    if (error.fault === 'passphrase' || error.fault === 'unknown-format') return error.fault;
    return 'damaged';
  }
}

/** All settings as at the start, without keys. */
export async function resetSettings(): Promise<void> {
  await forgetAllKeys();
  // What was counted is no setting.
  const { monthlyUse: _, ...others } = settings;
  const items = [...Object.values(others), modelLists];
  await Promise.all(items.map((item) => item.removeValue()));
}

type SettingsFile = ReturnType<typeof readFile>;

/** Every field by its type; what names a provider that this version does not have is left out. */
function readFile(text: string) {
  const file = new Fields(parseJson(text, FORMAT), FORMAT);
  if (file.value('format') !== FORMAT) throw new TransferError('unknown-format');
  if (file.number('version') !== VERSION) throw new TransferError('unknown-format', 'version');
  const reading = file.fields('reading');
  const ids = listIn(file, 'activeProviders');
  const defaults = file.fields('defaultModels');
  return {
    language: file.oneOf('language', LANGUAGES),
    reading: {
      textSize: reading.oneOf('textSize', TEXT_SIZES),
      density: reading.oneOf('density', DENSITIES),
      width: reading.oneOf('width', WIDTHS),
    },
    modelTitles: file.flag('modelTitles'),
    activeProviders: knownIds().filter((id) => ids.includes(id)),
    addresses: addressesIn(file.value('addresses')),
    // Files of before there were any have none; nor typed models.
    proxies: file.has('proxies') ? proxiesIn(file.value('proxies')) : {},
    typedModels: file.has('typedModels') ? typedModelsIn(file.value('typedModels')) : {},
    defaultModel: modelIn(file, 'defaultModel'),
    defaultModels: {
      chat: modelIn(defaults, 'chat'),
      image: modelIn(defaults, 'image'),
      popup: modelIn(defaults, 'popup'),
    },
    favouriteModels: listIn(file, 'favouriteModels').map((one) => modelOf(one, 'favouriteModels')),
    imageOptions: imageOptionsIn(file.value('imageOptions')),
    systemPrompt: file.text('systemPrompt', SYSTEM_LIMIT),
    keys: file.has('keys') ? file.text('keys') : '',
  };
}

function listIn(file: Fields, name: string): unknown[] {
  const list = file.value(name);
  return Array.isArray(list) ? list : file.fail(name);
}

function modelIn(file: Fields, name: string): ModelRef | null {
  const value = file.value(name);
  return value === null ? null : modelOf(value, name);
}

function modelOf(value: unknown, where: string): ModelRef {
  const fields = new Fields(value, where);
  return { provider: fields.text('provider'), model: fields.text('model') };
}

/** A model's list decides what counts of them, so any text may stand here. */
function imageOptionsIn(value: unknown): Record<string, ImageOptions> {
  if (!isRecord(value)) throw new TransferError('damaged', 'imageOptions');
  return Object.fromEntries(
    Object.entries(value).map(([key, chosen]) => {
      const fields = new Fields(chosen, 'imageOptions');
      return [
        key,
        {
          ...(fields.has('size') && { size: fields.text('size') }),
          ...(fields.has('quality') && { quality: fields.text('quality') }),
          ...(fields.has('count') && { count: fields.number('count') }),
        },
      ];
    }),
  );
}

function addressesIn(value: unknown): Record<string, string> {
  if (!isRecord(value)) throw new TransferError('damaged', 'addresses');
  const found = new Fields(value, 'addresses');
  const known = knownIds().filter((id) => found.has(id));
  return Object.fromEntries(
    known.map((id) => {
      const read = readAddress(found.text(id));
      return 'address' in read ? [id, read.address] : found.fail(id);
    }),
  );
}

function proxiesIn(value: unknown): Record<string, string> {
  const found = new Fields(value, 'proxies');
  const known = knownIds().filter((id) => found.has(id));
  return Object.fromEntries(
    known.map((id) => {
      const address = found.text(id);
      return proxyServer(address) ? [id, address] : found.fail(id);
    }),
  );
}

function typedModelsIn(value: unknown): Record<string, string[]> {
  const found = new Fields(value, 'typedModels');
  const known = knownIds().filter((id) => found.has(id));
  return Object.fromEntries(
    known.map((id) => [id, found.texts(id).map(cleanModelName).filter(Boolean)]),
  );
}

async function take(file: SettingsFile, keys: SealedKeys): Promise<void> {
  // Those with a proxy first: in a moment without any its permission would go.
  const ids = knownIds().toSorted((a, b) => Number(b in file.proxies) - Number(a in file.proxies));
  // One after the other: they write the same items.
  for (const id of ids) {
    await saveAddress(id, file.addresses[id] ?? '', false);
    const proxy = file.proxies[id] ?? '';
    const login = keys[proxyKeyId(id)];
    await saveProxy(id, proxy, login?.origin === proxy ? toLogin(login.key) : undefined);
    const key = keys[id];
    // For the origin under the passphrase: whoever changes an address in the file gets no key.
    if (key) await saveKey(id, key.key, key.origin);
  }
  await Promise.all([
    settings.language.setValue(file.language),
    settings.reading.setValue(file.reading),
    settings.modelTitles.setValue(file.modelTitles),
    settings.typedModels.setValue(file.typedModels),
    settings.defaultModel.setValue(file.defaultModel),
    settings.defaultModels.setValue(file.defaultModels),
    settings.favouriteModels.setValue(file.favouriteModels),
    settings.imageOptions.setValue(file.imageOptions),
    settings.systemPrompt.setValue(file.systemPrompt),
    settings.activeProviders.setValue(file.activeProviders),
  ]);
}

function knownIds(): string[] {
  return providers.map(({ description }) => description.id);
}

/** Keys, and the origins that they were given for, by provider id. */
type SealedKeys = Record<string, { key: string; origin: string }>;

/** All keys in the container of encrypted backups, in base64. */
async function sealedKeys(passphrase: string): Promise<string> {
  const to = new BlobWriter();
  const writer = await encryptingWriter(passphrase, to);
  await writer.write(new TextEncoder().encode(JSON.stringify(await readAllKeys())));
  await writer.finish();
  return toBase64(new Uint8Array(await to.toBlob('').arrayBuffer()));
}

/** Throws `passphrase` for none or a wrong one, `damaged`. */
async function openedKeys(sealed: string, passphrase: string): Promise<SealedKeys> {
  const bytes = new Fields({ sealed }, 'keys').base64('sealed');
  const source = blobSource(new Blob([bytes]), new AbortController().signal);
  const opened = await openEncrypted(source, passphrase || undefined);
  const text = new TextDecoder().decode(await opened.read(0, opened.size));
  const keys = new Fields(parseJson(text, 'keys'), 'keys');
  const known = knownIds()
    .flatMap((id) => [id, proxyKeyId(id)])
    .filter((id) => keys.has(id));
  return Object.fromEntries(
    known.map((id) => {
      const fields = keys.fields(id);
      return [id, { key: fields.text('key', KEY_LIMIT), origin: fields.text('origin') }];
    }),
  );
}
