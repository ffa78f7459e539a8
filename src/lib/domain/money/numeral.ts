/** Figures with separators, and what they can mean. (M15, M16) */

/** Which character a writer puts before the cents. */
export type DecimalMark = '.' | ',';

/**
 * The plain decimals ('1234.56') that a numeral can stand for: none, one, or two where a single mark may close the
 * units or part the thousands ('1.234') and `decimal` does not say which; then the decimal reading comes first.
 * Spaces and apostrophes only ever part thousands. Groups are of three, or of two before the last three (India).
 */
export function numeralReadings(numeral: string, decimal?: DecimalMark): readonly string[] {
  const at = Math.max(numeral.lastIndexOf('.'), numeral.lastIndexOf(','));
  if (at === -1) return known(wholeNumber(numeral));
  const mark = numeral.charAt(at);
  const asGroups = wholeNumber(numeral);
  const asDecimal = decimalNumber(numeral.slice(0, at), numeral.slice(at + 1), mark);
  if (asGroups === undefined || asDecimal === undefined) return known(asDecimal ?? asGroups);
  if (decimal === undefined) return [asDecimal, asGroups];
  return [decimal === mark ? asDecimal : asGroups];
}

function decimalNumber(units: string, decimals: string, mark: string): string | undefined {
  if (units.includes(mark) || !/^\d*$/.test(decimals)) return undefined;
  const whole = units === '' && decimals !== '' ? '0' : wholeNumber(units);
  return whole === undefined ? undefined : `${whole}.${decimals}`;
}

const GROUPED = /^[1-9]\d{0,2}([ '.,])(?:\d{3}\1)*\d{3}$|^[1-9]\d?([ '.,])(?:\d{2}\2)*\d{3}$/;

function wholeNumber(text: string): string | undefined {
  if (/^\d+$/.test(text)) return text;
  return GROUPED.test(text) ? text.replaceAll(/[ '.,]/g, '') : undefined;
}

function known(reading: string | undefined): readonly string[] {
  return reading === undefined ? [] : [reading];
}
