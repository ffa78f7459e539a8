/**
 * Sign-in by a provider of identities, OpenID Connect: code flow with PKCE. What belongs to one sign-in is derived from
 * its `state`, which is signed and names the device that began it: nothing is kept in between, on any server.
 */
import * as client from 'openid-client';
import type { Subject } from './account-storage.ts';
import type { SignedWords } from './signed-words.ts';

export interface ProviderOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Who came back from the provider. */
export interface Identity extends Subject {
  readonly name: string;
}

export interface IdentityProvider {
  /** Host of the issuer, for the button. */
  readonly label: string;
  /** Where to send the browser of this device. */
  begin(device: string, returnTo: string, now: number): Promise<URL>;
  /** Who it is, from the address at which the browser of the same device came back. */
  finish(device: string, returned: URL, now: number): Promise<Identity | null>;
}

const PATIENCE_MS = 10 * 60_000;

/** The provider is looked up when it is first needed: it may start after this server. */
export function identityProvider(options: ProviderOptions, words: SignedWords): IdentityProvider {
  const issuer = new URL(options.issuer);
  let known: Promise<client.Configuration> | null = null;

  function configuration(): Promise<client.Configuration> {
    const { clientId, clientSecret } = options;
    const isHere = issuer.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
    // Without TLS only on this machine: marked as deprecated for no other reason than to be noticed.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const how = isHere ? { execute: [client.allowInsecureRequests] } : {};
    known ??= client.discovery(issuer, clientId, clientSecret, undefined, how).catch((cause: unknown) => {
      known = null;
      throw cause;
    });
    return known;
  }

  return {
    label: issuer.host,
    begin: async (device, returnTo, now) => {
      const state = words.sign('oidc', [device], now, PATIENCE_MS);
      return client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: returnTo,
        scope: 'openid profile',
        state,
        nonce: words.derive('nonce', state),
        code_challenge: await client.calculatePKCECodeChallenge(words.derive('pkce', state)),
        code_challenge_method: 'S256',
      });
    },
    finish: async (device, returned, now) => {
      const state = returned.searchParams.get('state') ?? '';
      if (words.read('oidc', state, now)?.[0] !== device) return null;
      const tokens = await client.authorizationCodeGrant(await configuration(), returned, {
        expectedState: state,
        expectedNonce: words.derive('nonce', state),
        pkceCodeVerifier: words.derive('pkce', state),
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (claims === undefined) return null;
      const names = [claims['name'], claims['preferred_username'], claims.sub];
      const name = names.find((each): each is string => typeof each === 'string' && each.trim() !== '');
      return { issuer: claims.iss, subject: claims.sub, name: (name ?? claims.sub).slice(0, 80) };
    },
  };
}
