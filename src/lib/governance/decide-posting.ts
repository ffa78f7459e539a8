/** Posting: an expense of somebody's inbox becomes an entry of the ledger, once. */
import { entryFromExpense } from '#lib/domain/ledger/entry.ts';
import { expenseFaults, type Expense } from '#lib/domain/ledger/expense.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Command } from './command.ts';
import { contentDigest, entryId } from './digest.ts';
import type { DecisionEvent, Posting } from './event.ts';
import { areaForCoding, openPeriodOn, valueInBase } from './placing.ts';
import { postingOf } from './postings.ts';
import type { PostingRefusal, Refusal, RefusedExpense } from './refusal.ts';
import type { Founded } from './state.ts';

type PostCommand = Extract<Command, { kind: 'post' }>;

/** Who posts and when, by the decider's clock. */
export interface Stamp {
  readonly by: string;
  readonly at: string;
}

/** All expenses of a command become entries, or none does. Those that already stand just so are passed over. (G3) */
export function decidePosting(
  state: Founded,
  command: PostCommand,
  stamp: Stamp,
): Result<readonly DecisionEvent[], Refusal> {
  const postings: Posting[] = [];
  const refused: RefusedExpense[] = [];
  const seen = new Set<string>();
  for (const expense of command.expenses) {
    const posting = seen.has(expense.id)
      ? err<PostingRefusal>({ kind: 'twice-in-command' })
      : decideExpense(state, command, expense, stamp);
    seen.add(expense.id);
    if (!posting.ok) refused.push({ expenseId: expense.id, why: posting.error });
    else if (posting.value) postings.push(posting.value);
  }
  if (refused.length > 0) return err({ kind: 'expenses-refused', of: command.expenses.length, refused });
  return ok(postings.length === 0 ? [] : [{ kind: 'posted', postings, batch: command.batch }]);
}

/** The digest of everything that decides what is booked: the expense without the decider's own mark on it. (G4) */
function contentOf(expense: Expense, undatedAs: string | null): string {
  const { returnedReason: _mark, ...content } = expense;
  return contentDigest({ ...content, undatedAs: expense.date === null ? undatedAs : null });
}

/** Null when this very posting already stands. */
function decideExpense(
  state: Founded,
  { generations, undatedAs }: PostCommand,
  expense: Expense,
  stamp: Stamp,
): Result<Posting | null, PostingRefusal> {
  const generation = (Object.hasOwn(generations, expense.id) ? generations[expense.id] : undefined) ?? 1;
  const content = contentOf(expense, undatedAs);
  const isNew = checkGeneration(state, expense.id, generation, content);
  if (!isNew.ok) return isNew;
  if (!isNew.value) return ok(null);

  const faults = expenseFaults(expense);
  if (faults.length > 0) return err({ kind: 'invalid', faults });
  const date = expense.date ?? undatedAs;
  if (date === null) return err({ kind: 'no-date' });
  const area = areaForCoding(state, expense.departmentId, date);
  if (!area.ok) return area;
  const valued = valueInBase(state, expense, date);
  if (!valued.ok) return valued;

  const entry = entryFromExpense(expense, {
    ...valued.value,
    id: entryId(expense.id, generation, 'entry'),
    generation,
    period: openPeriodOn(state, date),
    area: area.value,
    postedAt: stamp.at,
    postedBy: stamp.by,
  });
  return ok({ entry, content, digest: contentDigest(entry) });
}

/** Whether this generation is still to be posted. (G3) */
function checkGeneration(
  state: Founded,
  expenseId: string,
  given: number,
  content: string,
): Result<boolean, PostingRefusal> {
  const status = postingOf(state.postings, expenseId);
  if (!status) return given === 1 ? ok(true) : err({ kind: 'generation-expected', given, expected: 1 });
  const { generation, postedAs, standing } = status;
  if (given >= postedAs && given <= generation) {
    return content === status.content ? ok(false) : err({ kind: 'already-posted', generation });
  }
  const expected = standing === 'posted' ? generation : generation + 1;
  return given === expected ? ok(true) : err({ kind: 'generation-expected', given, expected });
}
