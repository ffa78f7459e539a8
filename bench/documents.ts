/**
 * What a large document costs: an inbox of realistic expenses, loaded from rows as a device stores them, opened, and
 * edited one field at a time. Prints one line; with --encodings first a line for each way a base could be written
 * (docs/decisions/0002).
 *
 *   node bench/documents.ts --records 100000 --edits 1000
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as Y from 'yjs';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import { columnsOf, openInbox } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { encodeBase } from '#lib/documents/record-layout.ts';
import { applyRows, updatesOf } from '#lib/documents/replica.ts';
import { inParts } from '#lib/documents/split-transactions.ts';

const LOADS = 5;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const { records, edits, encodings } = readArguments();
const random = randomFrom(1);
const expenses = Array.from({ length: records }, (_, line) => makeExpense(line));

if (encodings) {
  for (const [encoding, encode] of Object.entries(baseEncodings())) {
    const source = newDocument();
    const write = (expense: Expense) => source.getMap('expenses').set(expense.id, encode(expense));
    const rows = updatesOf(source, () => {
      for (let at = 0; at < records; at += 250) source.transact(() => expenses.slice(at, at + 250).forEach(write));
    });
    const { loadMs, heapMB, externalMB } = measureLoad(rows, (doc) => doc.getMap('expenses'));
    print({ encoding, loadMs, heapMB, externalMB, bytes: totalBytes(rows) });
  }
}

const source = newDocument();
const rows = updatesOf(source, () => {
  const inbox = openInbox(source);
  inParts(source, expenses, (expense) => inbox.expenses.insert(expense));
});
const { doc, loadMs, heapMB, externalMB } = measureLoad(rows, (loaded) => openInbox(loaded).expenses.get('none'));
const readMs = timeOf(() => {
  let count = 0;
  for (const _expense of openInbox(doc).expenses.all()) count += 1;
  if (count !== records) fail(`read ${count} of ${records} records back`);
});
print({ records, loadMs, heapMB, externalMB, bytes: totalBytes(rows), readMs, ...measureEdits(doc) });

/** Median time and memory of loading the rows into a new document and opening it; and the last document loaded. */
function measureLoad(updates: readonly Uint8Array[], open: (doc: Y.Doc) => unknown) {
  const stored = updates.map((bytes) => ({ bytes, format: 'v1' as const }));
  const times: number[] = [];
  const heaps: number[] = [];
  const externals: number[] = [];
  let loaded = newDocument();
  for (let i = 0; i < LOADS; i += 1) {
    loaded = newDocument();
    const before = memory();
    times.push(
      timeOf(() => {
        applyRows(loaded, stored);
        open(loaded);
      }),
    );
    const after = memory();
    heaps.push(after.heap - before.heap);
    externals.push(after.external - before.external);
  }
  return { doc: loaded, loadMs: median(times), heapMB: median(heaps), externalMB: median(externals) };
}

function measureEdits(edited: Y.Doc) {
  const table = openInbox(edited).expenses;
  const by = { member: makeId(), at: '2027-03-09T08:15:30.123Z' };
  const times: number[] = [];
  const sizes = updatesOf(edited, () => {
    for (let i = 0; i < edits; i += 1) {
      const { id } = expenses[Math.floor(random() * records)] ?? fail('no expense to edit');
      const fields = i % 2 === 0 ? { amount: Math.floor(random() * 1e7) } : { description: `Hosting, part ${i}` };
      times.push(timeOf(() => table.revise(id, fields, by)));
    }
  }).map(({ length }) => length);
  return { editMs: median(times), editP99Ms: percentile(times, 0.99), editBytes: median(sizes) };
}

/** The ways considered: what `map.set` is given as a record's base. */
function baseEncodings(): Readonly<Record<string, (expense: Expense) => unknown>> {
  const columns = columnsOf({ kind: 'inbox', member: 'm' }, 'expenses');
  const values = (expense: Expense) => columns.map((column) => expense[column as keyof Expense]);
  const fields = ({ id: _id, ...rest }: Expense) => rest;
  return {
    object: fields,
    array: values,
    'JSON object': (expense) => JSON.stringify(fields(expense)),
    'JSON object without nulls': (expense) =>
      JSON.stringify(Object.fromEntries(Object.entries(fields(expense)).filter(([, value]) => value !== null))),
    'JSON array': (expense) => encodeBase({ ...fields(expense) }, columns),
    'JSON object as bytes': (expense) => new TextEncoder().encode(JSON.stringify(fields(expense))),
  };
}

function makeExpense(line: number): Expense {
  const day = (days: number) => String(1 + Math.floor(random() * days)).padStart(2, '0');
  const vendorText = `${pick(['Amazon Web Services EMEA', 'Microsoft Ireland', 'Dell GmbH', 'SAP SE'])} ${line % 97}`;
  return {
    id: makeId(),
    kind: random() < 0.05 ? 'credit' : 'expense',
    date: `2027-${day(12)}-${day(28)}`,
    amount: Math.floor(random() * 5e6),
    currency: pick(['EUR', 'USD', 'GBP']),
    vendorText,
    description: `Hosting and support, contract ${line % 1000}`,
    invoiceNumber: `INV-2027-${line}`,
    receipts: random() < 0.2 ? [makeId() + makeId()] : [],
    batchId: `batch${Math.floor(line / 5000)}`,
    batchLine: line,
    fingerprint: makeId() + makeId().slice(0, 12),
    capturedAt: '2027-03-04T10:11:12.345Z',
    capturedBy: 'member0000000000001',
    returnedReason: null,
    vendorId: `vendor${line % 300}`.padEnd(20, '0'),
    categoryId: `category${line % 40}`.padEnd(20, '0'),
    departmentId: `department${line % 30}`.padEnd(20, '0'),
    projectId: null,
    lineId: `line${line % 500}`.padEnd(20, '0'),
  };
}

function makeId(): string {
  return Array.from({ length: 20 }, () => '0123456789abcdefghjkmnpqrstvwxyz'.charAt(Math.floor(random() * 32))).join(
    '',
  );
}

function pick<T>(items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] ?? fail('nothing to pick from');
}

/** Mulberry32: the same expenses in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function memory(): { readonly heap: number; readonly external: number } {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed / 1e6, external: external / 1e6 };
}

function timeOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function totalBytes(updates: readonly Uint8Array[]): number {
  return updates.reduce((sum, { length }) => sum + length, 0);
}

function print(line: Readonly<Record<string, string | number>>): void {
  const rounded = Object.entries(line).map(([key, value]) => [key, typeof value === 'number' ? round(value) : value]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(rounded))}\n`);
}

function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

function readArguments(): { readonly records: number; readonly edits: number; readonly encodings: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        records: { type: 'string', default: '100000' },
        edits: { type: 'string', default: '1000' },
        encodings: { type: 'boolean', default: false },
      },
    });
    return { records: countFrom(values.records), edits: countFrom(values.edits), encodings: values.encodings };
  } catch (cause) {
    return fail(cause instanceof Error ? cause.message : String(cause));
  }
}

function countFrom(text: string): number {
  return /^[1-9]\d{0,7}$/.test(text) ? Number(text) : fail(`'${text}' is not a number of records or edits`);
}

function fail(why: string): never {
  process.stderr.write(`bench/documents: ${why}\n`);
  process.exit(1);
}
