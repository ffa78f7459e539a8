/** The text of an amount made plain: one kind of digit, space, minus and apostrophe, whatever keyboard wrote it. (M14) */

const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** What parts thousands in Switzerland, as keyboards have it, and the Arabic thousands mark, which does the same. */
const APOSTROPHES = /[\u2018\u2019\u02bc\u2032\u00b4\u066c]/g;
const FOREIGN_DIGITS = /[٠-٩۰-۹०-९০-৯၀-၉]/g;
const DIGITS_BY_SCRIPT = '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯၀၁၂၃၄၅၆၇၈၉';

/** Full-width forms become ASCII (NFKC), no-break spaces become spaces, dashes and minus signs become `-`. */
export function plainText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.trim();
  return text
    .replaceAll(APOSTROPHES, "'")
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(FOREIGN_DIGITS, (digit) => String(DIGITS_BY_SCRIPT.indexOf(digit) % 10))
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('\u066b', '.')
    .replaceAll(/\s/g, ' ')
    .trim();
}
