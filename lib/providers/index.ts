/** The list of providers: adding one is its file, a line here and a folder of recorded answers. */
import type { Provider } from '../provider';
import { aiChats } from './ai-chats';
import { anthropic } from './anthropic';
import { automatic1111 } from './automatic1111';
import { builtIn } from './built-in';
import { comfyUI } from './comfyui';
import { google } from './google';
import { lmStudio } from './lm-studio';
import { ollama } from './ollama';
import { openAI } from './openai';
import { openAICompatible } from './openai-compatible';

export const providers: Provider[] = [
  aiChats,
  builtIn,
  openAI,
  anthropic,
  google,
  ollama,
  lmStudio,
  ...openAICompatible,
  automatic1111,
  comfyUI,
];
