import type { Request } from '#lib/app/approvals/governed.ts';

/** One thing to decide about, and what is to be done with it. */
export type Asked =
  | { readonly act: 'submit'; readonly version: string; readonly area: string | null; readonly title: string }
  | { readonly act: 'withdraw' | 'approve' | 'return'; readonly request: Request; readonly title: string };
