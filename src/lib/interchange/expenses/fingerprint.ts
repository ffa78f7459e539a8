/** By what an imported row is known again. (X12) */
import { hashText } from '../text-hash.ts';

export interface RowFacts {
  readonly date: string | null;
  readonly currency: string;
  readonly amount: number;
  readonly vendorText: string;
  readonly invoiceNumber: string;
  readonly description: string;
  readonly categoryText: string;
  readonly departmentText: string;
  readonly projectText: string;
}

/** Marks this way of making fingerprints: another way would need another mark, so that old ones are still told apart. */
const VERSION = '1';

/**
 * Names what happened (date, amount, vendor, number, description), not how the file writes it. How the file codes it
 * counts only where there is no number: a later re-coding keeps the row, two departments' equal purchases stay two.
 */
export function factsKey(facts: RowFacts): string {
  const number = plain(facts.invoiceNumber);
  const what = [
    facts.date ?? '',
    facts.currency,
    facts.amount,
    plain(facts.vendorText),
    number,
    plain(facts.description),
  ];
  if (number === '') what.push(plain(facts.categoryText), plain(facts.departmentText), plain(facts.projectText));
  return VERSION + hashText(what.join('\u001f'));
}

/** The `occurrence`-th row with these facts in a file, from 1: of two equal rows each has a fingerprint of its own. */
export function fingerprint(key: string, occurrence: number): string {
  return `${key}-${occurrence}`;
}

/** Case, spacing and the way accents are encoded do not count. */
function plain(text: string): string {
  const trimmed = text.trim().toLowerCase();
  return /^(?:[!-~]| (?! ))*$/.test(trimmed) ? trimmed : trimmed.normalize('NFC').replace(/\s+/g, ' ');
}
