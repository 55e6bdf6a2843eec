/** Recorded answers and pinned requests of a provider: `fixtures/<id>/`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ErrorData } from '@/lib/errors';
import type { ModelDescription } from '@/lib/provider';

/** An answer; its raw bytes are in the file of the same name that ends in `.body`. */
export interface RecordedAnswer {
  name: string;
  about: string;
  /** Which public document or published test data it follows; absent for what was seen itself. */
  source?: string;
  model: string;
  status: number;
  headers: Record<string, string>;
  /** Whether the connection breaks after the last byte. */
  isCut?: boolean;
  /** What the browser's own model throws in place of an answer. */
  thrown?: string;
  /** The text that a person reads, also what comes before an error. */
  text?: string;
  reasoning?: string;
  /** Pictures within the answer, as base64. */
  inlineImages?: string[];
  /** Why it ended, in the AI SDK's words; `stop` unless told. */
  finish?: string;
  /** Tokens, where the service tells them. */
  usage?: { input: number; cached?: number; output: number; reasoning?: number };
  /** What the reply ends with; fields that are not named here are not compared. */
  error?: ErrorData;
  /** How the host of the picture answers, where one is asked. */
  picture?: { url: string; status: number; headers: Record<string, string> };
  body: Uint8Array<ArrayBuffer>;
}

/** What must be sent for a prompt. An id in the body is written as `UUID`. */
export interface PinnedRequest {
  about: string;
  model: string;
  settings?: Record<string, string>;
  /** `image`: a picture that goes along, a PNG as base64; `more`: the words behind it. */
  prompt: { role: 'system' | 'user' | 'assistant'; text: string; image?: string; more?: string }[];
  options?: {
    temperature?: number;
    maxOutputTokens?: number;
    reasoning?: 'none' | 'low' | 'medium' | 'high';
  };
  url: string;
  method: string;
  credentials?: string;
  headers: Record<string, string>;
  body: unknown;
}

/** How a service answers when it is asked for its models: `models.json`. */
export interface RecordedList {
  /** The public document that it follows. */
  source: string;
  settings?: Record<string, string>;
  /** What is asked first. */
  url: string;
  headers: Record<string, string>;
  /** JSON by path; any other path is not found. */
  answers: Record<string, unknown>;
  /** What must be read from it. */
  models: ModelDescription[];
}

/** Files that are no answers to a prompt. */
const OTHERS = ['requests.json', 'models.json'];

export function recordedAnswers(provider: string): RecordedAnswer[] {
  const folder = folderOf(provider);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && !OTHERS.includes(file))
    .map((file) => ({
      ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
      name: file.replace('.json', ''),
      body: new Uint8Array(readFileSync(new URL(file.replace('.json', '.body'), folder))),
    }));
}

/** None for a provider that sends nothing anywhere. */
export function pinnedRequests(provider: string): PinnedRequest[] {
  const file = new URL('requests.json', folderOf(provider));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

export function recordedList(provider: string): RecordedList {
  return JSON.parse(readFileSync(new URL('models.json', folderOf(provider)), 'utf8'));
}

/** Whether a plain answer in words is recorded, as for everything that chats. */
export function recordsWords(provider: string): boolean {
  return existsSync(new URL('words.json', folderOf(provider)));
}

/** Whether answers of the provider itself are recorded; rows of a table share those of one. */
export function isRecorded(provider: string): boolean {
  return existsSync(folderOf(provider));
}

function folderOf(provider: string): URL {
  return new URL(`./fixtures/${provider}/`, import.meta.url);
}
