/** What the grid is given, made from a plan, its reference data and what was spent. */
import type { Standing } from '#lib/app/approvals/standing.ts';
import type { BudgetSheet } from '#lib/app/budget-sheet.svelte.ts';
import type { Reference } from '#lib/app/reference.ts';
import { periodLabel, type Period } from '#lib/domain/fiscal/period.ts';
import { convert, rateOn } from '#lib/domain/money/exchange-rate.ts';
import { categoryTree } from '#lib/domain/organisation/category-tree.ts';
import { ROOT_DEPARTMENT, type Department } from '#lib/domain/organisation/department.ts';
import { areaOf, treeOn } from '#lib/domain/organisation/department-tree.ts';
import type { CellConflict } from '#lib/ui/grid/marks.ts';
import type { Figures, SheetColumn, SheetGroup, SheetLine } from '#lib/ui/grid/sheet.ts';

export type PlannedLine = BudgetSheet['lines'][number];
export type Conflict = BudgetSheet['conflicts'][number];
type Version = Conflict['visible'];

export type Grouping = 'category' | 'department';

/** Why the lines of each sealed part cannot be changed, by area. */
export function lockSentences(standings: readonly Standing[]): ReadonlyMap<string, string> {
  return new Map(
    standings.flatMap(({ area, request }) => {
      if (request === null) return [];
      const areas = area === null ? request.areas : [area];
      return areas.map((each) => [each, LOCKS[request.status === 'open' ? 'open' : 'approved']] as const);
    }),
  );
}

const LOCKS = {
  open: 'This is submitted and waits for approval. Withdraw it to change it.',
  approved: 'This is approved. It changes by a transfer or an amendment.',
};

/**
 * The area whose part takes a new line: its department's; without a department the first that can be written, so that
 * whoever plans for one area adds lines there. The root's where nothing can be.
 */
export function areaForNew(
  departments: readonly Department[],
  department: string | null,
  locks: Pick<ReadonlyMap<string, unknown>, 'has'>,
): string {
  if (department !== null) return areaOf(departments, department);
  const areas = [ROOT_DEPARTMENT, ...departments.filter(({ area }) => area).map(({ id }) => id)];
  return areas.find((area) => !locks.has(area)) ?? ROOT_DEPARTMENT;
}

export function sheetLines(
  lines: readonly PlannedLine[],
  grouping: Grouping,
  baseCurrency: string,
  lockOf: (line: string) => string | undefined,
): SheetLine[] {
  return lines.map((line) => ({
    id: line.id,
    label: line.name,
    groupId: grouping === 'category' ? line.categoryId : line.departmentId,
    nature: line.nature,
    currency: line.currency,
    ...tagOf(line, baseCurrency),
    ...lockedBy(lockOf(line.id) ?? formulaLock(line)),
  }));
}

function tagOf({ currency, formula, fault }: PlannedLine, baseCurrency: string): Pick<SheetLine, 'tag'> {
  const words = [
    currency === baseCurrency ? '' : currency,
    formula === null ? '' : fault === undefined ? 'ƒ' : 'ƒ no figures',
  ];
  const tag = words.filter((word) => word !== '').join(' ');
  return tag === '' ? {} : { tag };
}

/** Months of a line by formula are not typed. */
function formulaLock({ formula, fault }: PlannedLine): string | undefined {
  if (formula === null) return undefined;
  return fault === undefined
    ? 'This line is worked out by a formula. Open the line to change it.'
    : 'The formula of this line gives no figures. Open the line to see why.';
}

function lockedBy(locked: string | undefined): Pick<SheetLine, 'locked'> {
  return locked === undefined ? {} : { locked };
}

/** Groups that hold lines, with everything above them, in the order of their tree. */
export function sheetGroups(reference: Reference, lines: readonly SheetLine[], grouping: Grouping): SheetGroup[] {
  const all = grouping === 'category' ? categoryGroups(reference) : departmentGroups(reference);
  const byId = new Map(all.map((group) => [group.id, group]));
  const needed = new Set<string>();
  for (const { groupId } of lines) {
    for (let group = byId.get(groupId ?? ''); group !== undefined && !needed.has(group.id);) {
      needed.add(group.id);
      group = byId.get(group.parentId ?? '');
    }
  }
  return all.filter(({ id }) => needed.has(id));
}

