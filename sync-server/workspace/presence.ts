/** Presence of the people in one document: relayed, never stored, and taken back when a connection goes away. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** One client's state as y-protocols/awareness writes it; `state` is JSON, `null` when the client has left. */
interface PresenceState {
  readonly client: number;
  readonly clock: number;
  readonly state: string;
}

/** Who speaks for a client id: no other device may, while that one is here. */
export interface Speaker {
  readonly device: string;
}

/** A channel speaks for its own client; one that connects anew has another, and the older ones are of no use. */
const CLIENTS_OF_A_SPEAKER = 4;
/** What is told at once to somebody who comes in. */
const TOLD_BYTES = 64 * 1024;

export class PresenceBoard<S extends Speaker> {
  readonly #states = new Map<number, PresenceState & { readonly by: S }>();

  /** Notes what a speaker says of itself. What may be passed on of it; null when that is nothing. */
  note(by: S, update: Uint8Array): Uint8Array | null {
    const heard = readPresence(update)?.filter((state) => this.#maySpeak(by, state)) ?? [];
    for (const state of heard) {
      if (state.state === 'null') this.#states.delete(state.client);
      else this.#states.set(state.client, { ...state, by });
    }
    this.#forgetOldest(by);
    return heard.length === 0 ? null : writePresence(heard);
  }

  /** Everybody who is here, for somebody who comes in: in parts that are no larger than need be. */
  get everybody(): readonly Uint8Array[] {
    const parts: PresenceState[][] = [];
    let bytes = Infinity;
    for (const state of this.#states.values()) {
      bytes += state.state.length;
      if (bytes > TOLD_BYTES) {
        parts.push([]);
        bytes = state.state.length;
      }
      parts.at(-1)?.push(state);
    }
    return parts.map(writePresence);
  }

  /** What this speaker has said of itself; null when that is nothing. */
  saidBy(by: S): Uint8Array | null {
    const said = [...this.#states.values()].filter((state) => state.by === by);
    return said.length === 0 ? null : writePresence(said);
  }

  /** The speaker went away: what tells the others; null when it had said nothing. */
  leave(by: S): Uint8Array | null {
    const left = [...this.#states.values()].filter((state) => state.by === by);
    for (const { client } of left) this.#states.delete(client);
    if (left.length === 0) return null;
    return writePresence(left.map(({ client, clock }) => ({ client, clock: clock + 1, state: 'null' })));
  }

  #forgetOldest(by: S): void {
    const theirs = [...this.#states.values()].filter((state) => state.by === by);
    for (const { client } of theirs.slice(0, -CLIENTS_OF_A_SPEAKER)) this.#states.delete(client);
  }

  #maySpeak(by: S, { client, state }: PresenceState): boolean {
    const current = this.#states.get(client);
    // Gone is said by whoever spoke last: the device may have come back on another connection, or at another server.
    if (state === 'null') return current?.by === by;
    return current === undefined || current.by.device === by.device;
  }
}

function readPresence(update: Uint8Array): readonly PresenceState[] | null {
  try {
    const decoder = decoding.createDecoder(update);
    const length = decoding.readVarUint(decoder);
    if (length > update.length) return null;
    const states = Array.from({ length }, () => ({
      client: decoding.readVarUint(decoder),
      clock: decoding.readVarUint(decoder),
      state: decoding.readVarString(decoder),
    }));
    return decoder.pos === update.length && states.every(({ state }) => isJson(state)) ? states : null;
  } catch {
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function writePresence(states: readonly PresenceState[]): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, states.length);
    for (const { client, clock, state } of states) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, state);
    }
  });
}
