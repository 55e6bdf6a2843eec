/** The rules of the layout, as sentences. */
import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { providers } from '@/lib/providers';
import { recordedAnswers } from './recorded';
import { bundleOf, filesIn, lineCounts, read, sourceFiles, type SourceFile } from './source-files';

const root = join(import.meta.dirname, '..');

/** Lowest first: a file may import from its own floor and from those below. */
const floors = [
  [
    'lib/errors.ts',
    'lib/log.ts',
    'lib/host-pattern.ts',
    'lib/key-text.ts',
    'lib/proxy-address.ts',
    'lib/month.ts',
    'lib/check-step.ts',
    'lib/public-host.ts',
    'lib/search-terms.ts',
    'lib/without-marks.ts',
  ],
  [
    'lib/stream/',
    'lib/chat-options.ts',
    'lib/conversation.ts',
    'lib/message-parts.ts',
    'lib/message-reply.ts',
    'lib/message-text.ts',
    'lib/message-tree.ts',
    'lib/markdown/',
    'lib/image-file-name.ts',
    'lib/image-options.ts',
    'lib/provider.ts',
    'lib/model-ref.ts',
    'lib/provider-error.ts',
    'lib/provider-address.ts',
    'lib/protocols/',
    'lib/proxy-support.ts',
    'lib/settings.ts',
    'lib/side-panel.ts',
    'lib/without-key.ts',
  ],
  ['lib/providers/', 'lib/messages.ts', 'lib/transfer.ts', 'lib/i18n.ts'],
  ['lib/panel/', 'lib/worker/'],
  ['components/'],
  ['entrypoints/'],
];

const floorOf = (path: string) =>
  floors.findIndex((places) => places.some((place) => path.startsWith(place)));

/** The imports of these files that the rule forbids, as sentences. */
function offences(files: SourceFile[], isForbidden: (target: string, file: SourceFile) => boolean) {
  return files.flatMap((file) =>
    file.imports
      .filter(({ target }) => isForbidden(target, file))
      .map(({ target }) => `${file.path} imports ${target}`),
  );
}

/** Where these files use one of the names: `name.x`, `name()` or `new name()`. */
function usesOf(files: SourceFile[], ...names: string[]): string[] {
  return files.flatMap(({ path, nodes }) =>
    nodes.flatMap((node) => {
      const used =
        node.type === 'MemberExpression'
          ? node.object
          : node.type === 'CallExpression' || node.type === 'NewExpression'
            ? node.callee
            : undefined;
      const isUse = used?.type === 'Identifier' && names.includes(used.name);
      return isUse ? [`${path} uses ${used.name}`] : [];
    }),
  );
}

const platform = /^(?:wxt|@wxt-dev|@webext-core|react|zustand|dexie|radix-ui|lucide-react)\b/u;

