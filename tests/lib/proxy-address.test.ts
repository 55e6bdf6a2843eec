import { describe, expect, it } from 'vitest';
import { isLoopback, proxyServer, readProxy } from '@/lib/proxy-address';

const known = { user: 'me', password: 'secret' };

describe('a proxy typed as', () => {
  it.each([
    ['http://proxy.example:3128', 'http://proxy.example:3128'],
    ['https://proxy.example:8443', 'https://proxy.example:8443'],
    ['socks5://127.0.0.1:1080', 'socks5://127.0.0.1:1080'],
    // Without a scheme and a port, by what is usual.
    ['proxy.example:3128', 'http://proxy.example:3128'],
    ['10.0.0.1', 'http://10.0.0.1:80'],
    ['//proxy.example:3128', 'http://proxy.example:3128'],
    ['https://proxy.example', 'https://proxy.example:443'],
    ['https://proxy.example:80', 'https://proxy.example:80'],
    ['socks5://proxy.example', 'socks5://proxy.example:1080'],
    ['socks5://proxy.example:80/', 'socks5://proxy.example:80'],
    // Other names of the same.
    ['socks://proxy.example', 'socks5://proxy.example:1080'],
    ['SOCKS5H://Proxy.Example:9050', 'socks5://proxy.example:9050'],
    // What was copied along.
    ['  "http://proxy.example:3128/"\n', 'http://proxy.example:3128'],
    ['http://proxy.example:3128//', 'http://proxy.example:3128'],
    // Hosts of other kinds.
    ['http://[::1]:3128', 'http://[::1]:3128'],
    ['[2001:db8::7]:3128', 'http://[2001:db8::7]:3128'],
    ['proxy', 'http://proxy:80'],
    ['http://bücher.example:3128', 'http://xn--bcher-kva.example:3128'],
  ])('%j is %s', (typed, address) => {
    expect(readProxy(typed)).toEqual({ address, login: null });
  });

  it.each([
    ['http://me:secret@proxy.example:3128', 'http://proxy.example:3128', known],
    ['me:secret@proxy.example:3128', 'http://proxy.example:3128', known],
    ['socks5://me:secret@[::1]', 'socks5://[::1]:1080', known],
    ['http://me@proxy.example', 'http://proxy.example:80', { user: 'me', password: '' }],
    ['http://m%40e:50%25%20@p.example', 'http://p.example:80', { user: 'm@e', password: '50% ' }],
    ['http://me:50%@p.example', 'http://p.example:80', { user: 'me', password: '50%' }],
    ['http://me:p@ss@p.example', 'http://p.example:80', { user: 'me', password: 'p@ss' }],
  ])('%j is %s, with the login apart', (typed, address, login) => {
    expect(readProxy(typed)).toEqual({ address, login });
  });

  it.each([
    ['', 'invalid'],
    ['http://', 'invalid'],
    ['nonsense in words', 'invalid'],
    ['http://proxy.example:99999', 'invalid'],
    ['http://proxy.example:port', 'invalid'],
    ['http://proxy.example/proxy.pac', 'invalid'],
    ['http://proxy.example:3128/?a', 'invalid'],
    ['http://*.example:3128', 'invalid'],
    // Such a host would add an answer of its own to the script.
    ['http://a;DIRECT', 'invalid'],
    ['http://a"+alert(1)+":80', 'invalid'],
    ["http://a',b", 'invalid'],
    ['ftp://proxy.example', 'scheme'],
    ['socks4://proxy.example', 'scheme'],
    ['javascript://alert(1)', 'scheme'],
  ])('%j is none: %s', (typed, problem) => {
    expect(readProxy(typed)).toEqual({ problem });
  });
});

describe('where a proxy listens', () => {
  it.each([
    ['socks5://[::1]:1080', { scheme: 'socks5', host: '[::1]', port: 1080 }],
    ['http://proxy.example:80', { scheme: 'http', host: 'proxy.example', port: 80 }],
    ['http://proxy.example', undefined],
    ['ftp://proxy.example:80', undefined],
    ['http://a;DIRECT:80', undefined],
    ['', undefined],
  ])('%j is %j', (address, server) => {
    expect(proxyServer(address)).toEqual(server);
  });
});

describe('this computer', () => {
  it.each([
    ['http://localhost:11434', true],
    ['http://api.localhost', true],
    ['http://127.0.0.1:11434/v1', true],
    ['http://127.1.2.3', true],
    ['http://[::1]:8080', true],
    ['http://192.168.1.2', false],
    ['https://127.example', false],
    ['https://notlocalhost', false],
    ['', false],
  ])('is %s: %s', (address, expected) => {
    expect(isLoopback(address)).toBe(expected);
  });
});
