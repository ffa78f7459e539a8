/** What may be asked at `/auth/*`: unknown until read here. */
import * as v from 'valibot';
import { PASSWORD } from '../accounts/password.ts';

const token = v.pipe(v.string(), v.minLength(20), v.maxLength(200));
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(80));
const deviceName = v.pipe(v.string(), v.trim(), v.maxLength(80));
const password = v.pipe(v.string(), v.maxLength(PASSWORD.longest));
const device = v.pipe(v.string(), v.regex(/^[\w-]{87}$/));
const challenge = v.pipe(v.string(), v.maxLength(300));

const encoded = v.pipe(v.string(), v.regex(/^[\w-]*$/));
const credential = {
  id: v.pipe(encoded, v.maxLength(1400)),
  rawId: encoded,
  type: v.literal('public-key'),
  clientExtensionResults: v.object({}),
};
const created = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: encoded,
    attestationObject: encoded,
    transports: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(20))), v.maxLength(10))),
  }),
});
const asserted = v.object({
  ...credential,
  response: v.object({ clientDataJSON: encoded, authenticatorData: encoded, signature: encoded }),
});

/** A device shows that it holds its key, by a challenge it was given. */
const proof = v.object({ device, challenge, signature: v.pipe(v.string(), v.regex(/^[\w-]{86}$/)) });

const newCredential = v.variant('kind', [
  v.object({ kind: v.literal('password'), password }),
  v.object({ kind: v.literal('passkey'), response: created }),
]);

export const requests = {
  begin: v.object({ device }),
  ticket: v.object({ token }),
  passkeyCreation: v.object({ challenge, name }),
  signUp: v.object({
    proof,
    deviceName,
    name,
    credential: newCredential,
    by: v.variant('kind', [
      v.object({ kind: v.literal('ticket'), token }),
      v.object({ kind: v.literal('invitation'), workspace: id, token }),
    ]),
  }),
  recover: v.object({ proof, deviceName, token, credential: newCredential }),
  signIn: v.object({
    proof,
    deviceName,
    credential: v.variant('kind', [
      v.object({ kind: v.literal('password'), name, password }),
      v.object({ kind: v.literal('passkey'), response: asserted }),
    ]),
  }),
  providerBegin: v.object({ proof }),
  /** `returned` is the query of the address at which the provider sent the browser back. */
  providerFinish: v.object({ proof, deviceName, returned: v.pipe(v.string(), v.maxLength(4000)) }),
  access: v.object({ proof }),
  nothing: v.object({}),
  rename: v.object({ name }),
  changePassword: v.object({ current: password, password }),
  addPasskey: v.object({ challenge, response: created }),
  removePasskey: v.object({ id: v.pipe(v.string(), v.maxLength(1400)) }),
  nameDevice: v.object({ session: id, name: deviceName }),
  endSession: v.object({ session: id }),
  recoveryLink: v.object({ account: id }),
} as const;

export type Proof = v.InferOutput<typeof proof>;
export type NewCredential = v.InferOutput<typeof newCredential>;
export type Asked<Name extends keyof typeof requests> = v.InferOutput<(typeof requests)[Name]>;
