/** Figures as the page writes them: a true minus sign, and variances in words that need no colour. */
import type { Variance } from '../../domain/budget/variance.ts';
import { formatMoney, type MoneyFormat } from '../../domain/money/format.ts';
import type { Money } from '../../domain/money/money.ts';

/** As `formatMoney`, with the minus sign that is as wide as a plus. */
export function moneyText(amount: Money, locale: string, format: MoneyFormat = {}): string {
  return withMinus(formatMoney(amount, locale, format));
}

/** Everything about an amount, for a screen reader where the eye sees a short form. */
export function fullText(amount: Money, locale: string): string {
  return moneyText(amount, locale, { currency: 'code' });
}

/** '+4.2 %' from the ratio '0.0416'; a dash where there is no plan to compare with. */
export function ratioText(ratio: string | null, locale: string): string {
  if (ratio === null) return '–';
  return withMinus(percent(locale).format(Number(ratio)));
}

export interface VarianceText {
  readonly arrow: '▲' | '▼' | '';
  readonly tone: 'over' | 'under' | 'even';
  readonly amount: string;
  readonly ratio: string;
  /** 'over plan, unfavourable': said, never left to the colour. */
  readonly words: string;
}

/** The arrow says which way the figure went, the tone whether that is bad (rust) or good (blue). */
export function varianceText(variance: Variance, locale: string, format: MoneyFormat = {}): VarianceText {
  const { difference, favourable } = variance;
  const up = difference.minor > 0;
  if (favourable === null) {
    const [amount, ratio] = [moneyText(difference, locale, format), ratioText('0', locale)];
    return { arrow: '', tone: 'even', amount, ratio, words: 'on plan' };
  }
  return {
    arrow: up ? '▲' : '▼',
    tone: favourable ? 'under' : 'over',
    amount: moneyText(difference, locale, { ...format, sign: 'always' }),
    ratio: ratioText(variance.ratio, locale),
    words: `${up ? 'over' : 'under'} plan, ${favourable ? 'favourable' : 'unfavourable'}`,
  };
}

function withMinus(text: string): string {
  return text.replace('-', '−');
}

const percents = new Map<string, Intl.NumberFormat>();

function percent(locale: string): Intl.NumberFormat {
  const known = percents.get(locale);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat(locale, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  percents.set(locale, format);
  return format;
}
