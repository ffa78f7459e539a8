import { isId } from '#lib/domain/id.ts';

/**
 * The documents of a workspace, named by what they hold (architecture: Documents). Names are the unit of rights, of
 * sync and of sealing.
 */
export type DocumentName =
  | { readonly kind: 'core' }
  | { readonly kind: 'plan'; readonly version: string; readonly area: string }
  | { readonly kind: 'scenario'; readonly scenario: string; readonly area: string }
  | { readonly kind: 'inbox'; readonly member: string }
  | { readonly kind: 'ledger'; readonly period: string; readonly area: string }
  | { readonly kind: 'talk'; readonly year: number; readonly area: string }
  | { readonly kind: 'analysis'; readonly year: number; readonly area: string }
  | { readonly kind: 'returns'; readonly member: string }
  | { readonly kind: 'approvals'; readonly area: string }
  | { readonly kind: 'decisions'; readonly area: string };

/** The name as text: `core`, `plan/<version>/<area>`, `ledger/2027-03/<area>` and so on. (D1) */
export function nameToText(name: DocumentName): string {
  switch (name.kind) {
    case 'core':
      return 'core';
    case 'plan':
      return `plan/${name.version}/${name.area}`;
    case 'scenario':
      return `scenario/${name.scenario}/${name.area}`;
    case 'inbox':
      return `inbox/${name.member}`;
    case 'ledger':
      return `ledger/${name.period}/${name.area}`;
    case 'talk':
      return `talk/${name.year}/${name.area}`;
    case 'analysis':
      return `analysis/${name.year}/${name.area}`;
    case 'returns':
      return `returns/${name.member}`;
    case 'approvals':
      return `approvals/${name.area}`;
    case 'decisions':
      return `decisions/${name.area}`;
  }
}

/** Reads a name from anywhere outside; null for whatever is not exactly the text of a name. (D1) */
export function nameFromText(text: unknown): DocumentName | null {
  if (typeof text !== 'string') return null;
  const [kind, first, second, ...rest] = text.split('/');
  if (rest.length > 0) return null;
  if (kind === 'core') return first === undefined ? { kind } : null;
  if (!isId(first)) return null;
  if (kind === 'inbox') return second === undefined ? { kind, member: first } : null;
  if (kind === 'returns') return second === undefined ? { kind, member: first } : null;
  if (kind === 'approvals') return second === undefined ? { kind, area: first } : null;
  if (kind === 'decisions') return second === undefined ? { kind, area: first } : null;
  if (!isId(second)) return null;
  if (kind === 'plan') return { kind, version: first, area: second };
  if (kind === 'scenario') return { kind, scenario: first, area: second };
  if (kind === 'ledger') return isPeriodKey(first) ? { kind, period: first, area: second } : null;
  if (kind === 'talk' || kind === 'analysis') {
    return /^[1-9]\d{3}$/.test(first) ? { kind, year: Number(first), area: second } : null;
  }
  return null;
}

/** Whether text has the form of a period's key: `2027-03` under a month calendar, `2027P03` under a week calendar. */
export function isPeriodKey(text: string): boolean {
  return /^[12]\d{3}(-(0[1-9]|1[0-2])|P(0[1-9]|1[0-3]))$/.test(text);
}
