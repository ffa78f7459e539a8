/** What was decided about people. Members and instants are named in full: folding asks nothing but the state before. */
import type { Grant } from './people.ts';

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
      readonly kind: 'delegated';
      readonly id: string;
      readonly by: string;
      readonly to: string;
      readonly from: string;
      readonly until: string;
      readonly limit: number | null;
    }
  | { readonly kind: 'delegation-revoked'; readonly id: string; readonly at: string };
