/** Folding events into the terms of the state. Nothing is spent here: terms are plain values. */
import {
  addDepartment,
  closeDepartment,
  markArea,
  reviseDepartment,
  rootDepartment,
  type DepartmentRefusal,
} from '#lib/domain/organisation/department-change.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { ApprovalEvent } from './approval/commands.ts';
import { evolveApprovals, withPosters } from './approval/evolve-approvals.ts';
import type { DecisionEvent } from './event.ts';
import { evolvePeople, foundedPeople } from './people/evolve-people.ts';
import { isSameRate, type Terms, type Workspace } from './state.ts';

/** An event that the terms before do not allow is not folded. */
export type Impossible = 'impossible';

/** The terms after an event. */
export function evolveTerms(terms: Terms, event: DecisionEvent): Result<Terms, Impossible> {
  if ((event.kind === 'workspace-founded') !== (terms.workspace === null)) return err('impossible');
  switch (event.kind) {
    case 'workspace-founded': {
      const { name, baseCurrency, calendar, founder } = event;
      return ok({
        ...terms,
        workspace: { name, baseCurrency, calendar, founder },
        departments: [rootDepartment(name)],
        people: foundedPeople(founder),
      });
    }
    case 'workspace-renamed':
      return withWorkspace(terms, { name: event.name });
    case 'calendar-set':
      return withWorkspace(terms, { calendar: event.calendar });
    case 'department-added':
      return withDepartments(terms, addDepartment(terms.departments, event));
    case 'department-revised':
      return withDepartments(terms, reviseDepartment(terms.departments, event.id, event.version));
    case 'department-closed':
      return withDepartments(terms, closeDepartment(terms.departments, event.id, event.from));
    case 'area-marked':
      return withDepartments(terms, markArea(terms.departments, event.id, event.area));
    case 'rates-set':
      return ok({ ...terms, rates: [...withoutRates(terms.rates, event.rates), ...event.rates] });
    case 'rate-removed':
      return ok({ ...terms, rates: withoutRates(terms.rates, [event]) });
    case 'posted':
      return ok({ ...terms, approvals: withPosters(terms.approvals, event.postings) });
    case 'recoded':
      return ok({ ...terms, approvals: withPosters(terms.approvals, event.recodings) });
    case 'returned':
    case 'reversed':
      return ok(terms);
    case 'policy-set':
    case 'submitted':
    case 'approved':
    case 'submission-ended':
    case 'transferred':
    case 'period-closed':
    case 'period-reopened':
    case 'amendment-opened':
      return withApprovals(terms, event);
    default: {
      const people = evolvePeople(terms.people, event);
      return people.ok ? ok({ ...terms, people: people.value }) : people;
    }
  }
}

function withWorkspace(terms: Terms, fields: Partial<Workspace>): Result<Terms, Impossible> {
  if (!terms.workspace) return err('impossible');
  return ok({ ...terms, workspace: { ...terms.workspace, ...fields } });
}

function withApprovals(terms: Terms, event: ApprovalEvent): Result<Terms, Impossible> {
  const approvals = evolveApprovals(terms.approvals, event);
  if (!approvals.ok) return approvals;
  return ok({ ...terms, approvals: approvals.value, closed: closedAfter(terms.closed, event) });
}

function closedAfter(closed: Terms['closed'], event: ApprovalEvent): Terms['closed'] {
  if (event.kind === 'period-closed') return new Set([...closed, event.closing.period]);
  if (event.kind === 'period-reopened') return new Set([...closed].filter((period) => period !== event.period));
  return closed;
}

function withDepartments(
  terms: Terms,
  departments: Result<readonly Department[], DepartmentRefusal>,
): Result<Terms, Impossible> {
  return departments.ok ? ok({ ...terms, departments: departments.value }) : err('impossible');
}

function withoutRates(
  rates: readonly ExchangeRate[],
  gone: readonly Pick<ExchangeRate, 'from' | 'to' | 'date'>[],
): ExchangeRate[] {
  return rates.filter((rate) => !gone.some((other) => isSameRate(rate, other)));
}
