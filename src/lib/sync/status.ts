/** What the sync pill may say: derived from acknowledgements, never from what the browser thinks of the network. */

export interface SyncStatus {
  /**
   * `synced`: everything typed here is on the server's disk and everything there is here. `syncing`: connected and not
   * so. `offline`: the device has no network. `unreachable`: the server does not answer. `update-needed`: this app and
   * the server share no protocol version. `sign-in`: this device is signed out. `refused`: the server does not take what this device brings; see `reason`.
   */
  readonly kind: 'local' | 'synced' | 'syncing' | 'offline' | 'unreachable' | 'update-needed' | 'sign-in' | 'refused';
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
  /** Removed from the workspace, or every role has ended. */
  | 'no-role'
  | 'workspace-unknown'
  | 'workspace-taken'
  | 'log-invalid'
  | 'app-too-new'
  | 'disk-full'
  | 'storage-failed'
  /** The server cannot read a document of this workspace, has less of it than this device, or does not know its kind. */
  | 'damaged'
  | 'behind'
  | 'not-allowed';

/** What there is to judge by. */
export interface Facts {
  /** Whether the server has welcomed this device on the connection that now stands. */
  readonly isConnected: boolean;
  /** Everything the server told of is here and everything sent is acknowledged. */
  readonly isUpToDate: boolean;
  readonly hasFailed: boolean;
  readonly isOnline: boolean;
  readonly pending: number;
  readonly retryAt: number | null;
  readonly lastAckAt: number | null;
  readonly refusal: SyncRefusal | 'app-too-old' | 'sign-in-needed' | null;
}

export function statusOf(facts: Facts): SyncStatus {
  const { pending, lastAckAt, refusal } = facts;
  const kind = kindOf(facts);
  return {
    kind,
    pending,
    retryAt: kind === 'unreachable' ? facts.retryAt : null,
    lastAckAt,
    reason: refusal === 'app-too-old' || refusal === 'sign-in-needed' ? null : refusal,
  };
}

function kindOf(facts: Facts): SyncStatus['kind'] {
  if (facts.refusal === 'app-too-old') return 'update-needed';
  if (facts.refusal === 'sign-in-needed') return 'sign-in';
  if (facts.refusal !== null) return 'refused';
  if (facts.isConnected) return facts.isUpToDate && facts.pending === 0 ? 'synced' : 'syncing';
  if (!facts.isOnline) return 'offline';
  return facts.hasFailed ? 'unreachable' : 'syncing';
}
