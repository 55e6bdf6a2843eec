import { describe, expect, it } from 'vitest';
import { isPublicHost } from '@/lib/public-host';

const hostOf = (address: string) => new URL(address).hostname;

describe('a public host is', () => {
  it.each([
    'https://pictures.example/a.png',
    'https://xn--e1afmkfd.xn--p1ai/',
    'https://пример.рф/',
    'https://example.org.:8443/',
    'http://8.8.8.8/',
    'http://1.1.1.1:8080/',
    'http://100.63.0.1/',
    'http://100.128.0.1/',
    'http://172.15.0.1/',
    'http://172.32.0.1/',
    'http://192.167.1.1/',
    'http://223.255.255.255/',
    'http://[2606:4700:4700::1111]/',
    'http://[2001:4860:4860::8888]/',
    'https://localhost.example/',
    'https://mylocal.net/',
    'https://10.example.org/',
  ])('%s', (address) => {
    expect(isPublicHost(hostOf(address))).toBe(true);
  });
});

describe('a host of this computer or the local network is', () => {
  it.each([
    'http://localhost/',
    'http://localhost.:3000/',
    'http://LOCALHOST/',
    'http://api.localhost/',
    'http://router/',
    'http://printer.local/',
    'http://nas.home.arpa/',
    'http://wiki.internal/',
    'http://fritz.lan/',
    'http://0.0.0.0/',
    'http://0/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://127.255.255.254/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://１２７.０.０.１/',
    'http://10.0.0.1/',
    'http://10.1/',
    'http://100.64.0.1/',
    'http://100.127.255.255/',
    'http://169.254.169.254/latest/meta-data/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://192.168.1.1./',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:c0a8:1]/',
    'http://[fd12:3456::1]/',
    'http://[fc00::1]/',
    'http://[fe80::1]/',
    'http://[ff02::1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::1]/',
    'http://[2001::1]/',
    'http://[2001:db8::1]/',
  ])('%s', (address) => {
    expect(isPublicHost(hostOf(address))).toBe(false);
  });
});
