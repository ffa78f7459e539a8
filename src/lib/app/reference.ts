/** What every page needs at hand to name things: small, read as a whole, replaced as a whole. */
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { Category } from '#lib/domain/organisation/category.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import type { Objective } from '#lib/domain/organisation/objective.ts';
import type { Person } from '#lib/domain/organisation/person.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import type { Vendor } from '#lib/domain/organisation/vendor.ts';
import type { StandingDelegation } from '#lib/documents/decisions.ts';
import { founderOf, retentionOf, type Member, type Retention } from '#lib/governance/people/people.ts';
import type { OpenInvitation } from '#lib/governance/people/writes-people.ts';
import type { Reader } from './reader.ts';

export interface Reference {
  readonly name: string;
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  readonly founder: string;
  /** BCP 47 tag by which numbers and dates are written. */
  readonly locale: string;
  readonly departments: readonly Department[];
  readonly categories: readonly Category[];
  readonly vendors: readonly Vendor[];
  readonly projects: readonly Project[];
  readonly objectives: readonly Objective[];
  readonly versions: readonly BudgetVersion[];
  /** Everybody who is or was a member, by the name others see. */
  readonly people: readonly Person[];
  readonly members: readonly Member[];
  readonly invitations: readonly OpenInvitation[];
  readonly delegations: readonly StandingDelegation[];
  readonly retention: Retention;
  readonly rates: readonly ExchangeRate[];
  /** Keys of closed periods. */
  readonly closed: readonly string[];
}

/** All of it from the projections; null until the workspace's founding has arrived on this device. */
export async function readReference(reader: Reader): Promise<Reference | null> {
  const [
    workspaces,
    settings,
    departments,
    categories,
    vendors,
    projects,
    objectives,
    versions,
    people,
    rates,
    periods,
    members,
    invitations,
    delegations,
    retention,
  ] = await Promise.all([
    reader.reference('workspace'),
    reader.reference('settings'),
    reader.reference('departments'),
    reader.reference('categories'),
    reader.reference('vendors'),
    reader.reference('projects'),
    reader.reference('objectives'),
    reader.reference('versions'),
    reader.reference('people'),
    reader.reference('rates'),
    reader.reference('periods'),
    reader.reference('members'),
    reader.reference('invitations'),
    reader.reference('delegations'),
    reader.reference('retention'),
  ]);
  const [workspace] = workspaces;
  if (workspace === undefined) return null;
  const { name, baseCurrency, calendar, founder } = workspace;
  const everybody = membersWith(founder, members);
  return {
    name,
    baseCurrency,
    calendar,
    founder,
    locale: settings[0]?.locale ?? navigator.language,
    departments,
    categories,
    vendors: byName(vendors),
    projects: byName(projects),
    objectives: byName(objectives),
    versions: versions.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
    people: namesOf(everybody, people),
    members: everybody,
    invitations,
    delegations,
    retention: retentionOf({ ...(retention[0] && { retention: retention[0] }) }),
    rates,
    closed: periods.map(({ id }) => id),
  };
}

/** Workspaces from before there were roles mirror no members: whoever founded one owns it. */
function membersWith(founder: string, members: readonly Member[]): readonly Member[] {
  return members.some(({ id }) => id === founder) ? members : [founderOf(founder), ...members];
}

/** The decided names, and for those who never had one the name they gave themselves in an older app. */
function namesOf(members: readonly Member[], people: readonly Person[]): readonly Person[] {
  const given = new Map(people.map(({ id, name }) => [id, name]));
  const named = members.map(({ id, name }) => ({ id, name: name === '' ? (given.get(id) ?? '') : name }));
  const known = new Set(members.map(({ id }) => id));
  return [...named, ...people.filter(({ id }) => !known.has(id))].filter(({ name }) => name !== '');
}

function byName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return list.toSorted((a, b) => a.name.localeCompare(b.name));
}
