/** The work of the import worker as functions that need no worker. (X30) */
import { err, ok, type Result } from '#lib/domain/result.ts';
import { decideBudget } from '#lib/interchange/budget/decide.ts';
import { findLayout } from '#lib/interchange/budget/layout.ts';
import { readBudget } from '#lib/interchange/budget/read.ts';
import { decideColumns, likeliest, recallAnswers } from '#lib/interchange/expenses/decide.ts';
import { guessMapping, headerFingerprint, recallRoles } from '#lib/interchange/expenses/mapping.ts';
import { knownExpenses, matchRows } from '#lib/interchange/expenses/match.ts';
import { nameFinder } from '#lib/interchange/expenses/names.ts';
import { readExpenses } from '#lib/interchange/expenses/read.ts';
import { openTable, refuseSize, type FileRefusal } from '#lib/interchange/file.ts';
import { sha256 } from '#lib/domain/sha256.ts';
import { headOf, isBlank, type Table } from '#lib/interchange/table/table.ts';
import type { ImportAnswer, ImportProgress, ImportQuestion } from './import-messages.ts';

export interface ImportSurroundings {
  /** Awaited, so that the last rows are there before the answer is. */
  readonly onprogress: (progress: ImportProgress) => unknown;
  /** Lets messages in; resolves to whether the question was cancelled meanwhile. */
  readonly isCancelled: () => Promise<boolean>;
}

export async function answerImport(question: ImportQuestion, around: ImportSurroundings): Promise<ImportAnswer> {
  if (question.kind === 'match') {
    return { kind: 'match', verdicts: matchRows(question.rows, knownExpenses(question.known)) };
  }
  const opened = await openBlob(question.file);
  if (!opened.ok) return { kind: 'refused', refusal: opened.error };
  const { table, bytes } = opened.value;
  switch (question.kind) {
    case 'look':
      return look(question, table, bytes, around);
    case 'decide': {
      const decisions = await finished(decideColumns(table, question.mapping, question.usualCurrency), around);
      return decisions === null ? CANCELLED : { kind: 'decide', decisions, how: likeliest(decisions) };
    }
    case 'read': {
      const names = nameFinder(question.directory, question.chosen);
      const steps = readExpenses(table, question.mapping, question.how, { names, period: question.period });
      const reading = await finished(steps, around, ({ rows, done }) =>
        around.onprogress({ kind: 'rows', rows, done }),
      );
      return reading === null ? CANCELLED : { kind: 'read', reading };
    }
    case 'look-budget': {
      const layout = findLayout(headOf(table, HEAD_ROWS), question.periods);
      if ('kind' in layout) return { kind: 'refused', refusal: layout };
      return { kind: 'look-budget', layout, decisions: decideBudget(table, layout, question.usualCurrency) };
    }
    case 'read-budget': {
      const names = nameFinder(question.directory, question.chosen);
      return { kind: 'read-budget', reading: readBudget(table, question.layout, { ...question.context, names }) };
    }
  }
}

const HEAD_ROWS = 250;
const SAMPLE_ROWS = 30;
const CANCELLED: ImportAnswer = { kind: 'cancelled' };

async function look(
  question: Extract<ImportQuestion, { kind: 'look' }>,
  table: Table,
  bytes: Uint8Array<ArrayBuffer>,
  around: ImportSurroundings,
): Promise<ImportAnswer> {
  const head = headOf(table, HEAD_ROWS);
  const guessed = guessMapping(head);
  const header = headerFingerprint(guessed);
  const remembered = guessed.own ? undefined : question.remembered.findLast((mapping) => mapping.header === header);
  const mapping = remembered === undefined ? guessed : recallRoles(guessed, remembered);
  const decisions = await finished(decideColumns(table, mapping, question.usualCurrency), around, ({ done }) =>
    around.onprogress({ kind: 'progress', done }),
  );
  if (decisions === null) return CANCELLED;
  return {
    kind: 'look',
    fileHash: await sha256(bytes),
    mapping,
    decisions,
    how: remembered === undefined ? likeliest(decisions) : recallAnswers(decisions, remembered),
    recalled: remembered !== undefined,
    sample: head.filter((row) => row.line > (mapping.headerLine ?? -1) && !isBlank(row)).slice(0, SAMPLE_ROWS),
  };
}

interface OpenedBlob {
  readonly table: Table;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The size is judged before a byte is read. */
async function openBlob(file: Blob): Promise<Result<OpenedBlob, FileRefusal>> {
  const refusal = refuseSize(file.size);
  if (refusal !== null) return err(refusal);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const table = openTable(bytes);
  return table.ok ? ok({ table: table.value, bytes }) : table;
}

/** Takes the steps with a look up between them; null when cancelled. */
async function finished<Step, R>(
  steps: Generator<Step, R, void>,
  { isCancelled }: ImportSurroundings,
  onstep?: (step: Step) => unknown,
): Promise<R | null> {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    await onstep?.(next.value);
    if (await isCancelled()) return null;
  }
}
