/** How many characters the widest cells need, so that no figure is ever cut. */
import type { Sheet } from './locks.ts';
import type { Ink } from './slots.ts';

export interface ColumnTexts {
  readonly amountText: number;
  readonly totalText: number;
}

/** Room for the arrow beside a difference. */
const arrow = 3;

export function columnTexts({ reading, mode }: Sheet, ink: Ink): ColumnTexts {
  const { amount, sum } = reading.largest();
  const beside = mode === 'variance' ? arrow : 0;
  const length = (largest: number): number => ink.figures.text(-largest, ink.currency).length + beside;
  return { amountText: length(amount), totalText: length(Math.max(amount, sum)) };
}
