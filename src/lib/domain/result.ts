/** What may fail for reasons a person or the network can cause is a value: plain data that survives postMessage. */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

/** What cannot happen throws at once, with a sentence that says what was found. */
export function assert(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`Cannot happen: ${what}`);
}
