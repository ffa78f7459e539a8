/** The longest texts of the columns, so that these are wide enough and no figure is ever cut. */
import type { Sheet } from './locks.ts';
import type { Ink } from './slots.ts';

export interface ColumnTexts {
  readonly amount: string;
  readonly total: string;
}

export function columnTexts({ reading, mode }: Sheet, { figures, currency }: Ink): ColumnTexts {
  const { amounts, sums } = reading.extremes();
  const beside = mode === 'variance' ? '+▲▲' : '';
  const text = (figure: number): string => figures.text(figure, currency) + beside;
  const amount = longer(text(amounts.most), text(amounts.least));
  return { amount, total: longer(amount, longer(text(sums.most), text(sums.least))) };
}

function longer(a: string, b: string): string {
  return b.length > a.length ? b : a;
}
