/** A server that is compared, and a device that types into one of its documents. */
import type { ServerProcess } from '#tests/support/server-process.ts';

export interface Peer {
  readonly name: string;
  readonly process: ServerProcess;
  /** A device that has the document open and in step; `onacknowledged` hears its edits as the server confirms them. */
  device(onacknowledged: (edits: number) => void): Promise<PeerDevice>;
  dispose(): Promise<void>;
}

export interface PeerDevice {
  type(key: string, value: number): void;
  /** What stands in its document now. */
  keys(): readonly string[];
  /** Gone for good, with everything it had. */
  lose(): Promise<void>;
}
