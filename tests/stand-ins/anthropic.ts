import { KEY, type ModelService } from './model-server.ts';

/** Anthropic: https://platform.claude.com/docs/en/api/overview */
export const anthropic = {
  host: 'api.anthropic.com',
  folder: 'anthropic',
  tells: {
    'GET /v1/models': {
      data: [
        {
          type: 'model',
          id: 'claude-sonnet-4-5',
          display_name: 'Claude Sonnet 4.5',
          created_at: '2025-09-29T00:00:00Z',
        },
      ],
      first_id: 'claude-sonnet-4-5',
      last_id: 'claude-sonnet-4-5',
      has_more: false,
    },
  },
  prompts: [{ at: /^POST \/v1\/messages$/u, usual: 'words' }],
  refuses({ headers }) {
    // What comes from a browser has to say that this is meant.
    const isMeant = !headers.origin || headers['anthropic-dangerous-direct-browser-access'];
    if (headers['x-api-key'] !== KEY || !isMeant) return '401';
    return headers['anthropic-version'] === undefined ? '400' : undefined;
  },
  nowhere: '404-page',
} satisfies ModelService;
