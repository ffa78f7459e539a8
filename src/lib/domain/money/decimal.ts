/** The one decimal of the house: 40 significant digits, half-even between steps. Import it only where a rate, ratio or division needs it. */
import { Decimal as Library } from 'decimal.js';

export const Decimal = Library.clone({
  precision: 40,
  rounding: Library.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
  defaults: true,
});
export type Decimal = Library;
