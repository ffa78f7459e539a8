/** Asks the server for what was sealed under a hash, and believes it only when it is that. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import { sha256 } from '#lib/domain/sha256.ts';

/** `altered`: what came does not have the hash that it was asked for by. */
export type SealedFailure = 'unreachable' | 'not-allowed' | 'unknown' | 'altered';

export function sealedAddress(workspace: string, hash: string): string {
  return `/sealed/${workspace}/${hash}`;
}

/** The canonical snapshot of a document, as it was sealed; `request` asks as this device. */
export async function fetchSealed(
  request: (address: string) => Promise<Response>,
  workspace: string,
  hash: string,
): Promise<Result<string, SealedFailure>> {
  try {
    const response = await request(sealedAddress(workspace, hash));
    if (response.status === 403) return err('not-allowed');
    if (response.status === 404) return err('unknown');
    if (response.status !== 200) return err('unreachable');
    const bytes = new Uint8Array(await response.arrayBuffer());
    return (await sha256(bytes)) === hash ? ok(new TextDecoder().decode(bytes)) : err('altered');
  } catch {
    return err('unreachable');
  }
}
