/** Passkeys: discoverable ones, so that nobody types a name, and always with the person's own check by the device. */
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Passkey } from './account-storage.ts';

/** Where the app is: `https://outlay.example`, whose host the passkeys belong to. */
export type Origin = string;

export function passkeyRequest(origin: Origin, challenge: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
  return generateAuthenticationOptions({
    rpID: hostOf(origin),
    challenge: bytesOf(challenge),
    userVerification: 'required',
  });
}

/** `holder` tells accounts apart in the person's list of passkeys; `known` are those that need not be made again. */
export function passkeyCreation(
  origin: Origin,
  challenge: string,
  holder: { readonly id: string; readonly name: string },
  known: readonly Passkey[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  return generateRegistrationOptions({
    rpName: 'Outlay',
    rpID: hostOf(origin),
    userName: holder.name,
    userDisplayName: holder.name,
    userID: bytesOf(holder.id),
    challenge: bytesOf(challenge),
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The new passkey, when the browser made it here and for this challenge. */
export async function createdPasskey(
  origin: Origin,
  challenge: string,
  response: RegistrationResponseJSON,
  at: string,
): Promise<Omit<Passkey, 'account'> | null> {
  const verified = await orNull(
    verifyRegistrationResponse({
      response,
      expectedChallenge: encoded(challenge),
      expectedOrigin: origin,
      expectedRPID: hostOf(origin),
      requireUserVerification: true,
    }),
  );
  if (verified?.verified !== true) return null;
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  return { id, publicKey, counter, transports, createdAt: at, usedAt: null };
}

/** The passkey's new counter, when it answered this challenge. */
export async function provenCounter(
  origin: Origin,
  challenge: string,
  response: AuthenticationResponseJSON,
  passkey: Passkey,
): Promise<number | null> {
  const { id, publicKey, counter } = passkey;
  const verified = await orNull(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: encoded(challenge),
      expectedOrigin: origin,
      expectedRPID: hostOf(origin),
      requireUserVerification: true,
      credential: { id, publicKey, counter },
    }),
  );
  return verified?.verified === true ? verified.authenticationInfo.newCounter : null;
}

/** The package throws for every way in which a response may be wrong: here they are all the same. */
function orNull<T>(verifying: Promise<T>): Promise<T | null> {
  return verifying.catch(() => null);
}

function hostOf(origin: Origin): string {
  return new URL(origin).hostname;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function encoded(challenge: string): string {
  return Buffer.from(challenge).toString('base64url');
}
