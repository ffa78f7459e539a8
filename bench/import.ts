/**
 * Imports payment files as the app does: `node bench/import.ts [--currency GBP] FILE...`
 * One line of JSON per file, then a summary; `again` counts the rows that importing all of them once more would add.
 * Files are read in Node; then 10,000 payments go through the app's own page in Chromium, until they are stored.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { decideColumns, likeliest } from '#lib/interchange/expenses/decide.ts';
import type { ImportedRow } from '#lib/interchange/expenses/draft.ts';
import { exactText, type FileTotal } from '#lib/interchange/expenses/file-total.ts';
import { guessMapping } from '#lib/interchange/expenses/mapping.ts';
import { knownExpenses, matchRows, type KnownExpense } from '#lib/interchange/expenses/match.ts';
import { nameFinder } from '#lib/interchange/expenses/names.ts';
import { readExpenses, type ImportReading } from '#lib/interchange/expenses/read.ts';
import { explainProblem, explainRefusal } from '#lib/interchange/explain.ts';
import { openTable } from '#lib/interchange/file.ts';
import { runSteps } from '#lib/interchange/steps.ts';
import { headOf } from '#lib/interchange/table/table.ts';
import { importInChromium } from './support/import-in-chromium.ts';

const RUNS = 5;

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { currency: { type: 'string', default: 'GBP' } },
});
if (files.length === 0) fail('Name at least one file: node bench/import.ts FILE...');
print({ ...measureInNode(files, values.currency), ...(await importInChromium()) });

interface FileImport {
  readonly reading: ImportReading;
  readonly rows: readonly ImportedRow[];
}

function measureInNode(names: readonly string[], currency: string): object {
  const known: KnownExpense[] = [];
  const imports: FileImport[] = [];
  let totalMs = 0;
  for (const file of names) {
    const bytes = bytesOf(file);
    const { read, ms } = timed(() => {
      const imported = importFile(file, bytes, currency);
      matchRows(imported.rows, knownExpenses(known));
      return imported;
    });
    imports.push(read);
    known.push(...added(read.rows, known));
    totalMs += ms;
    print({
      file,
      rows: read.reading.rows,
      total: totalText(read.reading.totals),
      rejected: read.reading.setAside.map(({ line, reason }) => ({ line, reason: explainProblem(reason) })),
      undated: read.reading.undated,
      ms: rounded(ms),
    });
  }
  return {
    files: imports.length,
    rows: imports.reduce((sum, { reading }) => sum + reading.rows, 0),
    total: totalText(together(imports.flatMap(({ reading }) => reading.totals))),
    ms: rounded(totalMs),
    again: imports.reduce((sum, { rows }) => sum + added(rows, known).length, 0),
  };
}

/** The path of a file through the app: opened, its columns guessed and decided, its rows read. */
function importFile(file: string, bytes: Uint8Array, currency: string): FileImport {
  const opened = openTable(bytes);
  if (!opened.ok) return fail(`${file}: ${explainRefusal(opened.error)}`);
  const table = opened.value;
  const mapping = guessMapping(headOf(table, 250));
  if (!mapping.columns.some(({ role }) => role === 'amount' || role === 'debit')) {
    return fail(`${file}: none of its columns holds amounts.`);
  }
  const decisions = runSteps(decideColumns(table, mapping, currency));
  const names = nameFinder({ categories: [], departments: [], vendors: [], projects: [] }, {});
  const rows: ImportedRow[] = [];
  const reading = runSteps(readExpenses(table, mapping, likeliest(decisions), { names, period: null }), (part) =>
    rows.push(...part.rows),
  );
  return { reading, rows };
}

/** What the workspace holds more after an import: rows that are not there yet; look-alikes are taken for purchases of their own. */
function added(rows: readonly ImportedRow[], known: readonly KnownExpense[]): readonly KnownExpense[] {
  const verdicts = matchRows(rows, knownExpenses(known));
  return rows.flatMap(({ draft }, i) =>
    verdicts[i]?.kind === 'here' ? [] : [{ ...draft, id: `${known.length}-${i}` }],
  );
}

function together(totals: readonly FileTotal[]): readonly FileTotal[] {
  const sums = new Map<string, FileTotal>();
  for (const total of totals) {
    const { rows = 0, minor = 0, rounded: roundedRows = 0, lost = 0 } = sums.get(total.currency) ?? {};
    sums.set(total.currency, {
      currency: total.currency,
      rows: rows + total.rows,
      minor: minor + total.minor,
      rounded: roundedRows + total.rounded,
      lost: lost + total.lost,
    });
  }
  return [...sums.values()];
}

/** `14165887.28`; with its code where there are several currencies. */
function totalText(totals: readonly FileTotal[]): string {
  if (totals.length <= 1) return totals.map(exactText).join('') || '0';
  return totals.map((total) => `${exactText(total)} ${total.currency}`).join(' + ');
}

function timed(work: () => FileImport): { read: FileImport; ms: number } {
  const times: number[] = [];
  let read = work();
  for (let run = 0; run < RUNS; run += 1) {
    const start = performance.now();
    read = work();
    times.push(performance.now() - start);
  }
  return { read, ms: times.toSorted((a, b) => a - b)[RUNS >> 1] ?? 0 };
}

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (thrown) {
    return fail(`${file} cannot be read: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
