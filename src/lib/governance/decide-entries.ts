/** Correcting what is posted: return, reverse and re-code add entries and never change one. */
import { codingOf, sameCoding, type Coding } from '#lib/domain/ledger/coding.ts';
import { reversalOf, type LedgerEntry } from '#lib/domain/ledger/entry.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Command } from './command.ts';
import type { Stamp } from './decide-posting.ts';
import { contentDigest, entryId } from './digest.ts';
import type { DecisionEvent, Recoding } from './event.ts';
import { areaForCoding, firstDayOf, openPeriodFrom } from './placing.ts';
import { postingOf } from './postings.ts';
import type { CodingRefusal, EntryRefusal, Refusal, RefusedEntry } from './refusal.ts';
import type { Founded } from './state.ts';

type Decided = Result<readonly DecisionEvent[], Refusal>;

/** Return and reverse: every entry is taken back to the cent, or none is. (G8, G10) */
export function decideTakingBack(
  state: Founded,
  command: Extract<Command, { kind: 'return' | 'reverse' }>,
  stamp: Stamp,
): Decided {
  const { entries, reason } = command;
  const reversals = forEach(entries, (entry) => {
    const current = checkCurrent(state, entry);
    return current.ok ? ok(takeBack(state, entry, reason, stamp)) : current;
  });
  if (!reversals.ok) return reversals;
  const kind = command.kind === 'return' ? 'returned' : 'reversed';
  return ok([{ kind, reversals: reversals.value, reason }]);
}

/** Re-coding: the entry is taken back and stands again under another coding, in one decision. (G11) */
export function decideRecoding(
  state: Founded,
  { entries, coding, reason }: Extract<Command, { kind: 'recode' }>,
  stamp: Stamp,
): Decided {
  const recodings = forEach(entries, (entry) => {
    const current = checkCurrent(state, entry);
    return current.ok ? recode(state, entry, { ...codingOf(entry), ...coding }, reason, stamp) : current;
  });
  return recodings.ok ? ok([{ kind: 'recoded', recodings: recodings.value, reason }]) : recodings;
}

/** Only the entry an expense stands as can be corrected, and only by who has it as it stands. (G9) */
function checkCurrent(state: Founded, entry: LedgerEntry): Result<null, EntryRefusal> {
  if (entry.kind === 'reversal') return err({ kind: 'is-a-reversal' });
  const status = postingOf(state.postings, entry.expenseId);
  if (!status) return err({ kind: 'never-posted' });
  const { generation, standing, digest } = status;
  if (entry.generation !== generation || standing !== 'posted') {
    return err({ kind: 'no-longer-current', generation, standing });
  }
  return contentDigest(entry) === digest ? ok(null) : err({ kind: 'content-differs' });
}

function takeBack(state: Founded, entry: LedgerEntry, reason: string, stamp: Stamp): LedgerEntry {
  return reversalOf(entry, {
    id: entryId(entry.expenseId, entry.generation, 'reversal'),
    period: openPeriodFrom(state, entry.period),
    reason,
    postedAt: stamp.at,
    postedBy: stamp.by,
  });
}

function recode(
  state: Founded,
  entry: LedgerEntry,
  coding: Coding,
  reason: string,
  stamp: Stamp,
): Result<Recoding, EntryRefusal> {
  if (sameCoding(entry, coding)) return err({ kind: 'same-coding' });
  const area = areaAfter(state, entry, coding);
  if (!area.ok) return area;
  const reversal = takeBack(state, entry, reason, stamp);
  const generation = entry.generation + 1;
  const recoded: LedgerEntry = {
    ...entry,
    ...coding,
    id: entryId(entry.expenseId, generation, 'entry'),
    generation,
    period: reversal.period,
    area: area.value,
    postedAt: stamp.at,
    postedBy: stamp.by,
  };
  return ok({ reversal, entry: recoded, digest: contentDigest(recoded) });
}

/** Only another department can bring another area. */
function areaAfter(state: Founded, entry: LedgerEntry, coding: Coding): Result<string, CodingRefusal> {
  if (coding.departmentId === entry.departmentId) return ok(entry.area);
  return areaForCoding(state, coding.departmentId, entry.date ?? firstDayOf(state, entry.period));
}

/** All answers, or all refusals. */
function forEach<T>(
  entries: readonly LedgerEntry[],
  decideEntry: (entry: LedgerEntry) => Result<T, EntryRefusal>,
): Result<readonly T[], Refusal> {
  const decided: T[] = [];
  const refused: RefusedEntry[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const { id: entryId, expenseId } = entry;
    const answer = seen.has(expenseId) ? err<EntryRefusal>({ kind: 'twice-in-command' }) : decideEntry(entry);
    seen.add(expenseId);
    if (answer.ok) decided.push(answer.value);
    else refused.push({ entryId, expenseId, why: answer.error });
  }
  if (refused.length > 0) return err({ kind: 'entries-refused', of: entries.length, refused });
  return ok(decided);
}
