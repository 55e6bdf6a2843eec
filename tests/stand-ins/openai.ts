import { KEY, type ModelService } from './model-server.ts';

/** OpenAI: https://platform.openai.com/docs/api-reference */
export const openAI = {
  host: 'api.openai.com',
  folder: 'openai',
  tells: {
    'GET /v1/models': {
      object: 'list',
      data: ['gpt-4o', 'gpt-image-1', 'text-embedding-3-small'].map((id) => ({
        id,
        object: 'model',
        created: 1_764_000_000,
        owned_by: 'openai',
      })),
    },
  },
  prompts: [
    { at: /^POST \/v1\/responses$/u, usual: 'words' },
    { at: /^POST \/v1\/images\/generations$/u, folder: 'openai-images', usual: 'base64' },
  ],
  refuses: ({ headers }) => (headers.authorization === `Bearer ${KEY}` ? undefined : '401'),
  nowhere: '404-page',
} satisfies ModelService;
