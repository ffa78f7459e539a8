/** Refusals in sentences: what is wrong, where, and what to do about it. */
import type { ExpenseFault } from '#lib/domain/ledger/expense.ts';
import type { DepartmentRefusal } from '#lib/domain/organisation/department-change.ts';
import { explainApproval } from './approval/explain.ts';
import { explainPeople } from './people/explain-people.ts';
import type { CodingRefusal, EntryRefusal, PostingRefusal, Refusal } from './refusal.ts';

/** For the whole command. Where it carried several expenses or entries, the first reason stands for all. */
export function explainRefusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'malformed':
      return `Nothing was changed, because a part of this could not be read: ${refusal.path || 'all of it'} is ${refusal.found}. Reload the app and try again.`;
    case 'unknown-command':
      return `“${refusal.command}” is not known here. One side is older than the other: reload the app to get its latest version and try again.`;
    case 'too-large':
      return `This is ${kilobytes(refusal.bytes)} in one step, and ${kilobytes(refusal.limit)} is the most. Do it in smaller parts.`;
    case 'not-founded':
      return 'This workspace does not exist yet. Create it first, then try again.';
    case 'already-founded':
      return 'This workspace exists already. Open it, or create another one.';
    case 'founder-is-another':
      return 'Only the person who creates a workspace can be its founder. Create it under your own name.';
    case 'unknown-currency':
      return `${quoted(refusal.currency)} is not a currency that amounts can be kept in. Choose one from the list, such as EUR or USD.`;
    case 'expenses-refused': {
      const [first] = refusal.refused;
      return inFront(refusal.refused.length, refusal.of, 'expense', 'posted', first && explainPosting(first.why));
    }
    case 'entries-refused': {
      const [first] = refusal.refused;
      return inFront(refusal.refused.length, refusal.of, 'entry', 'changed', first && explainEntry(first.why));
    }
    case 'department-refused':
      return explainDepartment(refusal.why);
    case 'calendar-in-use':
      return 'The calendar stays as it is, because expenses are posted by it and entries never move between periods. Only the start month and the naming of a year of calendar months can still change.';
    case 'unknown-rate':
      return `There is no rate from ${refusal.from} to ${refusal.to} on ${refusal.date} to remove. Somebody may have removed it already.`;
    case 'approval-refused':
      return explainApproval(refusal.why);
    default:
      return explainPeople(refusal);
  }
}

/** Why one expense cannot be posted. */
function explainPosting(why: PostingRefusal): string {
  switch (why.kind) {
    case 'invalid':
      return why.faults.map(explainFault).join(' ');
    case 'twice-in-command':
      return 'It is chosen twice. Choose it once.';
    case 'no-date':
      return 'Its date is unknown. Enter a date, or say which date to post it under.';
    case 'already-posted':
      return 'It is already posted with other content. Re-code or reverse what is posted, or capture the difference as a new expense.';
    case 'generation-expected':
      return why.given < why.expected
        ? 'It was posted before and has been returned or reversed since. Look at what became of it, then post it again if it is still right.'
        : 'What is known of its earlier posting on this device is not what happened. Wait until the device is up to date and try again.';
    case 'no-rate':
      return `There is no rate from ${why.currency} to ${why.base} for ${why.date}. Add one under Settings, Currencies and rates, then post it again.`;
    case 'amount-too-large':
      return `In ${why.base} the amount is larger than can be kept exactly. Check the amount and the rate from ${why.currency}.`;
    case 'unknown-department':
    case 'department-closed':
      return explainCoding(why);
  }
}

/** Why one entry cannot be returned, reversed or re-coded. */
function explainEntry(why: EntryRefusal): string {
  switch (why.kind) {
    case 'never-posted':
      return 'It is not in the ledger. Wait until the device is up to date and try again.';
    case 'twice-in-command':
      return 'It is chosen twice. Choose it once.';
    case 'is-a-reversal':
      return 'It takes back another entry and cannot be taken back itself. Post the expense again instead.';
    case 'no-longer-current':
      return why.standing === 'posted'
        ? 'Somebody re-coded it in the meantime. Look at the entry that stands now and decide again.'
        : `It has already been ${why.standing}. There is nothing more to take back.`;
    case 'content-differs':
      return 'What this device shows is not what stands in the ledger. Wait until the device is up to date and try again.';
    case 'same-coding':
      return 'It is coded just so already. Choose another category, department, vendor, project or budget line.';
    case 'unknown-department':
    case 'department-closed':
      return explainCoding(why);
  }
}

function explainCoding(why: CodingRefusal): string {
  return why.kind === 'unknown-department'
    ? 'Its department does not exist in this workspace. Choose another department.'
    : `Its department is closed from ${why.from} on. Choose another department.`;
}

function explainFault(fault: ExpenseFault): string {
  switch (fault.kind) {
    case 'unknown-currency':
      return `${quoted(fault.currency)} is not a currency that amounts can be kept in. Choose one from the list.`;
    case 'not-an-amount':
      return 'Its amount cannot be kept exactly. Enter it again.';
    case 'wrong-sign':
      return fault.amount > 0
        ? 'A credit lessens cost, so its amount is below zero. Change the sign, or make it an expense.'
        : 'An expense or revenue is not below zero. Change the sign, or make it a credit.';
    case 'not-a-date':
      return `${quoted(fault.date)} is not a date. Enter one as year-month-day, or leave it unknown.`;
  }
}

function explainDepartment(why: DepartmentRefusal): string {
  switch (why.kind) {
    case 'unknown-department':
      return 'This department does not exist in the workspace. Wait until the device is up to date and try again.';
    case 'already-there':
      return 'This department exists already. Change it instead of adding it.';
    case 'unknown-parent':
      return 'The department it should stand below does not exist. Choose another one.';
    case 'parent-closed':
      return `The department it should stand below is closed from ${why.from} on. Choose an open one.`;
    case 'circle':
      return `From ${why.date ?? 'the beginning'} on the department would stand below itself. Choose a department that is not below it.`;
    case 'before-latest-change':
      return `A change of ${why.latest} is recorded already, and earlier ones would rewrite history. Choose that day or a later one.`;
    case 'date-missing':
      return 'A change to a department holds from a date on. Say from when.';
    case 'dated-beginning':
      return 'A new department stands from the beginning. Leave its date out.';
    case 'name-missing':
      return 'A department has a name. Enter one.';
    case 'root-stays':
      return `The top department ${ROOT_STAYS[why.what]}. Choose another department.`;
  }
}

const ROOT_STAYS = { top: 'stays on top', open: 'stays open', area: 'is always an area of its own' };

function inFront(refused: number, of: number, noun: 'expense' | 'entry', done: string, first = ''): string {
  if (of === 1) return `This ${noun} was not ${done}. ${first}`;
  const plural = noun === 'expense' ? 'expenses' : 'entries';
  if (refused === 1) return `1 of ${of} ${plural} stands in the way, so none was ${done}. ${first}`;
  return `${refused} of ${of} ${plural} stand in the way, so none was ${done}. The first: ${first}`;
}

function quoted(text: string): string {
  return text === '' ? 'An empty text' : `“${text}”`;
}

function kilobytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KB`;
}
