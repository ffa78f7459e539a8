/** A document's own rows on their way to the server: in order, so many at a time, until each is acknowledged. */
import { updateChecksum } from '#lib/documents/update-row.ts';
import type { UpdateRow } from '#lib/documents/update-row.ts';
import { LIMITS } from './protocol.ts';
import { splitUpdate } from './split-update.ts';

/** A row, or a part of one that is too large: the last part goes by the row's own key. */
export interface Parcel {
  readonly n: number;
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
}

interface Waiting {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly checksum: number;
  /** The row this is, or is the last part of; null for the parts before. */
  readonly completes: string | null;
  readonly row: string;
}

export class OutgoingRows {
  #queue: Waiting[] = [];
  #inFlight: (Waiting & { readonly n: number })[] = [];
  #inFlightBytes = 0;
  #sent = 0;
  readonly #keys = new Set<string>();

  get isEmpty(): boolean {
    return this.#queue.length === 0 && this.#inFlight.length === 0;
  }

  get isWaitingForServer(): boolean {
    return this.#inFlight.length > 0;
  }

  /** Adds a row behind those that are there; one that is there already stays where it is. */
  add(row: UpdateRow): void {
    if (this.#keys.has(row.key)) return;
    this.#keys.add(row.key);
    const parts = splitUpdate(row.bytes, LIMITS.update);
    for (const [index, bytes] of parts.entries()) {
      const isLast = index === parts.length - 1;
      this.#queue.push({
        key: isLast ? row.key : `${row.key}.${index}`,
        bytes,
        checksum: parts.length === 1 ? row.checksum : updateChecksum(bytes, 'v1'),
        completes: isLast ? row.key : null,
        row: row.key,
      });
    }
  }

  /** What may be sent now, numbered. */
  take(): readonly Parcel[] {
    const parcels: Parcel[] = [];
    for (;;) {
      const [next] = this.#queue;
      if (next === undefined || !this.#hasRoomFor(next.bytes.length)) return parcels;
      this.#queue.shift();
      this.#sent += 1;
      this.#inFlight.push({ ...next, n: this.#sent });
      this.#inFlightBytes += next.bytes.length;
      parcels.push({ n: this.#sent, key: next.key, bytes: next.bytes, checksum: next.checksum });
    }
  }

  /** Rows that are complete on the server, with their numbers: everything sent up to `n` is there. */
  acknowledge(n: number, seqs: readonly number[]): readonly { readonly key: string; readonly seq: number }[] {
    const arrived = this.#inFlight.filter((parcel) => parcel.n <= n);
    this.#inFlight = this.#inFlight.slice(arrived.length);
    for (const { bytes } of arrived) this.#inFlightBytes -= bytes.length;
    return arrived.flatMap(({ completes }, index) => {
      const seq = seqs[index];
      if (completes === null || seq === undefined) return [];
      this.#keys.delete(completes);
      return [{ key: completes, seq }];
    });
  }

  /** The server has a row that was still waiting to be sent: its acknowledgement was lost in an earlier connection. */
  cameBack(key: string): boolean {
    if (!this.#keys.has(key)) return false;
    const isWaiting = this.#queue.some(({ row }) => row === key);
    if (isWaiting && !this.#inFlight.some(({ row }) => row === key)) {
      this.#queue = this.#queue.filter(({ row }) => row !== key);
      this.#keys.delete(key);
    }
    return true;
  }

  /** Keys of the rows that end with the refusal of `n`: that one and everything after it. */
  refuse(n: number): readonly string[] {
    const refused = [...this.#inFlight.filter((parcel) => parcel.n >= n), ...this.#queue];
    return [...new Set(refused.map(({ row }) => row))];
  }

  /** Updates of the rows that a refusal ends. */
  refusedBytes(n: number): readonly Uint8Array[] {
    return [...this.#inFlight.filter((parcel) => parcel.n >= n), ...this.#queue].map(({ bytes }) => bytes);
  }

  #hasRoomFor(bytes: number): boolean {
    if (this.#inFlight.length === 0) return true;
    return this.#inFlight.length < LIMITS.windowRows && this.#inFlightBytes + bytes <= LIMITS.windowBytes;
  }
}