function categoryGroups({ categories }: Reference): SheetGroup[] {
  return [...categoryTree(categories).values()].map(({ category: { id, name, parentId } }) => ({
    id,
    label: name,
    parentId,
  }));
}

function departmentGroups({ departments }: Reference): SheetGroup[] {
  return [...treeOn(departments).values()].map(({ id, name, parentId }) => ({ id, label: name, parentId }));
}

export function sheetColumns(periods: readonly Period[], closed: readonly string[], locale: string): SheetColumn[] {
  const months = periods.map((period) => ({
    kind: 'amount' as const,
    key: period.key,
    label: periodLabel(period, locale),
    name: periodName(period, locale),
    ...(closed.includes(period.key) ? { closed: true } : {}),
  }));
  const year = { kind: 'sum' as const, key: 'year', label: 'Year', name: 'Whole year', spreads: true };
  return [...months, { ...year, of: months.map(({ key }) => key) }];
}

/** `March 2027` for a month, `P03 FY27` for a period of weeks. */
function periodName(period: Period, locale: string): string {
  if (!/^\d{4}-\d{2}$/.test(period.key)) return periodLabel(period, locale);
  return new Date(`${period.key}-15T12:00:00`).toLocaleDateString(locale, { month: 'long', year: 'numeric' });
}

/** The same figures in the base currency, at the rate that held when each period began; no rate, no figure. */
export function inBase(
  figures: Figures,
  lines: readonly PlannedLine[],
  periods: readonly Period[],
  { baseCurrency, rates }: Reference,
): Figures {
  return new Map(
    periods.map(({ key, start }) => {
      const rateOf = new Map<string, string | null>();
      const source = figures.get(key) ?? new Float64Array(lines.length);
      const converted = Float64Array.from(lines, ({ currency }, index) => {
        const minor = source[index] ?? 0;
        if (currency === baseCurrency || Number.isNaN(minor)) return minor;
        if (!rateOf.has(currency)) rateOf.set(currency, rateOn(rates, currency, baseCurrency, start)?.rate ?? null);
        const rate = rateOf.get(currency);
        const base = rate == null ? undefined : convert(minor, currency, baseCurrency, rate);
        return base?.ok === true ? base.value : NaN;
      });
      return [key, converted];
    }),
  );
}

/** Actual less plan, where either is known. */
export function varianceFigures(plan: Figures, actual: Figures, periods: readonly Period[]): Figures {
  return new Map(
    periods.map(({ key }) => {
      const [planned, spent] = [plan.get(key), actual.get(key)];
      const count = Math.max(planned?.length ?? 0, spent?.length ?? 0);
      return [key, Float64Array.from({ length: count }, (_, index) => (spent?.[index] ?? 0) - (planned?.[index] ?? 0))];
    }),
  );
}

/** Conflicts about money, as chips on their cells; the others are listed beside the grid. */
export function cellConflicts(
  conflicts: readonly Conflict[],
  member: string,
  nameOf: (member: string | null) => string,
  when: (at: string | null) => string,
): CellConflict[] {
  return conflicts.flatMap((conflict) => {
    const [loser] = conflict.losers;
    const standing = minorOf(conflict.visible);
    const other = loser === undefined ? null : minorOf(loser);
    if (conflict.field === null || loser === undefined || standing === null || other === null) return [];
    return [
      {
        id: conflictId(conflict),
        line: conflict.id,
        column: conflict.field,
        standing: { minor: standing, by: nameOf(conflict.visible.member), when: when(conflict.visible.at) },
        other: { minor: other, by: nameOf(loser.member), when: when(loser.at) },
        otherIsMine: loser.member === member,
      },
    ];
  });
}

export function conflictId({ collection, id, field }: Conflict): string {
  return `${collection}|${id}|${field ?? ''}`;
}

function minorOf({ value }: Version): number | null {
  if (value === undefined) return 0;
  return typeof value === 'number' ? value : null;
}
