/** Why something about people, or anything for want of rights, was refused. */
import type { Role } from './people.ts';

export type PeopleRefusal =
  /** Whoever asks does not hold a role that may: those that may are named, none when nobody does by hand. */
  | { readonly kind: 'not-allowed'; readonly roles: readonly Role[] }
  /** A role that may, but not in these areas. */
  | { readonly kind: 'not-in-area'; readonly areas: readonly string[] }
  | { readonly kind: 'unknown-member'; readonly id: string }
  | { readonly kind: 'member-was-removed'; readonly id: string }
  /** Whose data is to be erased, and who has not been removed. */
  | { readonly kind: 'still-member'; readonly id: string }
  | { readonly kind: 'already-member'; readonly id: string }
  /** An invitation, grant or delegation under an id that is taken by another, or that is not there. */
  | { readonly kind: 'id-taken'; readonly id: string }
  | { readonly kind: 'unknown-invitation'; readonly id: string }
  | { readonly kind: 'invitation-over'; readonly why: 'accepted' | 'revoked' | 'expired' }
  | { readonly kind: 'unknown-grant'; readonly id: string }
  | { readonly kind: 'unknown-delegation'; readonly id: string }
  | { readonly kind: 'grant-refused'; readonly why: GrantFault }
  /** Nobody would be left who may manage people, today and for good. */
  | { readonly kind: 'last-owner' }
  | { readonly kind: 'delegation-refused'; readonly why: DelegationFault };

/**
 * `no-grant`: an invitation to nothing. `ends-before-it-begins`. `not-in-the-future`: an invitation that has expired.
 * `no-area`: in no area at all. `unknown-area`: no such area. `for-all-areas`: the role cannot be bounded by areas.
 * `not-an-approver`: a limit for a role that approves nothing. `below-zero`: a limit.
 */
export type GrantFault =
  | 'no-grant'
  | 'ends-before-it-begins'
  | 'not-in-the-future'
  | 'no-area'
  | 'unknown-area'
  | 'for-all-areas'
  | 'not-an-approver'
  | 'below-zero';

/**
 * `nothing-to-delegate`: no authority of one's own, what was delegated to one included. `to-oneself`. `dates`: it ends
 * before it begins, or has ended. `above-own-limit`. `below-zero`: a limit.
 */
export type DelegationFault = 'nothing-to-delegate' | 'to-oneself' | 'dates' | 'above-own-limit' | 'below-zero';
