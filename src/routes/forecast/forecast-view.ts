/** The forecast page in words and figures: what its chart, its table and its sentences are given. */
import type { Forecasted, ForecastsAnswer } from '#lib/app/forecasting/ask-forecasts.ts';
import { fanOf, outlookOf } from '#lib/app/forecasting/outlook.ts';
import { cutLabel, type warningsOf } from '#lib/app/forecasting/words.ts';
import type { Reference } from '#lib/app/reference.ts';
import { variance } from '#lib/domain/budget/variance.ts';
import { periodByKey, periodLabel, yearLabel } from '#lib/domain/fiscal/period.ts';
import { money } from '#lib/domain/money/money.ts';
import type { FanPoint } from '#lib/ui/chart/fan.ts';
import { moneyText, ratioText } from '#lib/ui/figure/figure-text.ts';

export type Row = Forecasted;
export type Answer = ForecastsAnswer;
export type Words = Parameters<typeof warningsOf>[1];

/** How figures, people and periods are written in the sentences of a forecast. */
export function wordsFor(answer: Answer, { calendar, locale }: Reference, person: (id: string) => string): Words {
  return {
    amount: (minor) =>
      moneyText(money(Math.round(minor), answer.currency), locale, { currency: 'code', precision: 'whole' }),
    person,
    period: (key) => {
      const cut = periodByKey(calendar, key);
      return cut === undefined ? key : periodLabel(cut, locale);
    },
  };
}

/** Names a row in the page's address. */
export function rowKey({ nature, id }: Pick<Row, 'nature' | 'id'>): string {
  return `${nature}:${id}`;
}

export function fanPoints(row: Row, answer: Answer, reference: Reference): FanPoint[] {
  const remarks = remarksOf(row, answer, reference);
  return fanOf(row, answer).map(({ period, planned, actual, isOpen, expected, ranges }) => {
    const name = cutLabel(period, reference, answer.asked.grain);
    const remark = remarks.get(period.key);
    return {
      key: period.key,
      label: name,
      name,
      plan: planned,
      actual,
      open: isOpen,
      expected,
      ranges,
      ...(remark === undefined ? {} : { remark }),
    };
  });
}

/** What is odd about single figures of the history, in a sentence, by period. */
function remarksOf({ made }: Row, { currency }: Answer, { locale }: Reference): ReadonlyMap<string, string> {
  const text = (minor: number): string =>
    moneyText(money(Math.round(minor), currency), locale, { currency: 'none', precision: 'whole' });
  return new Map(
    (made?.warnings ?? []).flatMap((warning): [string, string][] => {
      if (warning.kind === 'shifted') return [[warning.period, `The level changed by ${text(warning.by)} here.`]];
      if (warning.kind !== 'outliers') return [];
      return warning.figures.map(({ period, expected }) => [
        period,
        `Far from what was to be expected, about ${text(expected)}.`,
      ]);
    }),
  );
}

/** One sentence that says what the year is heading for. */
export function headingFor(row: Row, answer: Answer, { calendar, locale }: Reference): string {
  const { planned, atCompletion, rest } = outlookOf(row, answer, calendar);
  const { currency, asked } = answer;
  const amount = (minor: number): string =>
    moneyText(money(minor, currency), locale, { currency: 'code', precision: 'compact' });
  const year = yearLabel(calendar, asked.fiscalYear);
  const heads = `${year} is heading for ${amount(atCompletion)}`;
  const basis = rest === 'plan' ? ' No forecast can be made, so the plan stands in for the rest of the year.' : '';
  if (planned === 0) return `${heads}; nothing is planned here.${basis}`;
  const { difference, ratio } = variance(money(planned, currency), money(atCompletion, currency), row.nature);
  if (difference.minor === 0) return `${heads}, exactly as planned.${basis}`;
  const way = difference.minor > 0 ? 'over' : 'under';
  return `${heads} against a plan of ${amount(planned)}: ${amount(Math.abs(difference.minor))} ${way} (${ratioText(ratio, locale)}).${basis}`;
}

/** '12.3 %' of a share; a dash for none. */
export function shareText(share: number | null, locale: string): string {
  if (share === null) return '–';
  return share.toLocaleString(locale, { style: 'percent', maximumFractionDigits: 1 });
}
