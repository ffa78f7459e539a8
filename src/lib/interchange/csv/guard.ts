/** Text cells that a spreadsheet would run as a formula, disarmed on the way out and restored on the way in. (X21) */

const RUNS = /^'*[=+\-@\t\r\0]/;
const GUARDED = /^'+[=+\-@\t\r\0]/;

/** The text with a single quote in front if a spreadsheet would take it for a formula (OWASP ASVS 1.2.10). */
export function guardText(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}

/** Takes back what `guardText` did: for every text, `unguardText(guardText(text))` is the text. */
export function unguardText(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}
