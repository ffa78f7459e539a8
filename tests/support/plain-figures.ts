/** Figures as text for the grid's tests: cents, a point before them, and a sentence for what is no number. */
import { err, ok, type Result } from '#lib/domain/result.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export function wholeText(minor: number): string {
  return whole.format(minor / 100);
}

export function exactText(minor: number): string {
  return (minor / 100).toFixed(2);
}

export function parseFigure(text: string): Result<number, string> {
  const number = Number(text.replaceAll(',', ''));
  if (text === '' || Number.isNaN(number)) return err('This is not an amount. Type digits.');
  return ok(Math.round(number * 100));
}
