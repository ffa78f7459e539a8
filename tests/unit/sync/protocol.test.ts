import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agreeOnProtocol, encodeClient, encodeServer, LIMITS, parseClient, parseServer } from '#lib/sync/protocol.ts';
import type { ClientMessage, ServerMessage } from '#lib/sync/protocol.ts';

const uint = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const bytes = (maxLength: number) => fc.uint8Array({ maxLength });
const text = (maxLength: number) => fc.string({ maxLength: Math.floor(maxLength / 4) });

const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc.record({
    kind: fc.constant('hello' as const),
    newest: uint,
    oldest: uint,
    app: text(40),
    intent: fc.constantFrom('enter' as const, 'join' as const, 'create' as const),
    workspace: text(64),
    device: bytes(65),
    token: text(64),
  }),
  fc.record({ kind: fc.constant('found' as const), part: bytes(100), last: fc.boolean() }),
  fc.record({
    kind: fc.constant('data' as const),
    channel: uint,
    n: uint,
    key: text(64),
    checksum: uint,
    bytes: bytes(200),
  }),
);

const row = fc.record({ first: uint, seq: uint, key: text(64), checksum: uint, bytes: bytes(200) });
const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  fc.constant({ kind: 'founding' as const }),
  fc.record({
    kind: fc.constant('rows' as const),
    channel: uint,
    rows: fc.array(row),
    clients: fc.array(fc.record({ client: uint, member: text(64) })),
  }),
  fc.record({ kind: fc.constant('ack' as const), channel: uint, n: uint, seqs: fc.array(uint) }),
  fc.record({
    kind: fc.constant('heads' as const),
    heads: fc.array(fc.record({ document: text(160), incarnation: text(64), head: uint })),
    complete: fc.boolean(),
  }),
);

test('a data row is 14 bytes more than its key and its update', () => {
  const message: ClientMessage = {
    kind: 'data',
    channel: 1,
    n: 2,
    key: 'k'.repeat(20),
    checksum: 0xffff_ffff,
    bytes: new Uint8Array(300),
  };
  expect(encodeClient(message).length).toBeLessThan(20 + 300 + 14);
});

test('what is written is read back, both ways', () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      expect(parseClient(encodeClient(message))).toEqual({ ok: true, value: message });
    }),
  );
  fc.assert(
    fc.property(serverMessage, (message) => {
      expect(parseServer(encodeServer(message))).toEqual({ ok: true, value: message });
    }),
  );
});

test('a frame cut anywhere, or with bytes left over, is malformed', () => {
  fc.assert(
    fc.property(clientMessage, fc.double({ min: 0, max: 0.999, noNaN: true }), (message, share) => {
      const frame = encodeClient(message);
      const cut = frame.subarray(0, Math.floor(frame.length * share));
      expect(parseClient(cut).ok).toBe(false);
      expect(parseClient(new Uint8Array([...frame, 0]))).toEqual({ ok: false, error: 'malformed' });
    }),
  );
});

test('a length that points past its frame does not read on in the buffer under it', () => {
  const buffer = new Uint8Array(200).fill(65);
  const frame = encodeClient({ kind: 'presence', channel: 1, states: new Uint8Array(10) });
  buffer.set(frame, 50);
  expect(parseClient(buffer.subarray(50, 50 + frame.length - 3)).ok).toBe(false);
});

test('no bytes whatsoever throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (frame) => {
      parseClient(frame);
      parseServer(frame);
    }),
    { numRuns: 2000 },
  );
});

test('numbers that stand for no message are unknown', () => {
  expect(parseClient(new Uint8Array([31]))).toEqual({ ok: false, error: 'unknown' });
  expect(parseServer(new Uint8Array([1]))).toEqual({ ok: false, error: 'unknown' });
});

test('fields are bounded where they are read', () => {
  const long: ClientMessage = { kind: 'presence', channel: 1, states: new Uint8Array(LIMITS.presence + 1) };
  expect(parseClient(encodeClient(long))).toEqual({ ok: false, error: 'malformed' });
});

test.each<[string, ClientMessage, ClientMessage]>([
  [
    'a part of a founding log',
    { kind: 'found', part: new Uint8Array(LIMITS.foundingPart), last: true },
    { kind: 'found', part: new Uint8Array(LIMITS.foundingPart + 1), last: true },
  ],
  [
    'a command',
    { kind: 'command', given: 'x'.repeat(LIMITS.command) },
    { kind: 'command', given: 'x'.repeat(LIMITS.command + 1) },
  ],
])('%s is read up to its limit, and not beyond', (_what, largest, tooLarge) => {
  expect(parseClient(encodeClient(largest))).toEqual({ ok: true, value: largest });
  expect(parseClient(encodeClient(tooLarge))).toEqual({ ok: false, error: 'malformed' });
});

test('an answer is read up to 16 MB, and not beyond', () => {
  const answer = (length: number) =>
    parseServer(encodeServer({ kind: 'answer', command: 'c', answer: 'x'.repeat(length) }));
  expect(answer(LIMITS.answer).ok).toBe(true);
  expect(answer(LIMITS.answer + 1)).toEqual({ ok: false, error: 'malformed' });
});

test('what is read does not keep the frame alive', () => {
  const frame = encodeClient({ kind: 'proof', signature: new Uint8Array(64) });
  const message = parseClient(frame);
  expect(message.ok && message.value.kind === 'proof' && message.value.signature.buffer).not.toBe(frame.buffer);
});

test('versions n and n-1 understand each other, whoever is renewed first', () => {
  const [old, now, next] = [1, 2, 3].map((newest) => ({ newest, oldest: Math.max(1, newest - 1) }));
  if (old === undefined || now === undefined || next === undefined) throw new Error('three versions');
  expect(agreeOnProtocol(old, now)).toEqual({ ok: true, value: 1 });
  expect(agreeOnProtocol(next, now)).toEqual({ ok: true, value: 2 });
  expect(agreeOnProtocol(old, { newest: 4, oldest: 3 })).toEqual({ ok: false, error: 'app-too-old' });
  expect(agreeOnProtocol({ newest: 4, oldest: 3 }, old)).toEqual({ ok: false, error: 'app-too-new' });
});
