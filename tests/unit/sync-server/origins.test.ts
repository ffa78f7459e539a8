import { expect, test } from 'vitest';
import { isKnownHost, mayConnect, originsFrom } from '#server/http/origins.ts';

test('origins are read from a list, and what is none is named', () => {
  const list = 'https://outlay.example.com, http://lab.local:8080';
  expect(originsFrom(list)).toEqual({ origins: ['https://outlay.example.com', 'http://lab.local:8080'], wrong: null });
  for (const wrong of ['outlay.example.com', 'https://outlay.example.com/', 'ftp://a', '*', 'null']) {
    expect(originsFrom(`https://a.example ${wrong}`).wrong).toBe(wrong);
  }
  expect(originsFrom('')).toEqual({ origins: [], wrong: null });
});

test('a page of this server may connect, one of another origin only when it was named', () => {
  const doors = { host: 'localhost', origins: ['https://other.example'] };
  expect(mayConnect('http://localhost:4810', 'localhost:4810', doors)).toBe(true);
  // Behind a proxy that speaks TLS the host stays the same and the scheme does not.
  expect(mayConnect('https://outlay.example.com', 'outlay.example.com', doors)).toBe(true);
  expect(mayConnect('https://other.example', 'localhost:4810', doors)).toBe(true);
  for (const origin of ['http://localhost:4811', 'https://evil.example', 'null', '', 'https://other.example.evil']) {
    expect(mayConnect(origin, 'localhost:4810', doors), origin).toBe(false);
  }
});

test('what sends no origin is no page and may connect', () => {
  expect(mayConnect(undefined, 'localhost:4810', { host: 'localhost', origins: [] })).toBe(true);
});

test('a name that leads to this machine is not yet a name of this server', () => {
  const alone = { host: 'localhost', origins: [] };
  expect(isKnownHost('localhost:4810', alone)).toBe(true);
  expect(isKnownHost('rebound.example:4810', alone)).toBe(false);
  expect(isKnownHost('rebound.example', { host: 'localhost', origins: ['https://rebound.example'] })).toBe(true);
});

test('on a public address any well-formed name is taken until origins are given', () => {
  expect(isKnownHost('outlay.example.com', { host: '0.0.0.0', origins: [] })).toBe(true);
  expect(isKnownHost('evil.example', { host: '0.0.0.0', origins: ['https://outlay.example.com'] })).toBe(false);
  for (const host of [undefined, '', 'a/b', 'a@b', 'a:b', '[::1', 'a\tb']) {
    expect(isKnownHost(host, { host: '0.0.0.0', origins: [] }), String(host)).toBe(false);
  }
});
