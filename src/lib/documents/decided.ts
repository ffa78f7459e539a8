/** Which documents nobody types in: the decider writes them from the decision log, in a shared workspace on the server. */
import { MAY_WRITE } from '#lib/governance/rights/table.ts';
import { nameFromText } from './document-name.ts';

export function isDecided(document: string): boolean {
  const kind = nameFromText(document)?.kind;
  return kind !== undefined && MAY_WRITE[kind] === 'decider';
}
