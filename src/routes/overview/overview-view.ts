/** The Overview in words: its headline, what waits for somebody, and where its figures lead. */
import type { Workspace } from '#lib/app/workspace.svelte.ts';
import { formatMoney } from '#lib/domain/money/format.ts';
import type { Variance } from '#lib/domain/budget/variance.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodByKey, periodLabel } from '#lib/domain/fiscal/period.ts';
import type { PlanActualPoint } from '#lib/ui/chart/plan-actual.ts';

export type Overview = NonNullable<Workspace['overview']>;

/** Where the rows behind a figure are listed. */
export function expensesLink(params: Readonly<Record<string, string>>): string {
  return `/expenses?${new URLSearchParams(params).toString()}`;
}

export function varianceOf({ difference, ratio, favourable }: Overview['cost'], currency: string): Variance {
  return { difference: { minor: difference, currency }, ratio, favourable };
}

/** One sentence that says how the year stands, and how old it is. */
export function headline(
  overview: Overview,
  calendar: FiscalCalendar | undefined,
  locale: string,
): { readonly sentence: string; readonly asOf: string } {
  const { cost, currency, fiscalYear, asOf } = overview;
  const year = `FY${String(fiscalYear).slice(2)}`;
  const amount = (minor: number): string =>
    formatMoney({ minor, currency }, locale, { currency: 'code', precision: 'compact' });
  const percent = (ratio: string): string =>
    new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(Math.abs(Number(ratio)));
  const share = cost.ratio === null ? '' : ` (${percent(cost.ratio)})`;
  const size = amount(Math.abs(cost.difference));
  const sentence =
    overview.plan === null
      ? `${year} has cost ${amount(cost.actualToDate)} so far.`
      : cost.difference === 0
        ? `${year} has cost ${amount(cost.actualToDate)} so far, exactly as planned.`
        : `${year} has cost ${amount(cost.actualToDate)} so far, ${size} ${cost.difference > 0 ? 'over' : 'under'} plan${share}.`;
  const time = new Date(asOf).toLocaleString(locale, {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const month =
    calendar === undefined ? '' : ` Plan to date counts all of ${labelOf(overview.current, calendar, locale)}.`;
  return { sentence, asOf: `Cost in ${currency}, as of ${time}.${month}` };
}

export function chartPoints(
  { periods, current, plan }: Overview,
  calendar: FiscalCalendar,
  locale: string,
): PlanActualPoint[] {
  return periods.map((period) => ({
    key: period.key,
    label: labelOf(period.key, calendar, locale),
    name: labelOf(period.key, calendar, locale),
    plan: plan === null ? null : period.plan,
    actual: period.key > current ? null : period.actual,
    open: period.key === current,
  }));
}

/** The periods that "to date" covers, as the list of expenses takes them. */
export function toDate({ periods, current }: Overview): { readonly from: string; readonly to: string } {
  return { from: periods[0]?.key ?? current, to: current };
}

export function labelOf(key: string, calendar: FiscalCalendar, locale: string): string {
  const period = periodByKey(calendar, key);
  return period === undefined ? key : periodLabel(period, locale);
}

/** What waits for a person, each with the place to deal with it; `mayPost`: whether that place lets them. */
export function waiting(
  { counts, currency }: Overview,
  locale: string,
  mayPost: boolean,
): { readonly text: string; readonly href: string; readonly action: string }[] {
  const cost = formatMoney({ minor: counts.unpostedCost, currency }, locale, { currency: 'code' });
  const items = [
    {
      count: counts.unposted,
      text: `${countOf(counts.unposted, 'expense is', 'expenses are')} not posted yet (${cost}) and not counted here.`,
      href: '/expenses?state=unposted',
      action: mayPost ? 'Look and post' : 'Look',
    },
    {
      count: counts.returned,
      text: `${countOf(counts.returned, 'expense was', 'expenses were')} returned.`,
      href: '/expenses?state=returned',
      action: 'See why',
    },
    {
      count: counts.undated,
      text: `${countOf(counts.undated, 'expense has', 'expenses have')} no known date.`,
      href: '/expenses?undated=1',
      action: 'Look',
    },
    {
      count: counts.unconverted,
      text: `${countOf(counts.unconverted, 'amount has', 'amounts have')} no rate into ${currency} and ${counts.unconverted === 1 ? 'is' : 'are'} not counted.`,
      href: '/settings/currencies',
      action: 'Add a rate',
    },
    {
      count: counts.withoutFigures,
      text: `${countOf(counts.withoutFigures, 'budget line has', 'budget lines have')} a formula without figures, so the plan here is too low.`,
      href: '/budget',
      action: 'Look',
    },
    {
      count: counts.conflicts,
      text: `${countOf(counts.conflicts, 'value was', 'values were')} changed by two people at the same time. Both are kept.`,
      href: '/budget?review=1',
      action: 'Review',
    },
    {
      count: counts.incomplete,
      text: `Parts of ${countOf(counts.incomplete, 'document', 'documents')} have not arrived yet, so figures here may be too low.`,
      href: '/settings/data',
      action: 'Details',
    },
    {
      count: counts.unreadable,
      text: `${countOf(counts.unreadable, 'record', 'records')} cannot be read and ${counts.unreadable === 1 ? 'is' : 'are'} not counted. Nothing was deleted.`,
      href: '/settings/data',
      action: 'Details',
    },
  ];
  return items.filter(({ count }) => count > 0).map(({ text, href, action }) => ({ text, href, action }));
}

function countOf(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
