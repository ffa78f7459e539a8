/**
 * Why the device could not keep or give something. Plain data: it crosses postMessage and ends as a sentence on the
 * screen.
 */
export type StoreFailure =
  /** The disk, or this site's share of it, is full. */
  | { readonly kind: 'no-room' }
  /** The browser refuses to open the database: private browsing, a policy, a damaged profile. */
  | { readonly kind: 'cannot-open'; readonly cause: string }
  /** A newer version of the app has upgraded the database: this tab has to reload. */
  | { readonly kind: 'reload-needed' }
  /** The browser has deleted the database under the open app: to make room, or because site data was cleared. */
  | { readonly kind: 'taken-away' }
  /** Somebody else decided in between: read the log again and decide anew. */
  | { readonly kind: 'head-moved' }
  | { readonly kind: 'cannot-write'; readonly cause: string };

const OPENING = new Set(['OpenFailedError', 'MissingAPIError', 'InvalidStateError', 'UnknownError', 'SecurityError']);
const UPGRADED = new Set(['VersionError', 'VersionChangeError']);

/** Reads the kind of failure out of whatever IndexedDB or Dexie threw, however deeply it was wrapped. (S20) */
export function failureOf(thrown: unknown): StoreFailure {
  const chain = causes(thrown);
  const names = chain.map((error) => error.name);
  const cause = chain.map((error) => `${error.name}: ${error.message}`).join('; ') || String(thrown);
  if (names.includes('QuotaExceededError')) return { kind: 'no-room' };
  if (names.some((name) => UPGRADED.has(name))) return { kind: 'reload-needed' };
  if (names.some((name) => OPENING.has(name))) return { kind: 'cannot-open', cause };
  // Nothing else closes a database that this page has open.
  if (names.includes('DatabaseClosedError')) return { kind: 'reload-needed' };
  return { kind: 'cannot-write', cause };
}

/** The error and what it wraps: Dexie keeps the browser's error in `inner`, and those of a bulk write in `failures`. */
function causes(thrown: unknown, depth = 0): readonly Error[] {
  if (!(thrown instanceof Error) || depth > 4) return [];
  const { inner, failures = [] } = thrown as { inner?: unknown; failures?: readonly unknown[] };
  const wrapped = [inner, thrown.cause, ...failures.slice(0, 1)];
  return [thrown, ...wrapped.flatMap((error) => causes(error, depth + 1))];
}
