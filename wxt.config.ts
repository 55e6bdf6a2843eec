import tailwindcss from '@tailwindcss/vite';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'wxt';
import { withoutUnused } from './lib/panel/highlight/embedded';
import { providers } from './lib/providers';
import { PROXY_PERMISSIONS } from './lib/proxy-address';

/** Pages never touch the network: only the worker does. In a <meta>, since the manifest's policy binds both. */
const restrictPages = {
  name: 'aside:restrict-pages',
  transformIndexHtml: (html: string) =>
    html.replace(
      '<head>',
      `<head><meta http-equiv="Content-Security-Policy" content="connect-src 'none'" />`,
    ),
};

/** Of the grammars inside of grammars, only those that code in a chat has use for. */
const leanGrammars = {
  name: 'aside:lean-grammars',
  transform(code: string, id: string) {
    const name = /@shikijs\/langs\/dist\/([\w-]+)\.mjs$/u.exec(id)?.[1];
    return name === undefined ? null : { code: withoutUnused(name, code), map: null };
  },
};

/** Every browser that runs Aside reads WOFF2: a third of what KaTeX brings along. */
const onlyWoff2 = {
  name: 'aside:only-woff2',
  enforce: 'pre' as const,
  transform: (code: string, id: string) =>
    id.includes('katex.min.css')
      ? code.replaceAll(/,url\([^)]*\.(?:woff|ttf)\) format\("\w+"\)/g, '')
      : undefined,
};

/** A way to lay out diagrams that none of ours uses: 1.5 MB. */
const withoutElk = {
  name: 'aside:without-elk',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id.startsWith('elkjs') ? '\0elkjs' : undefined),
  load: (id: string) => (id === '\0elkjs' ? 'export default class {}' : undefined),
};

export default defineConfig({
  modules: ['@wxt-dev/module-react'],
  imports: false,
  targetBrowsers: ['chrome', 'firefox'],
  hooks: {
    // A service worker has no document: some packages have another form for it.
    'vite:build:extendConfig': ([entrypoint], config) => {
      if (entrypoint?.type !== 'background') return;
      config.resolve = { ...config.resolve, conditions: ['worker', ...defaultClientConditions] };
    },
  },
  vite: ({ mode }) => {
    // WXT names NODE_ENV after the mode; whatever a flavour is called, people get production code.
    if (mode !== 'development') process.env['NODE_ENV'] = 'production';
    return {
      plugins: [tailwindcss(), onlyWoff2, withoutElk, mode !== 'development' && restrictPages],
      // Of modules, so that grammars can be loaded one by one.
      worker: { format: 'es', plugins: () => [leanGrammars] },
      // Mermaid's own copy is of another version.
      resolve: { dedupe: ['katex'] },
      // The policy takes fonts from files alone.
      build: { assetsInlineLimit: (file) => (file.endsWith('.woff2') ? false : undefined) },
    };
  },
  manifest: ({ browser, mode }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'en',
    permissions: [
      'activeTab',
      'contextMenus',
      'declarativeNetRequestWithHostAccess',
      'storage',
      'unlimitedStorage',
      // Chromium cannot make it optional: whoever has no use for a proxy is not asked for one.
      ...(mode === 'proxy' && browser !== 'firefox' ? PROXY_PERMISSIONS : []),
    ],
    ...(browser === 'firefox' && { optional_permissions: PROXY_PERMISSIONS }),
    host_permissions: [
      ...providers.flatMap(({ description }) => description.hosts),
      // A headless run cannot answer the browser's question for a host.
      ...(mode === 'bench' ? ['http://127.0.0.1/*'] : []),
    ],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    // Until there is a chat that is never written down, private windows stay without Aside.
    incognito: 'not_allowed',
    commands: {
      'open-panel': {
        suggested_key: { default: 'Alt+Shift+K' },
        description: '__MSG_openPanelCommand__',
      },
    },
    content_security_policy: {
      extension_pages: [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        // The worker's fetches; pages are held to none by their own <meta>.
        `connect-src 'self' https: http:${mode === 'development' ? ' ws:' : ''}`,
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'aside@aside.invalid',
              // The first ESR in which the prompt box grows by itself (field-sizing).
              strict_min_version: '153.0',
              data_collection_permissions: {
                required: ['personalCommunications', 'websiteContent'],
              },
            },
          },
        }
      : { minimum_chrome_version: '126' }),
  }),
});
