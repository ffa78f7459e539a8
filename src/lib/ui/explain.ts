/** Turns what was refused into a sentence that says what to do next. One function for each family of refusals. */
import type { AmountRefusal } from '../domain/money/parse.ts';

export function explainAmount(refusal: AmountRefusal): string {
  switch (refusal.kind) {
    case 'empty':
      return 'Type an amount, such as 1,234.56.';
    case 'not-a-number':
      return 'This does not read as an amount. Type figures such as 1,234.56, 12k or =12*450.';
    case 'ambiguous':
      return `This can mean ${refusal.readings[0]} or ${refusal.readings[1]}. Type the one you mean, without separators.`;
    case 'division-by-zero':
      return 'This divides by zero. Correct the calculation.';
    case 'too-precise':
      return refusal.digits === 0
        ? `${refusal.currency} has no decimals. Type a whole amount.`
        : `${refusal.currency} has ${refusal.digits} decimals. Round the amount to that.`;
    case 'too-large':
      return `This is more than an amount in ${refusal.currency} can hold. Check the number of zeros.`;
    case 'unknown-currency':
      return `${refusal.currency} is not a known currency code. Use one such as EUR or USD.`;
    case 'other-currency':
      return `This names ${refusal.found}, but the amount is in ${refusal.currency}. Change the currency first.`;
  }
}

/** What can be wrong with a date that a person or a file gives. */
export type DateRefusal =
  | { readonly kind: 'empty' }
  | { readonly kind: 'not-a-date'; readonly text: string }
  | { readonly kind: 'ambiguous'; readonly text: string }
  | { readonly kind: 'out-of-range'; readonly text: string };

export function explainDate(refusal: DateRefusal): string {
  switch (refusal.kind) {
    case 'empty':
      return 'Choose a date.';
    case 'not-a-date':
      return `“${refusal.text}” is not a date. Use year-month-day, such as 2026-11-14.`;
    case 'ambiguous':
      return `“${refusal.text}” can be read in two ways. Say which comes first, the day or the month.`;
    case 'out-of-range':
      return `“${refusal.text}” is too far away to be meant. Check the year.`;
  }
}

/** For what has no sentence of its own yet: says that nothing was lost and names the kind, for whoever is asked. */
export function explainOther(refusal: { readonly kind: string }): string {
  return `This did not work (${refusal.kind.replaceAll('-', ' ')}). Nothing was lost; try again.`;
}
