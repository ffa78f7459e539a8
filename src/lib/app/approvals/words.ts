/** Requests, their state and the policy in sentences. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodByKey, periodLabel } from '#lib/domain/fiscal/period.ts';
import { formatMoney } from '#lib/domain/money/format.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { versionOn } from '#lib/domain/organisation/department.ts';
import type { Conflict, PolicyRule, Step } from '#lib/governance/approval/policy.ts';
import { openSteps } from '#lib/governance/approval/request.ts';
import type { Policy, Request } from './governed.ts';

/** What names are taken from. */
export interface Naming {
  readonly baseCurrency: string;
  readonly locale: string;
  readonly calendar: FiscalCalendar;
  readonly versions: readonly BudgetVersion[];
  readonly departments: readonly Department[];
  readonly nameOf: (member: string | null) => string;
}

/** `Budget FY27`, `Budget FY27, Operations`, `Transfer of 48,000.00 EUR in Budget FY27`. */
export function requestTitle({ subject, transfer }: Pick<Request, 'subject' | 'transfer'>, naming: Naming): string {
  if (transfer !== null) {
    const amount = formatMoney({ minor: transfer.amount, currency: transfer.currency }, naming.locale);
    return `Transfer of ${amount} in ${versionName(transfer.version, naming)}`;
  }
  if (subject.kind === 'transfer') return 'Transfer';
  const version = versionName(subject.version, naming);
  return subject.kind === 'part' ? `${version}, ${areaName(subject.area, naming)}` : version;
}

/** Where a transfer takes its money from and what it is for, in one sentence; null for anything else. */
export function transferWords(
  { transfer }: Request,
  lineName: (line: string) => string,
  naming: Naming,
): string | null {
  if (transfer === null) return null;
  const { from, to, commitment, amount, currency, reason } = transfer;
  const over =
    commitment === amount
      ? ''
      : ` It commits to ${formatMoney({ minor: commitment, currency }, naming.locale)} in all.`;
  return `From ${lineName(from.line)}, ${month(from.period, naming)}, to ${lineName(to.line)}, ${month(to.period, naming)}. ${reason}.${over}`;
}

/** How a request stands: `Submitted by Ana on 3 March 2027`. */
export function stateWords(request: Request, naming: Naming): string {
  const { status, approvals, ended } = request;
  const last = approvals.at(-1);
  switch (status) {
    case 'open':
      return `Submitted by ${naming.nameOf(request.by)} on ${day(request.at, naming)}`;
    case 'approved':
      return last === undefined ? 'Approved' : `Approved by ${signer(last, naming)} on ${day(last.at, naming)}`;
    case 'returned':
      return `Returned by ${naming.nameOf(ended?.by ?? null)}: ${ended?.reason ?? ''}`;
    case 'withdrawn':
      return `Withdrawn by ${naming.nameOf(ended?.by ?? null)}: ${ended?.reason ?? ''}`;
    case 'superseded':
      return `Replaced by an amendment: ${ended?.reason ?? ''}`;
  }
}

/** What became of the content of a request: `what was approved`, `what was submitted`. */
export function sealedAs({ status }: Request): 'approved' | 'submitted' {
  return status === 'approved' || status === 'superseded' ? 'approved' : 'submitted';
}

/** What a request waits for; null once it waits for nothing. */
export function waitsFor(request: Request, naming: Naming): string | null {
  const steps = openSteps(request);
  if (steps.length === 0) return null;
  const value = formatMoney({ minor: request.value, currency: naming.baseCurrency }, naming.locale);
  return `Valued at ${value}. Waits for ${steps.map((step) => stepWords(step, naming, request.value)).join(' and for ')}.`;
}

/** Why purchases were valued together; null where they were not. */
export function splitWords({ split, value }: Request, naming: Naming): string | null {
  if (split === null) return null;
  const [sum, alone] = [value, split.alone].map((minor) => money(minor, naming));
  const others = split.with.length === 1 ? 'another request' : `${split.with.length} other requests`;
  return `Valued at ${sum ?? ''} together with ${others} to the same vendor; alone it is ${alone ?? ''}.`;
}

/** Who signed, and which approvals are void and why, oldest first. */
export function historyWords({ approvals, voided }: Request, naming: Naming): readonly string[] {
  return [
    ...voided.map(({ approvals: gone, by, at, why }) => {
      const signers = gone.map((approval) => signer(approval, naming)).join(', ');
      return `Void: the approval by ${signers}, since ${naming.nameOf(by)} changed it on ${day(at, naming)}. ${why}`;
    }),
    ...approvals.map((approval) => {
      const reported = approval.conflicts.map((conflict) => CONFLICT_WORDS[conflict]).join('; ');
      const note = approval.note === '' ? '' : ` “${approval.note}”`;
      return `Approved by ${signer(approval, naming)} on ${day(approval.at, naming)}.${note}${reported === '' ? '' : ` Reported: ${reported}.`}`;
    }),
  ];
}

