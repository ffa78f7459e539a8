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
  readonly people: readonly Person[];
  readonly rates: readonly ExchangeRate[];
  /** Keys of closed periods. */
  readonly closed: readonly string[];
}
