/** Percent complete as people write it. */
import { numeralReadings, type DecimalMark } from '../money/numeral.ts';
import { isComplete } from './indices.ts';

/** Hundredths of a percent of '42', '42.5 %' or '42,25'; null for what is none of 0 to 100 or finer than that. (EV2) */
export function completeFromText(text: string, decimal: DecimalMark): number | null {
  const [reading, ...others] = numeralReadings(text.replace(/\s*%\s*$/, '').trim(), decimal);
  if (reading === undefined || others.length > 0) return null;
  const [units = '', decimals = ''] = reading.split('.');
  if (decimals.length > 2 || units.length > 3) return null;
  const hundredths = Number(units) * 100 + Number(decimals.padEnd(2, '0'));
  return isComplete(hundredths) ? hundredths : null;
}
