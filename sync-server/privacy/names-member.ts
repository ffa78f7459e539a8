import { nameFromText } from '#lib/documents/document-name.ts';
import type { AuditEntry } from '#lib/governance/audit/entry.ts';

/** Whether an entry of the chain says something about this member: who wrote or decided, or whose document it was. */
export function namesMember({ kind, contents }: AuditEntry, member: string): boolean {
  if (contents === null) return false;
  if (kind === 'decision') return 'by' in contents && contents.by === member;
  if (!('document' in contents)) return false;
  const name = nameFromText(contents.document);
  return contents.member === member || (name !== null && 'member' in name && name.member === member);
}
