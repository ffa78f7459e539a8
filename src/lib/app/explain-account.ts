/** Why somebody was not signed in, or something about an account was not done: what is safe, and what to do next. */
import { explainStore } from './explain-store.ts';
import type { SignInFailure } from './signing-in.ts';

export function explainAccount(failure: SignInFailure): string {
  switch (failure.kind) {
    case 'unreachable':
      return 'The server does not answer. Check the network and try again; nothing was changed.';
    case 'wrong-credentials':
      return 'The name or the password is not right. Check both and try again.';
    case 'wait':
      return `There were too many wrong passwords. Try again in ${minutes(failure.seconds)}, or use a passkey.`;
    case 'busy':
      return 'The server is busy. Try again in a moment.';
    case 'name-taken':
      return 'Somebody on this server has this name already. If it is you, sign in instead; otherwise add your surname.';
    case 'password-short':
      return 'A password needs at least 10 characters. A few words in a row are easy to remember.';
    case 'passkey-cancelled':
      return 'No passkey was used. Try again, or use a password.';
    case 'passkey-refused':
      return 'The server does not know this passkey. Use another, or your password.';
    case 'passkey-known':
      return 'This passkey is on your account already.';
    case 'last-credential':
      return 'This is the only way you can sign in. Add another passkey or a password first.';
    case 'link-invalid':
      return 'This link was used already, or it is too old. Ask for a new one.';
    case 'device-taken':
      return 'This is somebody else’s account at your organisation. Sign out first, then try again.';
    case 'provider-failed':
      return 'Your organisation’s sign-in did not work this time. Try again, or sign in another way.';
    case 'sign-in-needed':
      return 'This device is signed out. Sign in again; everything here stays.';
    case 'owner-only':
      return 'Only whoever set up this server can do that.';
    case 'challenge-old':
      return 'That took too long. Try again.';
    case 'malformed':
    case 'foreign':
    case 'unknown':
    case 'failed':
      return 'The server could not do that. Load the page again; nothing was changed.';
    default:
      return explainStore(failure);
  }
}

function minutes(seconds: number): string {
  const count = Math.ceil(seconds / 60);
  return count === 1 ? 'a minute' : `${count} minutes`;
}
