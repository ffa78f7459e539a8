/** Passkeys by the browser. Loaded where one is made or used, and nowhere else. */
import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { err, ok, type Result } from '#lib/domain/result.ts';

type Passkey<T> = Promise<Result<T, { readonly kind: 'passkey-cancelled' }>>;

/** Has the browser make a passkey from the server's options. */
export function makePasskey(options: unknown): Passkey<unknown> {
  const optionsJSON = options as Parameters<typeof startRegistration>[0]['optionsJSON'];
  return unlessCancelled(startRegistration({ optionsJSON }));
}

/** Has the browser offer the passkeys it has for this server. */
export function usePasskey(options: unknown): Passkey<unknown> {
  const optionsJSON = options as Parameters<typeof startAuthentication>[0]['optionsJSON'];
  return unlessCancelled(startAuthentication({ optionsJSON }));
}

/** Closing the browser's sheet, having no passkey and waiting too long look alike from here. */
async function unlessCancelled<T>(asking: Promise<T>): Passkey<T> {
  try {
    return ok(await asking);
  } catch {
    return err({ kind: 'passkey-cancelled' });
  }
}
