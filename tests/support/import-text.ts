import { decideColumns, likeliest, type ColumnDecisions, type HowToRead } from '#lib/interchange/expenses/decide.ts';
import type { ImportedRow } from '#lib/interchange/expenses/draft.ts';
import { guessMapping, type ColumnMapping } from '#lib/interchange/expenses/mapping.ts';
import { nameFinder, type ChosenNames, type Directory } from '#lib/interchange/expenses/names.ts';
import { readExpenses, type ImportReading } from '#lib/interchange/expenses/read.ts';
import { openTable } from '#lib/interchange/file.ts';
import { runSteps } from '#lib/interchange/steps.ts';
import { headOf, type Table } from '#lib/interchange/table/table.ts';

export const emptyDirectory: Directory = { categories: [], departments: [], vendors: [], projects: [] };

export interface Imported {
  readonly mapping: ColumnMapping;
  readonly decisions: ColumnDecisions;
  readonly rows: readonly ImportedRow[];
  readonly reading: ImportReading;
}

interface ImportOptions {
  readonly currency?: string;
  readonly directory?: Partial<Directory>;
  readonly chosen?: ChosenNames;
  readonly period?: { readonly start: string; readonly end: string };
  /** What a person answered or changed. */
  readonly how?: Partial<HowToRead>;
  readonly mapping?: (guess: ColumnMapping) => ColumnMapping;
}

/** Bytes of a text file; `latin1` for one byte a character. */
export function bytesOf(text: string, encoding: 'utf-8' | 'latin1' = 'utf-8'): Uint8Array<ArrayBuffer> {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

export function tableOf(content: string | Uint8Array): Table {
  const opened = openTable(typeof content === 'string' ? bytesOf(content) : content);
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

/** A whole import as a person who accepts every suggestion gets it. */
export function importText(content: string | Uint8Array, options: ImportOptions = {}): Imported {
  const table = tableOf(content);
  const guess = guessMapping(headOf(table, 250));
  const mapping = options.mapping?.(guess) ?? guess;
  const decisions = runSteps(decideColumns(table, mapping, options.currency ?? 'EUR'));
  const rows: ImportedRow[] = [];
  const names = nameFinder({ ...emptyDirectory, ...options.directory }, options.chosen ?? {});
  const reading = runSteps(
    readExpenses(
      table,
      mapping,
      { ...likeliest(decisions), ...options.how },
      { names, period: options.period ?? null },
    ),
    (part) => rows.push(...part.rows),
  );
  return { mapping, decisions, rows, reading };
}

/** The role of each column, in order. */
export function rolesOf({ mapping }: Pick<Imported, 'mapping'>): (string | null)[] {
  return mapping.columns.map(({ role }) => role);
}
