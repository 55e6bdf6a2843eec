/**
 * Proxies on 127.0.0.1 that know the hosts of a test by their names: HTTP, which hands on plain
 * requests and makes tunnels, with a login or without, over TLS or not; SOCKS5 without a login.
 */
import { createServer, request as requestOf, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ProxyStandIn {
  port: number;
  /** What was asked for, as `host:port`, with `?` behind it where the login was wanting. */
  asked: string[];
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** Ports on 127.0.0.1 by host. */
  hosts: Record<string, number>;
  /** As `user:password`; whoever comes without is turned away. */
  login?: string;
  /** With it the proxy itself is spoken to over TLS. */
  certificate?: { key: string; cert: string };
}

/** RFC 9110: whole addresses for plain requests, CONNECT for tunnels. */
export async function startHttpProxy({
  hosts,
  login,
  certificate,
}: ProxyOptions): Promise<ProxyStandIn> {
  const asked: string[] = [];
  const isKnown = ({ headers }: IncomingMessage, target: string) => {
    const given = headers['proxy-authorization'];
    const isRight = !login || given === `Basic ${Buffer.from(login).toString('base64')}`;
    asked.push(isRight ? target : `${target}?`);
    return isRight;
  };
  const server = certificate ? createTlsServer(certificate) : createServer();
  server.on('request', (request, response) => {
    const { hostname, port, pathname, search } = new URL(request.url ?? '');
    if (!isKnown(request, `${hostname}:${port || 80}`)) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic realm="wall"' }).end();
      return;
    }
    const { 'proxy-authorization': _, ...headers } = request.headers;
    const { method } = request;
    const to = { host: '127.0.0.1', port: hosts[hostname], path: pathname + search };
    const onward = requestOf({ ...to, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    request.pipe(onward);
  });
  server.on('connect', (request, socket, head) => {
    const [host = '', port = ''] = (request.url ?? '').split(':');
    if (!isKnown(request, `${host}:${port}`)) {
      const challenge = 'Proxy-Authenticate: Basic realm="wall"';
      socket.end(`HTTP/1.1 407 Who are you\r\n${challenge}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const onward = joined(socket, hosts[host] ?? 0, () => {
      socket.write('HTTP/1.1 200 Through\r\n\r\n');
      onward.write(head);
    });
  });
  return started(server, asked);
}

/** RFC 1928, with names and without authentication. */
export async function startSocksProxy({ hosts }: ProxyOptions): Promise<ProxyStandIn> {
  const asked: string[] = [];
  const server = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => {
      socket.write(Uint8Array.of(5, 0));
      socket.once('data', (bytes) => {
        const end = 5 + (bytes[4] ?? 0);
        const host = bytes.subarray(5, end).toString();
        asked.push(`${host}:${bytes.readUInt16BE(end)}`);
        joined(socket, hosts[host] ?? 0, () => {
          socket.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0));
        });
      });
    });
  });
  return started(server, asked);
}

/** Joins both ends as soon as the far one is there; a host that is not known closes the near one. */
function joined(near: Duplex, port: number, onThere: () => void): Socket {
  const far = connect(port, '127.0.0.1', () => {
    onThere();
    near.pipe(far).pipe(near);
  });
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
  return far;
}

async function started(server: Server, asked: string[]): Promise<ProxyStandIn> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
