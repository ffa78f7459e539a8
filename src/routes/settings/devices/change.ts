import type { OwnAccountDesk, SignInFailure } from '#lib/app/signing-in.ts';
import type { Result } from '#lib/domain/result.ts';

/** Has something of the account changed, and tells how it went; false when it was not done. */
export type Change = (
  asking: (desk: OwnAccountDesk) => Promise<Result<unknown, SignInFailure>>,
  done: string,
) => Promise<boolean>;

export function dayText(instant: string, locale: string): string {
  return new Date(instant).toLocaleDateString(locale, { dateStyle: 'medium' });
}
