/** Currencies that the workspace uses and has no rate for: their amounts are in no total and cannot be posted. */
import { rateOn } from '#lib/domain/money/exchange-rate.ts';
import type { Reader } from './reader.ts';
import type { Reference } from './reference.ts';

export interface Unpriced {
  readonly currency: string;
  /** ISO date from which a rate is needed: the earliest use; null when no use has a date. */
  readonly from: string | null;
}

/** How many rows without a rate are looked at; more of them would hardly name another currency. */
const LOOKED_AT = 300;

export async function unpriced(reader: Reader, reference: Reference): Promise<readonly Unpriced[]> {
  const uses = [...(await ofRows(reader)), ...(await ofPlans(reader, reference))];
  const byCurrency = Map.groupBy(uses, ({ currency }) => currency);
  return [...byCurrency]
    .map(([currency, all]) => ({
      currency,
      from: all.map(({ from }) => from).reduce((a, b) => (a === null || (b !== null && b < a) ? b : a)),
    }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

async function ofRows(reader: Reader): Promise<readonly Unpriced[]> {
  const query = { filter: {}, sort: { by: 'amount', descending: true } } as const;
  const { totals } = await reader.list({ ...query, offset: 0, limit: 0 });
  if (totals.unconverted === 0) return [];
  // Rows without an amount in the base currency come last.
  const { ids } = await reader.list({ ...query, offset: totals.rows - totals.unconverted, limit: LOOKED_AT });
  const rows = await reader.rowsByIds(ids);
  return rows.flatMap(({ baseAmount, expense, entry }) => {
    const { currency, date } = expense ?? entry ?? { currency: '', date: null };
    return baseAmount === null && currency !== '' ? [{ currency, from: date }] : [];
  });
}

async function ofPlans(reader: Reader, reference: Reference): Promise<readonly Unpriced[]> {
  const { versions, rates, baseCurrency } = reference;
  const lines = await Promise.all(versions.filter(({ archived }) => !archived).map(({ id }) => reader.lines(id)));
  const currencies = new Set(lines.flat().flatMap(({ archived, currency }) => (archived ? [] : [currency])));
  const latest = '9999-12-31';
  return [...currencies]
    .filter((currency) => rateOn(rates, currency, baseCurrency, latest) === undefined)
    .map((currency) => ({ currency, from: null }));
}
