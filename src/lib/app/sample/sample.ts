/**
 * The sample workspace: everything Harbourlight would have after fourteen months with Outlay, made from a seed and
 * dated relative to `today`. Plain facts; what writes them is the same code that writes anybody's.
 */
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { type Period, periodsOfYear } from '#lib/domain/fiscal/period.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import { DEFAULT_CATEGORIES } from '#lib/domain/organisation/default-categories.ts';
import type { Objective } from '#lib/domain/organisation/objective.ts';
import type { Project } from '#lib/domain/organisation/project.ts';
import type { Vendor } from '#lib/domain/organisation/vendor.ts';
import { sampleDepartments, sampleLines, sampleObjectives, sampleProjects } from './harbourlight.ts';
import { planLines, type PlannedLine } from './plan.ts';
import { seededRandom } from './random.ts';
import { spend } from './spending.ts';

export interface SampleWorkspace {
  readonly name: string;
  readonly baseCurrency: string;
  readonly calendar: FiscalCalendar;
  readonly rates: readonly ExchangeRate[];
  readonly departments: typeof sampleDepartments;
  readonly vendors: readonly Vendor[];
  readonly projects: readonly Project[];
  readonly objectives: readonly Objective[];
  readonly version: BudgetVersion;
  readonly plan: readonly PlannedLine[];
  /** In date order: to be posted. */
  readonly posted: readonly Expense[];
  /** Captured in the last days and still in the inbox. */
  readonly waiting: readonly Expense[];
}

export interface SampleOptions {
  /** ISO date the story ends on. */
  readonly today: string;
  readonly member: string;
  /** Budget lines; 64 tells the whole story. */
  readonly lines?: number;
  /** Roughly how many expenses; about 1,900 when not said. */
  readonly expenses?: number;
}

const HISTORY_MONTHS = 14;

export function sampleWorkspace(options: SampleOptions): SampleWorkspace {
  const random = seededRandom(420_031);
  const calendar: FiscalCalendar = { pattern: 'months', startMonth: 1, namedBy: 'start' };
  const year = Number(options.today.slice(0, 4));
  const lines = options.lines ?? sampleLines.length;
  const vendors = vendorsOf(random);
  const version: BudgetVersion = {
    id: random.id(),
    name: `Budget FY${String(year).slice(2)}`,
    kind: 'budget',
    fiscalYear: year,
    parentId: null,
    createdAt: `${year}-01-04T09:00:00.000Z`,
    createdBy: options.member,
    archived: false,
  };
  const ids = {
    categoryByName: new Map(DEFAULT_CATEGORIES.map(({ name, id }) => [name, id])),
    vendorByName: new Map(vendors.map(({ name, id }) => [name, id])),
  };
  const plan = planLines(lines, periodsOfYear(calendar, year), ids, random);
  const history = historyOf(calendar, options.today);
  const perMonth = invoicesPerMonth(options.expenses ?? Math.max(1900, lines * 2), lines);
  const all = spend(plan, history, options.today, perMonth, options.member, random);
  const waitingCount = Math.min(23, all.length);
  return {
    name: 'Harbourlight',
    baseCurrency: 'EUR',
    calendar,
    rates: ratesOf(year),
    departments: sampleDepartments,
    vendors,
    projects: sampleProjects,
    objectives: sampleObjectives,
    version,
    plan,
    posted: all.slice(0, all.length - waitingCount),
    waiting: all.slice(all.length - waitingCount),
  };
}

/** The last fourteen months up to and including today's, from two fiscal years. */
function historyOf(calendar: FiscalCalendar, today: string): Period[] {
  const year = Number(today.slice(0, 4));
  const periods = [year - 2, year - 1, year].flatMap((fiscalYear) => periodsOfYear(calendar, fiscalYear));
  return periods.filter(({ start }) => start <= today).slice(-HISTORY_MONTHS);
}

function vendorsOf(random: { id(): string }): Vendor[] {
  const names = [
    ...new Set(sampleLines.map(({ vendor }) => vendor)),
    'Tugline Freight',
    'Harbour Catering',
    'Mooring Press',
  ];
  return names.map((name) => ({ id: random.id(), name, aliases: [name.toUpperCase()], note: '' }));
}

function ratesOf(year: number): ExchangeRate[] {
  const quarters = ['01-01', '04-01', '07-01', '10-01'];
  const dollars = ['0.9235', '0.9180', '0.9312', '0.9274'];
  const pounds = ['1.1702', '1.1655', '1.1738', '1.1690'];
  return [year - 1, year].flatMap((each) =>
    quarters.flatMap((quarter, index) => [
      { from: 'USD', to: 'EUR', rate: dollars[index] ?? '1', date: `${each}-${quarter}`, source: 'Sample rates' },
      { from: 'GBP', to: 'EUR', rate: pounds[index] ?? '1', date: `${each}-${quarter}`, source: 'Sample rates' },
    ]),
  );
}

/** How many invoices an even line gets in a month, on average, so that about `expenses` come out. */
function invoicesPerMonth(expenses: number, lines: number): number {
  return Math.max(1, Math.round(expenses / (lines * HISTORY_MONTHS * 0.6)));
}
