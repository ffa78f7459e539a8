/**
 * The wire between a device and the sync server, whole: every message, limit and close code, and how they are written.
 *
 * One WebSocket carries all documents of one workspace. A device greets and proves its key, then hears which documents
 * changed (`heads`), opens those, and gets the rows it misses (`rows`). Every document has an incarnation id and a log
 * of rows with the numbers 1, 2, 3…; the largest number a device has is its cursor. The device's own rows travel as
 * `data`, numbered 1, 2, 3… per channel; `ack` is cumulative and means written to disk. A `nack` ends the channel.
 *
 *   device                                   server
 *   hello ────────────────────────────────▶
 *         ◀──────────────────────────────── challenge
 *   proof ────────────────────────────────▶
 *         ◀──────────────────────────────── welcome, heads…     (or `founding`, and the device sends `found`…)
 *   open, data… ──────────────────────────▶
 *         ◀──────────────────────────────── opened, rows…, ack…, heads… when other documents change
 *
 * A message is one binary frame: a number for its kind, then its fields in the order below, in lib0 encoding.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';

/** Newest version spoken here; the one before it is understood too, so that server and app can be renewed in turn. */
export const PROTOCOL = 2;
export const OLDEST_PROTOCOL = Math.max(1, PROTOCOL - 1);

/** Bytes, unless named otherwise. */
export const LIMITS = {
  /** A frame before the device has been welcomed; the parts of a founding log come after the proof and may be frames. */
  greeting: 4 * 1024,
  frame: 1024 * 1024,
  /** One update of a document. */
  update: 256 * 1024,
  /** One part of the decision log that a founding device sends. */
  foundingPart: 512 * 1024,
  /** A command as JSON; governance allows half of it, and says so in its answer. */
  command: 256 * 1024,
  /** The answer to a command; the one message to a device that may be larger than a frame from it. */
  answer: 16 * 1024 * 1024,
  presence: 4 * 1024,
  presencePerSecond: 4,
  /** Rows and bytes that a device sends ahead of their acknowledgement, per channel. */
  windowRows: 256,
  windowBytes: 512 * 1024,
  channels: 256,
  /** Milliseconds from connecting to `proof`, and without any frame from the device. */
  greetingMs: 10_000,
  silenceMs: 60_000,
} as const;

/** Codes 4400–4499 say that trying again the same way is useless; 4500–4599 that it is not. */
export const CLOSE = {
  badFrame: 4400,
  deviceUnknown: 4401,
  linkInvalid: 4403,
  workspaceUnknown: 4404,
  /** Removed, or all roles have ended. */
  noRole: 4410,
  workspaceTaken: 4409,
  tooLarge: 4413,
  logInvalid: 4422,
  appTooOld: 4426,
  appTooNew: 4427,
  /** The device's session was ended, or not used for too long. */
  signInNeeded: 4431,
  silent: 4508,
  tooSlow: 4509,
  serverStopping: 4512,
  storageTrouble: 4513,
} as const;

/** Why a row was refused. The channel has ended; the device parks the row and all later ones of that document. */
const NACK_REASONS = [
  'damaged',
  'too-large',
  'not-allowed',
  'decider-only',
  'client-taken',
  'sealed',
  'revoked',
] as const;
export type NackReason = (typeof NACK_REASONS)[number];

/** Words that came with version 2, and what says most of it in version 1. */
const SINCE_2: ReadonlySet<string> = new Set<NackReason>(['sealed', 'revoked']);

/** A reason in words of the version that is spoken. */
export function inWordsOf<R extends string>(protocol: number, reason: R): R | 'not-allowed' {
  return protocol < 2 && SINCE_2.has(reason) ? 'not-allowed' : reason;
}

const uint: Field<number> = { write: encoding.writeVarUint, read: decoding.readVarUint };

/** `n`: number of a data row in its channel. `seq`: number of a row in the document's log, `first` of a merged run. */
const clientFields = {
  hello: fields(1, {
    newest: uint,
    oldest: uint,
    app: text(40),
    /** `enter`: this device is known. `join`: it brings an invitation's token. `create`: it brings the workspace. */
    intent: oneOf('enter', 'join', 'create'),
    workspace: text(64),
    /** The device's public key: P-256, uncompressed point. */
    device: bytes(65),
    token: text(64),
  }),
  /** ECDSA with SHA-256 over `proofText(nonce, workspace)`. */
  proof: fields(2, { signature: bytes(64) }),
  /** The decision log of a workspace founded on the device: UTF-8 JSON, one entry a line, cut anywhere. */
  found: fields(3, { part: bytes(LIMITS.foundingPart), last: flag() }),
  /** `incarnation` is empty and `since` 0 when the device never saw the document on this server. */
  open: fields(4, { channel: uint, document: text(160), incarnation: text(64), since: uint }),
  close: fields(5, { channel: uint }),
  data: fields(6, { channel: uint, n: uint, key: text(64), checksum: uint, bytes: bytes(LIMITS.frame) }),
  presence: fields(7, { channel: uint, states: bytes(LIMITS.presence) }),
  /** A `GivenCommand` as JSON. */
  command: fields(8, { given: text(LIMITS.command) }),
  ping: fields(10, { echo: uint }),
};

