import type { inviteLink } from '#lib/app/sharing.ts';

type LinkRefusal = Extract<Awaited<ReturnType<typeof inviteLink>>, { ok: false }>['error'];

/** Why a link could not be made, listed or revoked. */
export function explainLink(refusal: LinkRefusal): string {
  switch (refusal) {
    case 'not-connected':
      return 'Links are made and revoked by the server, which cannot be reached now. Try again when you are online.';
    case 'unknown-link':
      return 'The server does not know this link. It may have been revoked already.';
    case 'too-many':
      return 'There are as many links as the server keeps. Revoke one that is not needed.';
  }
}
