/** Currencies to choose from: those the workspace has rates for stand first. */
import type { Reference } from '#lib/app/reference.ts';
import { currencies, minorDigits } from '#lib/domain/money/currency.ts';
import type { Choice } from '#lib/ui/form/choice.ts';

export function currencyChoices({
  baseCurrency,
  rates,
}: Pick<Reference, 'baseCurrency' | 'rates'>): readonly Choice<string>[] {
  const used = [...new Set([baseCurrency, ...rates.flatMap(({ from, to }) => [from, to])])];
  const others = currencies.filter(({ code }) => !used.includes(code)).map(({ code }) => code);
  return [
    ...used.map((code) => ({ value: code, label: code, group: 'Used here' })),
    ...others.map((code) => ({ value: code, label: code, group: 'All currencies' })),
  ];
}

/** The minor units of another currency that are written with the same figures: 12.34 stays 12.34, or 12 in yen. */
export function sameFigure(of: { readonly amount: number; readonly currency: string }, currency: string): number {
  return Math.round(of.amount * 10 ** (minorDigits(currency) - minorDigits(of.currency)));
}