/** The policy, one sentence for each rule and check. */
export function policySentences(policy: Policy, naming: Naming): readonly string[] {
  const rules = policy.rules.toSorted((a, b) => a.from - b.from).map((rule) => ruleSentence(rule, naming));
  const four = policy.fourEyesFrom;
  const days = policy.splitDays;
  return [
    ...rules,
    ...(four === null ? [] : [`From ${money(four, naming)} on, two people sign.`]),
    days === null
      ? 'Purchases are each valued alone.'
      : `Requests of one person to one vendor within ${days} days are valued together when their sum reaches another band.`,
    'Nobody approves what they submitted, themselves or through somebody who stands in for them.',
    ...CONFLICTS.map(
      (conflict) =>
        `${CONFLICT_SENTENCES[conflict]} ${policy.conflicts[conflict] === 'refuse' ? 'is refused' : 'is reported'}.`,
    ),
  ];
}

const CONFLICTS: readonly Conflict[] = ['edit-approve', 'post-close', 'roles-approve'];

const CONFLICT_SENTENCES: Readonly<Record<Conflict, string>> = {
  'edit-approve': 'Approving a plan one wrote in',
  'post-close': 'Closing a period one posted into',
  'roles-approve': 'Approving while managing roles',
};

const CONFLICT_WORDS: Readonly<Record<Conflict, string>> = {
  'edit-approve': 'wrote in this plan as well',
  'post-close': 'posted into this period as well',
  'roles-approve': 'manages roles as well',
};

const SUBJECTS = { part: 'A part of a plan', version: 'A whole plan', transfer: 'A transfer' };

function ruleSentence({ subject, areas, from, order, steps }: PolicyRule, naming: Naming): string {
  const what = subject === null ? 'Everything' : SUBJECTS[subject];
  const where = areas === null ? '' : ` in ${areas.map((area) => areaName(area, naming)).join(', ')}`;
  const band = from === 0 ? '' : ` from ${money(from, naming)} on`;
  const signed = steps
    .map((step) => stepWords(step, naming, null))
    .join(order === 'in-order' ? ', then by ' : ' and by ');
  return `${what}${where}${band} is approved by ${signed}.`;
}

function stepWords({ roles, limit }: Step, naming: Naming, value: number | null): string {
  const who = orList(roles.map((role) => `${role === 'approver' || role === 'owner' ? 'an' : 'a'} ${role}`));
  if (limit === 0) return who;
  if (limit !== null) return `${who} with a limit of at least ${money(limit, naming)}`;
  return value === null
    ? `${who} with a limit of at least its value`
    : `${who} with a limit of at least ${money(value, naming)}`;
}

function signer({ by, for: other }: Request['approvals'][number], naming: Naming): string {
  return other === null ? naming.nameOf(by) : `${naming.nameOf(by)} for ${naming.nameOf(other)}`;
}

function money(minor: number, { baseCurrency, locale }: Naming): string {
  return formatMoney({ minor, currency: baseCurrency }, locale);
}

function orList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`;
}

function versionName(id: string, { versions }: Naming): string {
  return versions.find((version) => version.id === id)?.name ?? 'A version that is not here yet';
}

function areaName(id: string, { departments }: Naming): string {
  const department = departments.find((each) => each.id === id);
  return department === undefined ? id : (versionOn(department)?.name ?? id);
}

function month(key: string, { calendar, locale }: Naming): string {
  const period = periodByKey(calendar, key);
  return period === undefined ? key : periodLabel(period, locale);
}

function day(at: string, { locale }: Naming): string {
  return new Date(at).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** Who stands in for whom, when and up to what. */
export function delegationWords(
  {
    by,
    to,
    from,
    until,
    limit,
  }: {
    readonly by: string;
    readonly to: string;
    readonly from: string;
    readonly until: string;
    readonly limit: number | null;
  },
  naming: Naming,
): string {
  const bound = limit === null ? 'within their own limit' : `up to ${money(limit, naming)}`;
  return `${naming.nameOf(to)} signs for ${naming.nameOf(by)} from ${day(from, naming)} to ${day(until, naming)}, ${bound}.`;
}
