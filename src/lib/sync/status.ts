/** What the sync pill may say: derived from acknowledgements, never from what the browser thinks of the network. */

export interface SyncStatus {
  /**
   * `synced`: everything typed here is on the server's disk and everything there is here. `syncing`: connected and not
   * so. `offline`: the device has no network. `unreachable`: the server does not answer. `update-needed`: this app and
   * the server share no protocol version. `refused`: the server does not take what this device brings; see `reason`.
   */
  readonly kind: 'local' | 'synced' | 'syncing' | 'offline' | 'unreachable' | 'update-needed' | 'refused';
  /** Changes and commands kept here that the server has not acknowledged. */
  readonly pending: number;
  /** Epoch milliseconds of the next attempt, while `unreachable`. */
  readonly retryAt: number | null;
  /** Epoch milliseconds of the last acknowledgement. */
  readonly lastAckAt: number | null;
  readonly reason: SyncRefusal | null;
}

export type SyncRefusal =
  | 'device-unknown'
  | 'link-invalid'
  | 'workspace-unknown'
  | 'workspace-taken'
  | 'log-invalid'
  | 'app-too-new'
  | 'disk-full'
  | 'storage-failed';
