/** What was decided about people. Members and instants are named in full: folding asks nothing but the state before. */
import type { Grant, Retention } from './people.ts';

export type PeopleEvent =
  | {
      readonly kind: 'invited';
      readonly id: string;
      readonly name: string;
      readonly tokenHash: string;
      readonly grants: readonly Grant[];
      readonly expires: string;
      readonly by: string;
      readonly at: string;
    }
  | { readonly kind: 'invitation-revoked'; readonly id: string; readonly at: string }
  | {
      readonly kind: 'member-joined';
      readonly member: string;
      readonly name: string;
      readonly grants: readonly Grant[];
      /** Null for whoever came in by a link before there were invitations. */
      readonly invitation: string | null;
      readonly at: string;
    }
  | { readonly kind: 'member-renamed'; readonly member: string; readonly name: string }
  | { readonly kind: 'granted'; readonly member: string; readonly grant: Grant }
  | { readonly kind: 'grant-revoked'; readonly member: string; readonly grant: string }
  | { readonly kind: 'member-removed'; readonly member: string; readonly at: string }
  | {
      readonly kind: 'member-erased';
      readonly member: string;
      /** What they are called from now on. */
      readonly name: string;
      readonly at: string;
      /** Entries of the log that named them, with the digest of what is left of their events. (E3) */
      readonly remains: readonly Remains[];
    }
  | ({ readonly kind: 'retention-set' } & Retention)
  | {
      readonly kind: 'delegated';
      readonly id: string;
      readonly by: string;
      readonly to: string;
      readonly from: string;
      readonly until: string;
      readonly limit: number | null;
    }
  | { readonly kind: 'delegation-revoked'; readonly id: string; readonly at: string };

export interface Remains {
  /** Number of the log's entry. */
  readonly seq: number;
  readonly digest: string;
}
