/** Which column is which: guessed, changed by a person, remembered for the next file with the same header. (X5, X6, X11) */
import * as v from 'valibot';
import { isDate, isNumber } from '../table/content.ts';
import { findHeader } from '../table/header.ts';
import { guessRoles } from '../table/role-guess.ts';
import { headerWords, type Role } from '../table/role.ts';
import { isBlank, type TableRow } from '../table/table.ts';
import { hashText } from '../text-hash.ts';
import { isOwnHeader, ownColumns } from './own-columns.ts';

export interface ColumnMapping {
  /** Line of the header; what stands above is skipped. Null when the file has no header. */
  readonly headerLine: number | null;
  readonly columns: readonly MappedColumn[];
  /** Whether it is Outlay's own export: cells are taken to the letter. */
  readonly own: boolean;
  /** What the columns hold, a letter each (date, number, text, empty): how a file without a header is known again. */
  readonly shape: string;
}

interface MappedColumn {
  readonly name: string;
  readonly role: Role | null;
}

/** What is kept for files with the same header. `roles` are by the header's words, so the columns' order does not matter. */
export type RememberedMapping = v.InferOutput<typeof rememberedMapping>;

const role = v.picklist([
  'date',
  'amount',
  'debit',
  'credit',
  'direction',
  'currency',
  'vendor',
  'description',
  'reference',
  'category',
  'department',
  'project',
  'kind',
] satisfies Role[]);

export const rememberedMapping = v.object({
  header: v.string(),
  roles: v.record(v.string(), role),
  dateOrder: v.picklist(['dmy', 'mdy', 'ymd']),
  decimalMark: v.picklist(['.', ',']),
  spending: v.picklist(['positive', 'negative']),
  currency: v.string(),
});

const ROWS_SAMPLED = 100;

/** `head`: the first rows of the file, a few hundred. */
export function guessMapping(head: readonly TableRow[]): ColumnMapping {
  const { line, names } = findHeader(head);
  if (isOwnHeader(names)) {
    const columns = ownColumns.map(([name, ownRole]) => ({ name, role: ownRole }));
    return { headerLine: line, columns, own: true, shape: '' };
  }
  const rows = head.filter((row) => row.line > (line ?? -1) && !isBlank(row) && !row.broken).slice(0, ROWS_SAMPLED);
  const cells = names.map((_, column) => rows.map((row) => row.cells[column] ?? ''));
  const roles = guessRoles(names, cells);
  const columns = names.map((name, i) => ({ name, role: roles[i] ?? null }));
  return { headerLine: line, columns, own: false, shape: cells.map(shapeOf).join('') };
}

function shapeOf(cells: readonly string[]): string {
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (filled.length === 0) return '-';
  if (filled.filter(isNumber).length > filled.length / 2) return 'n';
  return filled.filter(isDate).length > filled.length / 2 ? 'd' : 't';
}

/** The same mapping with one column's role changed; a role that another column had moves over. */
export function withRole(mapping: ColumnMapping, column: number, newRole: Role | null): ColumnMapping {
  const columns = mapping.columns.map(({ name, role: old }, i) => {
    if (i === column) return { name, role: newRole };
    return { name, role: old === newRole ? null : old };
  });
  return { ...mapping, columns };
}

/** Names the header whatever the order of its columns, its case and its punctuation; equal for files to be read alike. */
export function headerFingerprint(mapping: ColumnMapping): string {
  if (mapping.headerLine === null) return hashText(`no header ${mapping.shape}`);
  return hashText(keysOf(mapping).sort().join('\u001f'));
}

export function rolesToRemember(mapping: ColumnMapping): RememberedMapping['roles'] {
  const keys = keysOf(mapping);
  const roles: Record<string, Role> = {};
  for (const [i, column] of mapping.columns.entries()) {
    if (column.role !== null) roles[keys[i] ?? ''] = column.role;
  }
  return roles;
}

/** The mapping with the remembered roles, if they were kept for this header; else as it was. */
export function recallRoles(mapping: ColumnMapping, remembered: RememberedMapping): ColumnMapping {
  if (mapping.own || remembered.header !== headerFingerprint(mapping)) return mapping;
  const keys = keysOf(mapping);
  return {
    ...mapping,
    columns: mapping.columns.map(({ name }, i) => ({ name, role: remembered.roles[keys[i] ?? ''] ?? null })),
  };
}

/** Per column the words of its header; a name that comes again gets its number. */
function keysOf(mapping: ColumnMapping): string[] {
  const seen = new Map<string, number>();
  return mapping.columns.map(({ name }) => {
    const words = headerWords(name);
    const count = (seen.get(words) ?? 0) + 1;
    seen.set(words, count);
    return count === 1 ? words : `${words} ${count}`;
  });
}