const serverFields = {
  challenge: fields(32, { nonce: bytes(32) }),
  /** The workspace does not exist: send its log. */
  founding: fields(33, {}),
  welcome: fields(34, { protocol: uint, member: text(64), founder: text(64), time: text(40) }),
  /** After the welcome all documents, `complete` with the last part; later those that changed and are not open. */
  heads: fields(35, {
    heads: list(record({ document: text(160), incarnation: text(64), head: uint })),
    complete: flag(),
  }),
  /** The server's incarnation; if the device named another one, rows follow from 1. */
  opened: fields(36, { channel: uint, incarnation: text(64), head: uint }),
  /** `clients` names the members whose Yjs client ids wrote first in these rows: the author is this, never the content. */
  rows: fields(37, {
    channel: uint,
    rows: list(record({ first: uint, seq: uint, key: text(64), checksum: uint, bytes: bytes(LIMITS.frame) })),
    clients: list(record({ client: uint, member: text(64) })),
  }),
  /** Everything up to `n` is on disk; `seqs` are the log numbers of the rows after the last acknowledged one. */
  ack: fields(38, { channel: uint, n: uint, seqs: list(uint) }),
  nack: fields(39, { channel: uint, n: uint, reason: oneOf(...NACK_REASONS) }),
  /**
   * Nothing more comes on this channel. `asked`: by the device. `unwritten`: rows were not written, send them again on
   * a new channel once writing works. `renewed`: the document has a new incarnation, open it again. `damaged`: the
   * server cannot read it. `behind`: the server has less than it had. `not-allowed`: no document can have this name.
   * `revoked`: the member may not read it, or no longer.
   */
  closed: fields(40, {
    channel: uint,
    reason: oneOf('asked', 'unwritten', 'renewed', 'damaged', 'behind', 'not-allowed', 'revoked'),
  }),
  presence: fields(41, { channel: uint, states: bytes(LIMITS.frame) }),
  /** A `Result` of decision events or a refusal, as JSON. */
  answer: fields(42, { command: text(64), answer: text(LIMITS.answer) }),
  pong: fields(44, { echo: uint }),
  /** The server keeps serving but cannot write: nothing is acknowledged until it says `writable`. */
  trouble: fields(45, { state: oneOf('writable', 'disk-full', 'storage-failed') }),
  /**
   * After the welcome, and again each time the device has answered a further `challenge`: what it shows over HTTP. Since
   * version 2.
   */
  access: fields(46, { token: text(400), expiresAt: text(40) }),
};

export type ClientMessage = MessageOf<typeof clientFields>;
export type ServerMessage = MessageOf<typeof serverFields>;
export type Head = Value<typeof serverFields.heads.fields.heads>[number];
export type ClientBinding = Value<typeof serverFields.rows.fields.clients>[number];
/** `malformed`: bytes missing, left over or out of bounds. `unknown`: no message has this number. */
export type Unreadable = 'malformed' | 'unknown';

/** What a device signs to prove that it holds its key, for this workspace and this nonce only. */
export function proofText(nonce: Uint8Array, workspace: string): Uint8Array<ArrayBuffer> {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, 'outlay sync proof');
    encoding.writeVarString(encoder, workspace);
    encoding.writeVarUint8Array(encoder, nonce);
  });
}

/** The same for a request over HTTP, with a challenge that the server gave to this device. */
export function signInText(challenge: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`outlay sign-in proof\n${challenge}`);
}

/** The version both sides will speak, or which of them is too old. */
export function agreeOnProtocol(
  app: { readonly newest: number; readonly oldest: number },
  server: { readonly newest: number; readonly oldest: number } = { newest: PROTOCOL, oldest: OLDEST_PROTOCOL },
): Result<number, 'app-too-old' | 'app-too-new'> {
  const common = Math.min(app.newest, server.newest);
  if (common < server.oldest) return err('app-too-old');
  if (common < app.oldest) return err('app-too-new');
  return ok(common);
}

