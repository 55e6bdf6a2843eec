/** Recorded answers and pinned requests of a provider: `fixtures/<id>/`. */
import { readdirSync, readFileSync } from 'node:fs';
import type { ErrorData } from '@/lib/errors';

/** An answer; its raw bytes are in the file of the same name that ends in `.body`. */
export interface RecordedAnswer {
  name: string;
  about: string;
  model: string;
  status: number;
  headers: Record<string, string>;
  /** Whether the connection breaks after the last byte. */
  isCut?: boolean;
  /** The text that a person reads, also what comes before an error. */
  text?: string;
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
  prompt: { role: 'system' | 'user' | 'assistant'; text: string }[];
  url: string;
  method: string;
  credentials: string;
  headers: Record<string, string>;
  body: unknown;
}

export function recordedAnswers(provider: string): RecordedAnswer[] {
  const folder = folderOf(provider);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && file !== 'requests.json')
    .map((file) => ({
      ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')),
      name: file.replace('.json', ''),
      body: new Uint8Array(readFileSync(new URL(file.replace('.json', '.body'), folder))),
    }));
}

export function pinnedRequests(provider: string): PinnedRequest[] {
  return JSON.parse(readFileSync(new URL('requests.json', folderOf(provider)), 'utf8'));
}

function folderOf(provider: string): URL {
  return new URL(`./fixtures/${provider}/`, import.meta.url);
}
