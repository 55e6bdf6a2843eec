import { describe, expect, it } from 'vitest';
import { readAddress } from '@/lib/provider-address';

describe('an address', () => {
  it.each([
    ['https://api.example/v1', 'https://api.example/v1'],
    ['  https://api.example/v1/ \n', 'https://api.example/v1'],
    ['"https://api.example/v1"', 'https://api.example/v1'],
    ['<https://api.example>', 'https://api.example'],
    ['https://api.example//v1//', 'https://api.example/v1'],
    ['https://api.example/v1/v1', 'https://api.example/v1'],
    ['https://api.example/v1/chat/completions', 'https://api.example/v1'],
    ['http://localhost:11434/api/chat', 'http://localhost:11434'],
    ['https://api.example/v1?x=1#y', 'https://api.example/v1'],
    ['HTTPS://API.Example/V1', 'https://api.example/V1'],
    ['api.example/v1', 'https://api.example/v1'],
    ['//api.example/v1', 'https://api.example/v1'],
    ['localhost:11434', 'http://localhost:11434'],
    ['192.168.1.20:8000/v1', 'http://192.168.1.20:8000/v1'],
    ['10.0.0.5', 'http://10.0.0.5'],
    ['8.8.8.8:8000', 'https://8.8.8.8:8000'],
    ['[::1]:8080', 'http://[::1]:8080'],
    ['https://[2001:db8::1]/v1', 'https://[2001:db8::1]/v1'],
    ['gpu-box:8000/v1', 'http://gpu-box:8000/v1'],
    ['https://пример.рф/v1', 'https://xn--e1afmkfd.xn--p1ai/v1'],
    ['https://api.example:443/v1', 'https://api.example/v1'],
  ])('typed as %j is %j', (typed, address) => {
    expect(readAddress(typed)).toEqual({ address });
  });

  it.each([
    ['', 'invalid'],
    ['https://', 'invalid'],
    ['two words', 'invalid'],
    ['https://api example/v1', 'invalid'],
    ['javascript:alert(1)', 'scheme'],
    ['JavaScript:alert(1)', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['data:text/plain,x', 'scheme'],
    ['chrome-extension://abc/x', 'scheme'],
    ['ftp://api.example', 'scheme'],
    ['https://me:secret@api.example/v1', 'credentials'],
    ['https://bank.example@evil.example/', 'credentials'],
    ['https://*.example/v1', 'star'],
  ])('%j is none: %s', (typed, problem) => {
    expect(readAddress(typed)).toEqual({ problem });
  });
});
