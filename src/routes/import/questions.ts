/** What a column leaves open, as a question with both of its readings. */
import type { PaymentsImport } from '#lib/app/importing/payments-import.svelte.ts';
import { moneyText } from '#lib/ui/figure/figure-text.ts';
import type { Reading } from '#lib/ui/import/import-parts.ts';
import { longDate } from '../expenses/texts.ts';

type Decisions = PaymentsImport['decisions'];
type DateOrder = PaymentsImport['how']['dateOrder'];
type DecimalMark = PaymentsImport['how']['decimalMark'];

export interface Question<V extends string> {
  readonly question: string;
  readonly evidence: string;
  readonly readings: readonly Reading<V>[];
  readonly samples: readonly string[];
}

/** Null when the column itself tells. */
export function dateQuestion({ date }: Decisions, locale: string): Question<DateOrder> | null {
  if (date.kind !== 'ambiguous') return null;
  return {
    question: 'Which comes first in this file’s dates?',
    evidence:
      'Every date of this column can be read both ways, or its dates contradict each other. So it is yours to say.',
    readings: date.orders.map((order, i) => ({
      value: order,
      label: ORDERS[order],
      makes: date.samples.map(({ readings }) => {
        const read = readings[i];
        return read == null ? null : longDate(read, locale);
      }),
    })),
    samples: date.samples.map(({ text }) => text),
  };
}

const ORDERS: Readonly<Record<DateOrder, string>> = {
  dmy: 'Day, month, year',
  mdy: 'Month, day, year',
  ymd: 'Year, month, day',
};

/** Null when the column itself tells. */
export function decimalQuestion(
  { decimal, currency }: Pick<Decisions, 'decimal' | 'currency'>,
  locale: string,
): Question<DecimalMark> | null {
  if (decimal.kind !== 'ambiguous') return null;
  return {
    question: 'How does this file write its decimals?',
    evidence: 'Its amounts can be read both ways, and a thousand would become one. So it is yours to say.',
    readings: decimal.marks.map((mark, i) => ({
      value: mark,
      label: mark === '.' ? 'With a point: 1,234.56' : 'With a comma: 1.234,56',
      makes: decimal.samples.map(({ readings }) => {
        const minor = readings[i];
        return minor == null ? null : moneyText({ minor, currency }, locale, { currency: 'code' });
      }),
    })),
    samples: decimal.samples.map(({ text }) => text),
  };
}