describe('imports run down', () => {
  it('every source file is on a floor', () => {
    expect(sourceFiles.length).toBeGreaterThan(40);
    expect(sourceFiles.filter(({ path }) => floorOf(path) < 0)).toEqual([]);
  });

  it('no file imports from a floor above its own', () => {
    expect(offences(sourceFiles, (to, { path }) => floorOf(to) > floorOf(path))).toEqual([]);
  });

  it('pages and worker never import each other', () => {
    expect(offences(filesIn('lib/panel/'), (to) => to.startsWith('lib/worker/'))).toEqual([]);
    expect(
      offences(filesIn('lib/worker/'), (to) => /^(?:lib\/panel|components)\//u.test(to)),
    ).toEqual([]);
  });

  it('components reach the worker only through lib/panel', () => {
    expect(
      offences(
        filesIn('components/'),
        (to) =>
          /^lib\/(?:worker|providers)\//u.test(to) ||
          /^(?!components\/).*(?:storage|messaging|dexie)/u.test(to),
      ),
    ).toEqual([]);
    expect(usesOf(filesIn('components/'), 'sendMessage')).toEqual([]);
  });

  it('providers and streams know neither browser, React, storage nor worker', () => {
    const files = filesIn('lib/providers/', 'lib/stream/', 'lib/provider.ts');
    expect(
      offences(files, (to) => platform.test(to) || /^lib\/(?:worker|panel)/u.test(to)),
    ).toEqual([]);
    const globals = ['browser', 'chrome', 'window', 'document', 'localStorage', 'indexedDB'];
    expect(usesOf(files, ...globals)).toEqual([]);
  });

  it('streams know no provider, and providers not each other', () => {
    expect(offences(filesIn('lib/stream/'), (to) => to.startsWith('lib/provider'))).toEqual([]);
    const each = filesIn('lib/providers/').filter(({ path }) => !path.endsWith('/index.ts'));
    expect(offences(each, (to) => to.startsWith('lib/providers/'))).toEqual([]);
  });

  it('conversations and errors are of no platform', () => {
    expect(offences(filesIn('lib/errors.ts'), () => true)).toEqual([]);
    const pure = [
      'lib/errors.ts',
      'lib/chat-options.ts',
      'lib/conversation.ts',
      'lib/message-parts.ts',
      'lib/message-reply.ts',
      'lib/message-text.ts',
      'lib/message-tree.ts',
      'lib/without-marks.ts',
    ];
    const heart = filesIn(
      'lib/change-',
      'lib/chat-options.ts',
      'lib/conversation.ts',
      'lib/message-',
    );
    expect(offences(heart, (to) => !pure.includes(to))).toEqual([]);
    const globals = ['browser', 'window', 'document', 'crypto', 'performance', 'Date', 'fetch'];
    expect(usesOf(filesIn(...pure), ...globals)).toEqual([]);
  });

  it('only the worker opens the database', () => {
    expect(
      offences(sourceFiles, (to, { path }) => to === 'dexie' && path !== 'lib/worker/database.ts'),
    ).toEqual([]);
  });
});

describe('what is in a bundle', () => {
  const pages = globSync('entrypoints/*/main.tsx', { cwd: root });

  it('no provider, no SDK and nothing of the worker reaches a page', () => {
    expect(pages.length).toBeGreaterThan(2);
    const bundle = bundleOf(...pages);
    expect(bundle.map(({ path }) => path)).toContain('lib/panel/chat-store.ts');
    expect(bundle.filter(({ path }) => /^lib\/(?:worker|providers)\//u.test(path))).toEqual([]);
    const values = bundle.flatMap(({ imports }) => imports.filter(({ isType }) => !isType));
    expect(values.filter(({ target }) => /ai-sdk|dexie/u.test(target))).toEqual([]);
  });

  it('no page touches the network', () => {
    const calls = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource'];
    expect(usesOf(filesIn('components/', 'lib/panel/', 'entrypoints/'), ...calls)).toEqual([]);
  });

  it('the worker loads nothing later: a service worker cannot import()', () => {
    const bundle = bundleOf('entrypoints/background.ts');
    expect(bundle.map(({ path }) => path)).toContain('lib/providers/index.ts');
    expect(
      bundle.flatMap(({ path, imports }) =>
        imports.filter(({ isDynamic }) => isDynamic).map(({ target }) => `${path}: ${target}`),
      ),
    ).toEqual([]);
  });

  it('the worker brings no React and nothing of pages along', () => {
    const bundle = bundleOf('entrypoints/background.ts');
    expect(offences(bundle, (to) => /^(?:react|zustand|radix-ui)\b/u.test(to))).toEqual([]);
  });
});

describe('entrypoints', () => {
  it('only wire: no branch, no loop, no try', () => {
    const logic =
      /^(?:If|Switch|For|ForIn|ForOf|While|DoWhile|Try)Statement$|^(?:Conditional|Logical)Expression$/u;
    const found = filesIn('entrypoints/').flatMap(({ path, nodes }) =>
      nodes.filter(({ type }) => logic.test(type)).map(({ type }) => `${path}: ${type}`),
    );
    expect(found).toEqual([]);
  });
});

describe('a provider', () => {
  const files = globSync('lib/providers/*.ts', { cwd: root })
    .map((path) => path.replace(/^lib\/providers\/|\.ts$/gu, ''))
    .filter((name) => name !== 'index');

  it.each(files)('%s is in the list, and answers of it are recorded', (name) => {
    const [list] = filesIn('lib/providers/index.ts');
    expect(list?.imports.map(({ target }) => target)).toContain(`lib/providers/${name}.ts`);
    const folder = `tests/fixtures/${name}`;
    expect(existsSync(join(root, folder)), `${folder} is there`).toBe(true);
    expect(recordedAnswers(name).length).toBeGreaterThan(0);
  });

  it('is reached through the list alone', () => {
    const list = 'lib/providers/index.ts';
    const others = sourceFiles.filter(({ path }) => path !== list);
    expect(offences(others, (to) => to.startsWith('lib/providers/') && to !== list)).toEqual([]);
  });

  it('is named nowhere but in its own file, but for the one that is there at first', () => {
    const first = { id: 'ai-chats', files: ['lib/settings.ts', 'lib/worker/models.ts'] };
    const ids = new Set<unknown>(providers.map(({ description }) => description.id));
    const named = sourceFiles
      .filter(({ path }) => !path.startsWith('lib/providers/'))
      .flatMap(({ path, nodes }) =>
        nodes.flatMap((node) => {
          const id =
            node.type === 'Property' && node.key.type === 'Identifier'
              ? node.key.name
              : node.type === 'Literal' && node.value;
          return ids.has(id) ? [{ path, id }] : [];
        }),
      );
    expect(named.filter(({ path, id }) => id !== first.id || !first.files.includes(path))).toEqual(
      [],
    );
  });

  it('asks nobody for a text of its own: its labels are those of its kinds of fields', () => {
    const keys = Object.keys(JSON.parse(read('public/_locales/en/messages.json')));
    const ids = providers.map(({ description }) => description.id);
    expect(keys.filter((key) => ids.some((id) => key.split('_').includes(id)))).toEqual([]);
  });
});

describe('files', () => {
  it('have at most 300 lines', () => {
    expect(lineCounts().filter(({ lines }) => lines > 300)).toEqual([]);
  });

  it('are named in kebab-case, and by what they are', () => {
    const names = lineCounts().map(({ path }) => path);
    expect(names.filter((path) => !/^[a-z\d/.-]+$/u.test(path))).toEqual([]);
    const empty = /(?:^|[/-])(?:utils?|helpers?|common|managers?|services?|misc)\.\w+$/u;
    expect(names.filter((path) => empty.test(path))).toEqual([]);
  });

  it('write to the console nowhere but in the log', () => {
    const files = sourceFiles.filter(({ path }) => path !== 'lib/log.ts');
    expect(usesOf(files, 'console')).toEqual([]);
  });
});
