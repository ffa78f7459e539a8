/** The control totals of a file, exact to what the file writes. (X16) */
import { minorDigits } from '#lib/domain/money/currency.ts';

export interface FileTotal {
  readonly currency: string;
  readonly rows: number;
  /** Minor units, each amount rounded to them. */
  readonly minor: number;
  /** Rows whose amount had more decimals than the currency. */
  readonly rounded: number;
  /** What that rounding left out, in billionths of a minor unit. */
  readonly lost: number;
}

interface Sum {
  rows: number;
  minor: number;
  rounded: number;
  lost: number;
  /** Sum at the last total row: what a subtotal starts from. */
  since: number;
}

export interface FileTotals {
  /** False, and nothing added, when the sum would leave the safe integers. */
  readonly add: (row: { readonly currency: string; readonly written: number; readonly lost: number }) => boolean;
  /** Whether this is the sum of the rows so far, two at least. */
  readonly isTotal: (currency: string, written: number) => boolean;
  /** Whether a total row states the sum so far, or the sum since the total row before it; starts the next subtotal. */
  readonly agrees: (currency: string, written: number) => boolean;
  readonly all: () => readonly FileTotal[];
}

export function fileTotals(): FileTotals {
  const sums = new Map<string, Sum>();
  return {
    add({ currency, written, lost }) {
      let sum = sums.get(currency);
      if (sum === undefined) sums.set(currency, (sum = { rows: 0, minor: 0, rounded: 0, lost: 0, since: 0 }));
      if (!Number.isSafeInteger(sum.minor + written)) return false;
      sum.rows += 1;
      sum.minor += written;
      sum.lost += lost;
      if (lost !== 0) sum.rounded += 1;
      return true;
    },
    isTotal(currency, written) {
      const sum = sums.get(currency);
      return sum !== undefined && sum.rows >= 2 && sum.minor === written;
    },
    agrees(currency, written) {
      const sum = sums.get(currency);
      if (sum === undefined) return written === 0;
      const agrees = [sum.minor, sum.minor - sum.since].some((stated) => Math.abs(stated) === Math.abs(written));
      sum.since = sum.minor;
      return agrees;
    },
    all: () =>
      [...sums]
        .map(([currency, { rows, minor, rounded, lost }]) => ({ currency, rows, minor, rounded, lost }))
        .sort((a, b) => b.rows - a.rows || (a.currency < b.currency ? -1 : 1)),
  };
}

const BILLIONTHS = 9;

/** The total as decimal text with every decimal the file wrote: '14165887.28', or '20.52022672899' where it wrote more. */
export function exactText(total: FileTotal): string {
  const digits = minorDigits(total.currency);
  const exact = BigInt(total.minor) * 10n ** BigInt(BILLIONTHS) + BigInt(total.lost);
  const figures = (exact < 0n ? -exact : exact).toString().padStart(digits + BILLIONTHS + 1, '0');
  const whole = figures.slice(0, -(digits + BILLIONTHS));
  const decimals = figures.slice(-(digits + BILLIONTHS)).replace(new RegExp(`0{0,${BILLIONTHS}}$`), '');
  return `${exact < 0n ? '-' : ''}${whole}${decimals === '' ? '' : '.'}${decimals}`;
}
