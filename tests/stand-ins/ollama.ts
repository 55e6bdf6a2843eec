import type { ModelService } from './model-server.ts';

/** What Ollama lets in unless `OLLAMA_ORIGINS` says more. */
const ALLOWED =
  /^(?:https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?|(?:app|file|tauri|vscode-webview|vscode-file):\/\/.*)$/u;

/** The one model that it has. */
export const OLLAMA_MODEL = 'llama3.2:3b';

/**
 * Ollama, with its rule on origins as gin-contrib/cors has it with Ollama's default list.
 * https://docs.ollama.com/api, https://docs.ollama.com/faq
 */
export const ollama = {
  folder: 'ollama',
  tells: {
    'GET /api/tags': { models: [{ name: OLLAMA_MODEL, model: OLLAMA_MODEL }] },
    'POST /api/show': { capabilities: ['completion'] },
  },
  prompts: [{ at: /^POST \/v1\/chat\/completions$/u, usual: 'words' }],
  refuses({ headers: { origin, host } }) {
    const isOwn = origin === undefined || origin === `http://${host}`;
    // It says nothing on why.
    return isOwn || ALLOWED.test(origin) ? undefined : '403-origin';
  },
  nowhere: '404-page',
} satisfies ModelService;
