/** What a row needs to know of the workspace to be counted: its calendar, its currency and its rates. */
import { periodOf } from '#lib/domain/fiscal/period.ts';
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { currencyOf } from '#lib/domain/money/currency.ts';
import { convert, rateOn, type ExchangeRate } from '#lib/domain/money/exchange-rate.ts';

export interface ProjectionContext {
  readonly calendar: FiscalCalendar;
  readonly baseCurrency: string;
  readonly rates: readonly ExchangeRate[];
}

/** The key of the period a date lies in; the empty text for no date, an impossible one, or an unknown calendar. */
export function periodKeyOf(context: ProjectionContext | null, date: string | null): string {
  return context === null || !isIsoDate(date) ? '' : periodOf(context.calendar, date).key;
}

/** An amount in the base currency at the rate of a day, or of the latest before it; NaN when there is none. (S16) */
export function inBaseCurrency(
  context: ProjectionContext | null,
  amount: number,
  currency: string,
  date: string,
): number {
  if (context === null) return NaN;
  const { baseCurrency, rates } = context;
  if (currency === baseCurrency) return amount;
  if (currencyOf(currency) === undefined) return NaN;
  const rate = rateOn(rates, currency, baseCurrency, date);
  const converted = rate === undefined ? undefined : convert(amount, currency, baseCurrency, rate.rate);
  return converted?.ok === true ? converted.value : NaN;
}
