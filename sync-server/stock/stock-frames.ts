/** The frames of a stock y-websocket client, as y-protocols writes them. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;
const PERMISSION_DENIED = 0;

export type StockFrame =
  | { readonly kind: 'state-vector'; readonly vector: Uint8Array }
  | { readonly kind: 'update'; readonly bytes: Uint8Array }
  | { readonly kind: 'presence'; readonly states: Uint8Array }
  | { readonly kind: 'presence-query' };

/** Null for anything that is not such a frame. */
export function parseStockFrame(frame: Uint8Array): StockFrame | null {
  try {
    const decoder = decoding.createDecoder(frame);
    const kind = decoding.readVarUint(decoder);
    if (kind === QUERY_AWARENESS) return { kind: 'presence-query' };
    if (kind === AWARENESS) return whole(decoder, { kind: 'presence', states: bytesIn(decoder) });
    const step = decoding.readVarUint(decoder);
    if (kind !== SYNC || step > UPDATE) return null;
    const bytes = bytesIn(decoder);
    return whole(decoder, step === STEP_1 ? { kind: 'state-vector', vector: bytes } : { kind: 'update', bytes });
  } catch {
    return null;
  }
}

export function updateFrame(update: Uint8Array, isAnswer = false): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, isAnswer ? STEP_2 : UPDATE);
    encoding.writeVarUint8Array(encoder, update);
  });
}

/** Asks the client for what is not in these clocks. */
export function stateVectorFrame(clocks: ReadonlyMap<number, number>): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, SYNC);
    encoding.writeVarUint(encoder, STEP_1);
    encoding.writeVarUint8Array(
      encoder,
      encoding.encode((vector) => {
        encoding.writeVarUint(vector, clocks.size);
        for (const [client, clock] of clocks) {
          encoding.writeVarUint(vector, client);
          encoding.writeVarUint(vector, clock);
        }
      }),
    );
  });
}

export function presenceFrame(states: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AWARENESS);
    encoding.writeVarUint8Array(encoder, states);
  });
}

export function deniedFrame(reason: string): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, AUTH);
    encoding.writeVarUint(encoder, PERMISSION_DENIED);
    encoding.writeVarString(encoder, reason);
  });
}

function bytesIn(decoder: decoding.Decoder): Uint8Array {
  return decoding.readVarUint8Array(decoder).slice();
}

/** The frame, when it ends where its bytes do. */
function whole(decoder: decoding.Decoder, frame: StockFrame): StockFrame | null {
  return decoder.pos === decoder.arr.length ? frame : null;
}
