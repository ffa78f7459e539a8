/** Heads that the server vouches for: whoever keeps one can later prove that the history behind it changed. (A9, A10) */
import { fromHexString, toHexString } from 'lib0/buffer';
import { canonicalJson } from '#lib/domain/json.ts';
import { isSignedBy, sign, type KeyBytes } from './ed25519.ts';
import type { ChainHead } from './entry.ts';

export interface SignedHead extends ChainHead {
  readonly workspace: string;
  /** When it was signed. */
  readonly at: string;
  /** The server's public key and its signature, hex. */
  readonly key: string;
  readonly signature: string;
}

/** The head of a workspace's chain under the server's signature. */
export async function signHead(key: KeyBytes, workspace: string, head: ChainHead, at: string): Promise<SignedHead> {
  const { seq, hash } = head;
  const stated = { workspace, seq, hash, at };
  return {
    ...stated,
    key: toHexString(key.publicKey),
    signature: toHexString(await sign(key.seed, statement(stated))),
  };
}

/** Whether the head was signed with the key it names. Whose key that is has to be known from elsewhere. */
export async function verifyHead(signed: SignedHead): Promise<boolean> {
  if (!isHex(signed.key, 32) || !isHex(signed.signature, 64)) return false;
  return isSignedBy(fromHexString(signed.key), statement(signed), fromHexString(signed.signature));
}

function statement({ workspace, seq, hash, at }: Pick<SignedHead, 'workspace' | 'seq' | 'hash' | 'at'>): Uint8Array {
  return new TextEncoder().encode(canonicalJson({ what: 'outlay audit head', workspace, seq, hash, at }));
}

/** Lower case only: the same bytes in other letters would be a change that nobody sees. */
function isHex(text: string, bytes: number): boolean {
  return text.length === bytes * 2 && /^[0-9a-f]*$/.test(text);
}
