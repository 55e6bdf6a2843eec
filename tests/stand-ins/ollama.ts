/**
 * A small Ollama: its list of models and its chat, and its rule on origins, as gin-contrib/cors has it
 * with Ollama's default list. https://docs.ollama.com/api, https://docs.ollama.com/faq
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RecordedRequest } from './request-log.ts';

/** What Ollama lets in unless `OLLAMA_ORIGINS` says more. */
const ALLOWED =
  /^(?:https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::\d+)?|(?:app|file|tauri|vscode-webview|vscode-file):\/\/.*)$/u;

/** What a request was, and how it was answered. */
export interface OllamaRequest extends Pick<
  RecordedRequest,
  'method' | 'path' | 'headers' | 'body'
> {
  status: number;
}

export interface OllamaStandIn {
  port: number;
  /** In the order in which they came. */
  requests: OllamaRequest[];
  close(): Promise<void>;
}

/** Starts it on 127.0.0.1, with one model; each chat is answered with these words. */
export async function startOllama(model: string, answer: string): Promise<OllamaStandIn> {
  const requests: OllamaRequest[] = [];
  const server = createServer((request, response) => {
    void answerOne(request, response);
  });
  async function answerOne(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const body = await text(request);
    handle(request, response, { model, answer, body });
    requests.push({ method, path, headers, body, status: response.statusCode });
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function handle(
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  { model, answer, body }: { model: string; answer: string; body: string },
): void {
  const { origin, host } = headers;
  const isOwn = origin === `http://${host}`;
  if (origin !== undefined && !isOwn && !ALLOWED.test(origin)) {
    // It says nothing on why.
    response.writeHead(403).end();
    return;
  }
  switch (`${method} ${url}`) {
    case 'GET /api/tags':
      return sendJson(response, 200, { models: [{ name: model, model }] });
    case 'POST /api/show':
      return sendJson(response, 200, { capabilities: ['completion'] });
    case 'POST /v1/chat/completions':
      return chat(response, { model, answer, asked: modelIn(body) });
    default:
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
  }
}

function chat(
  response: ServerResponse,
  { model, answer, asked }: { model: string; answer: string; asked: string },
): void {
  if (asked !== model) {
    const message = asked ? `model '${asked}' not found` : 'model is required';
    return sendJson(response, asked ? 404 : 400, { error: { message, type: 'api_error' } });
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of answer.split(/(?<= )/u)) {
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
  }
  const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
  response.end(`data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`);
}

function modelIn(body: string): string {
  const model: unknown = body.startsWith('{') ? JSON.parse(body).model : undefined;
  return typeof model === 'string' ? model : '';
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