export function encodeClient(message: ClientMessage): Uint8Array<ArrayBuffer> {
  return encode(clientFields[message.kind], message);
}

export function encodeServer(message: ServerMessage): Uint8Array<ArrayBuffer> {
  return encode(serverFields[message.kind], message);
}

export function parseClient(frame: Uint8Array): Result<ClientMessage, Unreadable> {
  return parse(clientFields, frame) as Result<ClientMessage, Unreadable>;
}

export function parseServer(frame: Uint8Array): Result<ServerMessage, Unreadable> {
  return parse(serverFields, frame) as Result<ServerMessage, Unreadable>;
}

/** How one value of a message is written and read. Reading throws on anything out of bounds; `parse` catches it. */
interface Field<T> {
  write(encoder: encoding.Encoder, value: T): void;
  read(decoder: decoding.Decoder): T;
}
interface Fields {
  readonly tag: number;
  readonly fields: Readonly<Record<string, Field<unknown>>>;
}
type Value<F> = F extends Field<infer T> ? T : never;
type ValuesOf<F> = { readonly [Name in keyof F]: Value<F[Name]> };
type MessageOf<Table extends Record<string, { fields: object }>> = {
  [Kind in keyof Table]: { readonly kind: Kind } & ValuesOf<Table[Kind]['fields']>;
}[keyof Table];

function encode(shape: Fields, message: object): Uint8Array<ArrayBuffer> {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, shape.tag);
    record(shape.fields).write(encoder, message as Record<string, unknown>);
  });
}

function parse(table: Readonly<Record<string, Fields>>, frame: Uint8Array): Result<object, Unreadable> {
  try {
    const decoder = decoding.createDecoder(frame);
    const tag = decoding.readVarUint(decoder);
    const kind = Object.keys(table).find((name) => table[name]?.tag === tag);
    const shape = kind === undefined ? undefined : table[kind];
    if (shape === undefined) return err('unknown');
    const values = record(shape.fields).read(decoder);
    // A length that points past the frame reads on in the buffer under it; the position then shows it.
    return decoder.pos === frame.length ? ok({ kind, ...values }) : err('malformed');
  } catch {
    return err('malformed');
  }
}

function fields<F extends object>(tag: number, named: F): { readonly tag: number; readonly fields: F } {
  return { tag, fields: named };
}

function flag(): Field<boolean> {
  return {
    write: (encoder, value) => encoding.writeVarUint(encoder, value ? 1 : 0),
    read: (decoder) => decoding.readVarUint(decoder) === 1,
  };
}

function text(max: number): Field<string> {
  const raw = bytes(max);
  return {
    write: (encoder, value) => raw.write(encoder, new TextEncoder().encode(value)),
    read: (decoder) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw.read(decoder)),
  };
}

/** Copies what it reads: a view would keep the whole frame alive, and IndexedDB would store all of it. */
function bytes(max: number): Field<Uint8Array> {
  return {
    write: encoding.writeVarUint8Array,
    read: (decoder) => {
      const length = decoding.readVarUint(decoder);
      if (length > max || length > decoder.arr.length - decoder.pos) throw new RangeError('longer than allowed');
      return decoding.readUint8Array(decoder, length).slice();
    },
  };
}

function oneOf<Word extends string>(...words: readonly Word[]): Field<Word> {
  return {
    write: (encoder, value) => encoding.writeVarUint(encoder, words.indexOf(value)),
    read: (decoder) => {
      const word = words[decoding.readVarUint(decoder)];
      if (word === undefined) throw new RangeError('no such word');
      return word;
    },
  };
}

function list<T>(item: Field<T>): Field<readonly T[]> {
  return {
    write: (encoder, values) => {
      encoding.writeVarUint(encoder, values.length);
      for (const value of values) item.write(encoder, value);
    },
    read: (decoder) => {
      const length = decoding.readVarUint(decoder);
      if (length > decoder.arr.length - decoder.pos) throw new RangeError('more items than bytes');
      return Array.from({ length }, () => item.read(decoder));
    },
  };
}

function record<F extends object>(named: F): Field<ValuesOf<F>> {
  const entries = Object.entries(named) as [keyof F, Field<unknown>][];
  return {
    write: (encoder, values) => {
      for (const [name, field] of entries) field.write(encoder, values[name]);
    },
    read: (decoder) => Object.fromEntries(entries.map(([name, field]) => [name, field.read(decoder)])) as ValuesOf<F>,
  };
}
