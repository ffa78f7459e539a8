/** What can be asked about people. */
import type { Grant, Retention } from './people.ts';

export type PeopleCommand =
  | {
      readonly kind: 'invite';
      readonly id: string;
      readonly name: string;
      /** SHA-256, hex, of 256 random bits made on the inviting device. */
      readonly tokenHash: string;
      readonly grants: readonly Grant[];
      /** ISO instant. */
      readonly expires: string;
    }
  | { readonly kind: 'revoke-invitation'; readonly id: string }
  /** Given by the server alone, for whoever brought the token of an invitation. */
  | { readonly kind: 'join'; readonly invitation: string; readonly member: string; readonly name: string }
  | { readonly kind: 'rename-member'; readonly member: string; readonly name: string }
  | { readonly kind: 'grant'; readonly member: string; readonly grant: Grant }
  | { readonly kind: 'revoke-grant'; readonly member: string; readonly grant: string }
  | { readonly kind: 'remove-member'; readonly member: string }
  | { readonly kind: 'erase-member'; readonly member: string }
  | ({ readonly kind: 'set-retention' } & Retention)
  | {
      readonly kind: 'delegate';
      readonly id: string;
      readonly to: string;
      /** First and last day, ISO dates. */
      readonly from: string;
      readonly until: string;
      readonly limit: number | null;
    }
  | { readonly kind: 'revoke-delegation'; readonly id: string };
