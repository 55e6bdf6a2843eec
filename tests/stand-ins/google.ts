import { KEY, type ModelService } from './model-server.ts';

function model(id: string, method: string) {
  return { name: `models/${id}`, displayName: id, supportedGenerationMethods: [method] };
}

/** Google Gemini: https://ai.google.dev/api */
export const google = {
  host: 'generativelanguage.googleapis.com',
  folder: 'google',
  tells: {
    'GET /v1beta/models': {
      models: [
        model('gemini-2.5-flash', 'generateContent'),
        model('gemini-2.5-flash-image', 'generateContent'),
        model('gemini-embedding-001', 'embedContent'),
      ],
    },
  },
  prompts: [
    {
      at: /^POST \/v1beta\/models\/[^/]+-image:streamGenerateContent$/u,
      folder: 'gemini-images',
      usual: 'picture',
    },
    {
      at: /^POST \/v1beta\/models\/[^/]+:streamGenerateContent$/u,
      usual: 'words',
    },
  ],
  refuses: ({ headers }) => (headers['x-goog-api-key'] === KEY ? undefined : '400-key'),
  nowhere: '404-page',
} satisfies ModelService;
