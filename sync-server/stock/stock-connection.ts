/**
 * One document at `/y/<workspace>/<document>` for a stock y-websocket client: a check that the documents are plain Yjs,
 * and a door for other tools. The client brings the token of an open invitation as
 * WebSocket subprotocol and may do what that would allow; it has no acknowledgements, so what it says about being
 * synced is its own business.
 */
import { createHash } from 'node:crypto';
import * as Y from 'yjs';
import { updateChecksum } from '#lib/documents/update-row.ts';
import { CLOSE, LIMITS } from '#lib/sync/protocol.ts';
import type { NackReason } from '#lib/sync/protocol.ts';
import type { Appended, IncomingRow } from '../storage/storage.ts';
import { rangesOf } from '../update/read-update.ts';
import type { Outgoing } from '../wire/outgoing.ts';
import { PresenceQuota } from '../wire/presence-quota.ts';
import type { Batch, Listener, OpenDocument } from '../workspace/open-document.ts';
import type { Rooms } from '../workspace/rooms.ts';
import { refusalToWrite, mayReceive } from '../workspace/standing.ts';
import type { Right } from '../workspace/standing.ts';
import type { Guest } from '../workspace/guest.ts';
import { deniedFrame, parseStockFrame, presenceFrame, stateVectorFrame, updateFrame } from './stock-frames.ts';

export interface StockConnectionOptions {
  readonly rooms: Rooms;
  readonly workspace: string;
  readonly document: OpenDocument;
  readonly guest: Guest;
  readonly outgoing: Outgoing;
  readonly close: (code: keyof typeof CLOSE) => void;
}

export class StockConnection implements Listener {
  readonly device: string;
  readonly #options: StockConnectionOptions;
  readonly #quota = new PresenceQuota(LIMITS.presencePerSecond);
  #isOpen = true;
  #right: Right;

  constructor(options: StockConnectionOptions) {
    this.#options = options;
    this.device = options.guest.member;
    this.#right = this.#rightOf(options.guest);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  get right(): Right {
    return this.#right;
  }

  /** Rights have changed; null when the token opens nothing any more. */
  judge(guest: Guest | null): void {
    if (guest !== null && mayReceive(guest.access, this.#options.document.name)) this.#right = this.#rightOf(guest);
    else this.#deny('revoked');
  }

  /** Asks the client for what the server does not have. */
  async start(): Promise<void> {
    const { rooms, workspace, document, outgoing } = this.#options;
    document.join(this);
    outgoing.send(stateVectorFrame(await rooms.surroundings.storage.clocks(workspace, document.name)));
  }

  receive(bytes: Uint8Array): void {
    const frame = parseStockFrame(bytes);
    if (frame === null) this.#options.close('badFrame');
    else if (frame.kind === 'state-vector') this.#answer(frame.vector);
    else if (frame.kind === 'update') this.#write(frame.bytes);
    else if (frame.kind === 'presence' && this.#quota.allows(performance.now())) {
      if (!this.#options.rooms.letsGo('presence')) this.#options.document.present(this, frame.states);
      // A stock client that hears nothing for 30 s connects anew; its own presence, twice as often, keeps it here.
      this.present(frame.states);
    }
  }

  settled(_n: number, _row: IncomingRow, appended: Appended): void {
    if (appended.kind === 'refused') this.#deny(appended.reason);
    if (appended.kind === 'stale' || appended.kind === 'epoch-moved') this.#options.close('storageTrouble');
  }

  committed(): void {
    // The stock protocol has no acknowledgements.
  }

  unsettled(): void {
    this.#options.close('storageTrouble');
  }

  deliver({ rows }: Batch): void {
    const { outgoing, close } = this.#options;
    if (outgoing.isBehind) close('tooSlow');
    for (const row of rows) if (row.from !== this) outgoing.send(updateFrame(row.bytes));
  }

  renewed(): void {
    this.#options.close('storageTrouble');
  }

  present(states: Uint8Array): void {
    this.#options.outgoing.sendIfIdle(presenceFrame(states));
  }

  gone(): void {
    this.#isOpen = false;
    this.#options.document.leave(this);
  }

  /** What the client does not have yet. */
  #answer(vector: Uint8Array): void {
    const { rooms, workspace, document, outgoing, close } = this.#options;
    rooms.merged
      .get(workspace, document)
      .then((everything) => outgoing.send(updateFrame(Y.diffUpdate(everything, vector), true)))
      .catch((cause: unknown) => {
        rooms.surroundings.log('A stock client could not be answered.', cause);
        close('storageTrouble');
      });
  }

  #write(bytes: Uint8Array): void {
    const { rooms, workspace, document, guest } = this.#options;
    const { refusal, epoch } = this.#right;
    // The client answers every connection with what it thinks is missing; most often that is nothing.
    if (bytes.length <= EMPTY_UPDATE_BYTES) return;
    const ranges = rangesOf(bytes);
    const reason = refusal ?? (bytes.length > LIMITS.update ? 'too-large' : null);
    if (reason !== null || !ranges.ok) {
      this.#deny(reason ?? 'damaged');
      return;
    }
    rooms.committer.submit(this, 0, {
      workspace,
      document: document.name,
      incarnation: document.incarnation,
      key: createHash('sha256').update(bytes).digest('base64url'),
      bytes,
      checksum: updateChecksum(bytes, 'v1'),
      author: { member: guest.member, device: this.device },
      ranges: ranges.value,
      receivedAt: rooms.surroundings.now().getTime(),
      epoch,
    });
  }

  #rightOf({ access, epoch }: Guest): Right {
    return { refusal: refusalToWrite(access, this.#options.document.name), epoch };
  }

  #deny(reason: NackReason): void {
    this.#options.rooms.figures.refused(reason);
    this.#options.outgoing.send(deniedFrame(reason));
    this.#options.close('linkInvalid');
  }
}

const EMPTY_UPDATE_BYTES = 2;
