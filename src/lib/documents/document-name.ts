/**
 * The documents of a workspace, named by what they hold (architecture: Documents). Names are the unit of rights, of
 * sync and of sealing.
 */
export type DocumentName =
  | { readonly kind: 'core' }
  | { readonly kind: 'plan'; readonly version: string; readonly area: string }
  | { readonly kind: 'inbox'; readonly member: string }
  | { readonly kind: 'ledger'; readonly period: string; readonly area: string }
  | { readonly kind: 'talk'; readonly year: number; readonly area: string }
  | { readonly kind: 'decisions'; readonly area: string };
