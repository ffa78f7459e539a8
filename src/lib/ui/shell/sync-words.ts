/** What the sync pill says. These words are final copy: they are tested letter by letter. */

/** How the line to the server stands; the shape that sync reports. */
export interface SyncStatus {
  readonly kind: 'local' | 'synced' | 'syncing' | 'offline' | 'unreachable' | 'update-needed' | 'sign-in' | 'refused';
  /** Changes on this device that the server has not acknowledged. */
  readonly pending: number;
  /** Milliseconds since 1970: when the next try comes. */
  readonly retryAt?: number | undefined;
  readonly lastAckAt?: number | undefined;
  readonly reason?: string | undefined;
}

/** What else the pill must tell, from the store and from Review. */
export interface Concerns {
  /** The last write to this device failed: what was typed is only in memory. */
  readonly unsaved?: boolean;
  readonly storageLow?: boolean;
  /** Conflicting values that wait for a person. */
  readonly toReview?: number;
}

export type PillAction = 'try-now' | 'update' | 'review' | 'fix-storage' | 'sign-in' | 'export';

export interface PillWords {
  readonly text: string;
  /** For a narrow bar; the full text stays its accessible name. */
  readonly short: string;
  readonly tone: 'calm' | 'busy' | 'attention' | 'danger';
  readonly icon: 'device' | 'synced' | 'syncing' | 'offline' | 'update' | 'review' | 'storage' | 'key' | 'danger';
  readonly action?: { readonly kind: PillAction; readonly label: string };
}

/** The one thing to say now: data at risk first, then what needs a hand, then how the line stands. */
export function pillWords(status: SyncStatus, concerns: Concerns, now: number): PillWords {
  if (concerns.unsaved === true) return unsaved;
  if (concerns.storageLow === true) return storageLow;
  if (status.kind === 'refused' || status.kind === 'update-needed' || status.kind === 'sign-in')
    return lineWords(status, now);
  const toReview = concerns.toReview ?? 0;
  if (toReview > 0 && status.kind !== 'offline' && status.kind !== 'unreachable') {
    const text = `${toReview} to review`;
    return { text, short: text, tone: 'attention', icon: 'review', action: { kind: 'review', label: 'Review' } };
  }
  return lineWords(status, now);
}

const unsaved: PillWords = {
  text: 'Not saved on this device',
  short: 'Not saved',
  tone: 'danger',
  icon: 'danger',
  action: { kind: 'export', label: 'Export' },
};

const storageLow: PillWords = {
  text: 'Storage almost full',
  short: 'Storage',
  tone: 'attention',
  icon: 'storage',
  action: { kind: 'fix-storage', label: 'Fix' },
};

function lineWords(status: SyncStatus, now: number): PillWords {
  switch (status.kind) {
    case 'local':
      return { text: 'Saved here', short: 'Saved here', tone: 'calm', icon: 'device' };
    case 'synced':
      return { text: 'Synced', short: 'Synced', tone: 'calm', icon: 'synced' };
    case 'syncing': {
      const text = status.pending > 0 ? `Syncing ${status.pending}` : 'Syncing';
      return { text, short: text, tone: 'busy', icon: 'syncing' };
    }
    case 'offline':
      return {
        text: status.pending === 0 ? 'Offline' : `Offline, ${changes(status.pending)} kept here`,
        short: status.pending === 0 ? 'Offline' : `Offline, ${status.pending}`,
        tone: 'busy',
        icon: 'offline',
      };
    case 'unreachable':
      return {
        text: `Can't reach server, trying again in ${secondsUntil(status.retryAt, now)} s`,
        short: 'No server',
        tone: 'attention',
        icon: 'offline',
        action: { kind: 'try-now', label: 'Try now' },
      };
    case 'update-needed':
      return {
        text: 'Update needed to sync',
        short: 'Update',
        tone: 'attention',
        icon: 'update',
        action: { kind: 'update', label: 'Update' },
      };
    case 'refused':
      return { text: 'Not syncing', short: 'Not syncing', tone: 'attention', icon: 'offline' };
    case 'sign-in':
      return {
        text: 'Sign in to sync',
        short: 'Sign in',
        tone: 'attention',
        icon: 'key',
        action: { kind: 'sign-in', label: 'Sign in' },
      };
  }
}

/** What the details under the pill explain: what is safe, and what happens next. */
export function pillDetails(status: SyncStatus, concerns: Concerns, clock: (at: number) => string): string[] {
  const sentences: string[] = [];
  if (concerns.unsaved === true) {
    sentences.push('The browser refused to write. Export now, then free some space; writing is tried again meanwhile.');
  }
  if (concerns.storageLow === true) sentences.push('This device has little room left. Nothing was lost.');
  sentences.push(lineSentence(status));
  if (status.pending > 0 && status.kind !== 'local') {
    sentences.push(`${changes(status.pending)} on this device ${status.pending === 1 ? 'waits' : 'wait'} to be sent.`);
  }
  if (status.lastAckAt !== undefined) sentences.push(`The server last confirmed at ${clock(status.lastAckAt)}.`);
  if ((concerns.toReview ?? 0) > 0)
    sentences.push('Two people changed the same value, or a change came too late. All of it is kept.');
  return sentences;
}

function lineSentence(status: SyncStatus): string {
  switch (status.kind) {
    case 'local':
      return 'Everything is saved on this device. Share the workspace to work on it with others.';
    case 'synced':
      return 'The server has stored every change made here.';
    case 'syncing':
      return 'Changes are being sent. They are saved on this device already.';
    case 'offline':
      return 'You can go on working. Changes are kept on this device and will sync when you are online.';
    case 'unreachable':
      return 'The server does not answer. Changes are kept on this device until it does.';
    case 'update-needed':
      return 'The server speaks a newer version. You can go on working here; update to sync again.';
    case 'sign-in':
      return 'This device is signed out. Everything here can be read and changed; changes wait until you sign in.';
    case 'refused':
      return status.reason ?? 'The server does not know this device. You can go on working here.';
  }
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

function secondsUntil(at: number | undefined, now: number): number {
  return Math.max(0, Math.ceil(((at ?? now) - now) / 1000));
}
