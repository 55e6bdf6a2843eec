/** The services that the stories talk to, each with what a person sees and types of it. */
import { anthropic } from '../stand-ins/anthropic.ts';
import { CHECKPOINTS, startAutomatic1111 } from '../stand-ins/automatic1111.ts';
import { startComfyUI } from '../stand-ins/comfyui.ts';
import { google } from '../stand-ins/google.ts';
import { KEY, startModelService, type ModelBehaviour } from '../stand-ins/model-server.ts';
import { ollama, OLLAMA_MODEL } from '../stand-ins/ollama.ts';
import { openAI } from '../stand-ins/openai.ts';

const gapMs = 1;
export const servers = {
  openAI: await startModelService(openAI, { gapMs }),
  anthropic: await startModelService(anthropic, { gapMs }),
  google: await startModelService(google, { gapMs }),
  ollama: await startModelService(ollama, { gapMs }),
  automatic1111: await startAutomatic1111({ key: KEY }),
  comfyUI: await startComfyUI(),
};

/** Where the browser finds them: at the addresses that Aside has for them from the start. */
export const hosts = {
  [openAI.host]: servers.openAI.port,
  [anthropic.host]: servers.anthropic.port,
  [google.host]: servers.google.port,
  'localhost:11434': servers.ollama.port,
  'localhost:7860': servers.automatic1111.port,
  'localhost:8188': servers.comfyUI.port,
};

/** A row of the stories. */
export interface Service {
  /** As people read it. */
  name: string;
  server: (typeof servers)[keyof typeof servers];
  /** Whether it takes one key alone. */
  hasKey: boolean;
  /** How many of its models one can use. */
  models: string;
  /** The models that the stories ask: one that chats, one that draws. */
  chats?: string;
  draws?: string;
  /** The folder of its recorded answers. */
  folder: string;
  /** How it says that the key is wrong, and what the person reads then; and that it gets too much. */
  wrongKey: ModelBehaviour;
  refusal: string;
  busy: ModelBehaviour;
  /** An address that people take for the right one. */
  wrongAddress: string;
  /** The one that the test of the connection finds, where it finds one. */
  rightAddress?: string;
}

/** Seconds, as a number alone: longer than Aside waits by itself. */
const headers = { 'retry-after': '2' };

export const services: Service[] = [
  {
    name: 'OpenAI',
    server: servers.openAI,
    hasKey: true,
    models: '2 models',
    chats: 'gpt-4o',
    draws: 'gpt-image-1',
    folder: 'openai',
    wrongKey: { answer: '401' },
    refusal: 'does not accept the key.',
    busy: { answer: '429', headers },
    wrongAddress: 'https://api.openai.com',
    rightAddress: 'https://api.openai.com/v1',
  },
  {
    name: 'Anthropic',
    server: servers.anthropic,
    hasKey: true,
    models: '1 model',
    chats: 'claude-sonnet-4-5',
    folder: 'anthropic',
    wrongKey: { answer: '401' },
    refusal: 'does not accept the key.',
    busy: { answer: '429', headers },
    wrongAddress: 'https://api.anthropic.com',
    rightAddress: 'https://api.anthropic.com/v1',
  },
  {
    name: 'Google Gemini',
    server: servers.google,
    hasKey: true,
    models: '2 models',
    chats: 'gemini-2.5-flash',
    draws: 'gemini-2.5-flash-image',
    folder: 'google',
    wrongKey: { answer: '400-key' },
    refusal: 'does not accept the key.',
    busy: { answer: '429-a-minute', headers },
    wrongAddress: 'https://generativelanguage.googleapis.com',
    rightAddress: 'https://generativelanguage.googleapis.com/v1beta',
  },
  {
    name: 'Ollama',
    server: servers.ollama,
    hasKey: false,
    models: '1 model',
    chats: OLLAMA_MODEL,
    folder: 'ollama',
    wrongKey: { answer: '401' },
    refusal: 'needs a key, and none is set.',
    busy: { answer: '429', headers },
    wrongAddress: 'http://localhost:11434/api',
  },
  {
    name: 'AUTOMATIC1111',
    server: servers.automatic1111,
    hasKey: true,
    models: '2 models',
    draws: CHECKPOINTS[0] ?? '',
    folder: 'automatic1111',
    wrongKey: { answer: 'password' },
    refusal: 'does not accept the user and password.',
    // It has no limits itself; what stands before it may.
    busy: { status: 429, headers, body: { detail: 'Too Many Requests' } },
    wrongAddress: 'http://localhost:7860/sdapi/v1',
  },
];

/** A row of those that chat. */
export const chatServices = services.flatMap(({ chats, ...service }) =>
  chats === undefined ? [] : { ...service, chats },
);
