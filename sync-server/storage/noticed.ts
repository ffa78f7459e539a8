/** Failures of the disk, noticed wherever they come up: what cannot be read is not to be written on top of. */
import { StorageTrouble } from './storage.ts';

const SQLITE_IOERR = 10;
/** What the system says of a disk that fails; that it is full is told to whoever asked for room. */
const FAILED = new Set(['EIO', 'EROFS', 'ENXIO', 'ENODEV']);

/** The same storage; whenever a call of it fails because the disk does, that is told as well. */
export function noticed<T extends object>(kept: T, onfailed: (trouble: StorageTrouble) => void): T {
  const tell = (cause: unknown): void => {
    const trouble = failureIn(cause);
    if (trouble !== null) onfailed(trouble);
  };
  return new Proxy(kept, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as unknown;
      if (typeof method !== 'function') return method;
      return (...args: readonly unknown[]) => {
        const result = Reflect.apply(method, target, args) as unknown;
        if (result instanceof Promise) result.catch(tell);
        return result;
      };
    },
  });
}

/** The failure of a disk that this comes from; null when it comes from something else, or something that passes. */
function failureIn(cause: unknown): StorageTrouble | null {
  if (cause instanceof StorageTrouble) return cause.kind === 'storage-failed' ? cause : null;
  if (!(cause instanceof Error)) return null;
  const isOfSqlite = 'errcode' in cause && typeof cause.errcode === 'number' && (cause.errcode & 0xff) === SQLITE_IOERR;
  const isOfFile = 'code' in cause && typeof cause.code === 'string' && FAILED.has(cause.code);
  return isOfSqlite || isOfFile ? new StorageTrouble('storage-failed', cause) : null;
}
