/** The frames an unmodified y-websocket provider sends and understands, as y-protocols writes them. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const SYNC = 0;
const AWARENESS = 1;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** `sync-request`: the provider wants what its document misses. Its updates are ignored: the store's rows are sent. */
export type ProviderFrame =
  | { readonly kind: 'sync-request' }
  | { readonly kind: 'presence'; readonly states: readonly PresenceState[] }
  | { readonly kind: 'other' };

export interface PresenceState {
  readonly client: number;
  readonly clock: number;
  /** JSON; `null` when the client has left. */
  readonly state: string;
}

export function readProviderFrame(frame: Uint8Array): ProviderFrame {
  const decoder = decoding.createDecoder(frame);
  const kind = decoding.readVarUint(decoder);
  if (kind === AWARENESS) return { kind: 'presence', states: readStates(decoding.readVarUint8Array(decoder)) };
  return kind === SYNC && decoding.readVarUint(decoder) === STEP_1 ? { kind: 'sync-request' } : { kind: 'other' };
}

export function updateFrame(update: Uint8Array): ArrayBuffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, UPDATE);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** Says that everything the document missed has been sent; brings nothing itself. */
export function syncedFrame(): ArrayBuffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, STEP_2);
    encoding.writeVarUint8Array(encoder, EMPTY_UPDATE);
  });
}

export function presenceFrame(states: Uint8Array): ArrayBuffer {
  return frame((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, states);
  });
}

export function readStates(update: Uint8Array): readonly PresenceState[] {
  const decoder = decoding.createDecoder(update);
  const length = decoding.readVarUint(decoder);
  return Array.from({ length }, () => ({
    client: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: decoding.readVarString(decoder),
  }));
}

export function writeStates(states: readonly PresenceState[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, states.length);
    for (const { client, clock, state } of states) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, state);
    }
  });
}

const EMPTY_UPDATE = new Uint8Array([0, 0]);

function frame(write: (encoder: encoding.Encoder) => void): ArrayBuffer {
  return encoding.encode(write).buffer;
}
