/** Starting a version from another one: last year's budget grown by some percent, or a forecast from the budget. */
import type { Period } from '../fiscal/period.ts';
import type { AmountOverflow } from '../money/money.ts';
import { roundQuotient } from '../money/rounding.ts';
import { assert, err, ok, type Result } from '../result.ts';
import { amountsOf, type BudgetLine, type Phases } from './line.ts';
import { spread } from './phasing.ts';
import type { BudgetVersion } from './version.ts';

/** A line with its figures in one version. */
export interface PlannedLine {
  readonly line: BudgetLine;
  readonly phases: Phases;
}

/** The version that a copy of `source` goes into. */
export function versionFrom(
  source: BudgetVersion,
  copy: Pick<BudgetVersion, 'id' | 'name' | 'kind' | 'fiscalYear' | 'createdAt' | 'createdBy'>,
): BudgetVersion {
  return { ...copy, parentId: source.id, archived: false };
}

/**
 * Lines as they stand in the copy. `growth` is percent as exact decimal text: '4' makes 100.00 into 104.00, '-2.5'
 * into 97.50. A figure that would no longer fit is refused with its line. (B7, B8)
 */
export function rollForward(
  lines: readonly PlannedLine[],
  from: readonly Period[],
  to: readonly Period[],
  growth: string,
): Result<readonly PlannedLine[], AmountOverflow & { readonly lineId: string }> {
  const copies: PlannedLine[] = [];
  for (const { line, phases } of lines) {
    if (line.archived) continue;
    const grown = grow(amountsOf(phases, from), growth);
    if (!grown) return err({ kind: 'too-large', currency: line.currency, lineId: line.id });
    copies.push({ line, phases: place(grown, to) });
  }
  return ok(copies);
}

interface Grown {
  readonly total: number;
  readonly amounts: readonly number[];
}

/** Largest remainder as in `allocate`, with parts of either sign: rounded down, then units to the largest fractions. */
function grow(amounts: readonly number[], growth: string): Grown | undefined {
  const { numerator, denominator } = factorOf(growth);
  const exact = amounts.map((amount) => BigInt(amount) * numerator);
  const total = roundQuotient(
    exact.reduce((sum, part) => sum + part, 0n),
    denominator,
    'half-even',
  );
  const parts = exact.map((part) => roundQuotient(part, denominator, 'floor'));
  const fractions = exact.map((part, i) => part - (parts[i] ?? 0n) * denominator);
  const missing = Number(parts.reduce((rest, part) => rest - part, total));
  const byFraction = fractions.map((fraction, i) => ({ fraction, i }));
  byFraction.sort((a, b) => (a.fraction > b.fraction ? -1 : a.fraction < b.fraction ? 1 : a.i - b.i));
  for (const { i } of byFraction.slice(0, missing)) parts[i] = (parts[i] ?? 0n) + 1n;

  const grown = { total: Number(total), amounts: parts.map(Number) };
  return [grown.total, ...grown.amounts].every(Number.isSafeInteger) ? grown : undefined;
}

function place({ total, amounts }: Grown, to: readonly Period[]): Phases {
  if (amounts.length !== to.length) return spread(total, { kind: 'even' }, to);
  return Object.fromEntries(to.map(({ key }, i) => [key, amounts[i] ?? 0]));
}

/** 1 + growth / 100 as an exact fraction. */
function factorOf(growth: string): { numerator: bigint; denominator: bigint } {
  assert(/^-?\d{1,6}(\.\d{1,12})?$/.test(growth), `${growth} is not a percentage`);
  const [units = '', decimals = ''] = growth.split('.');
  const denominator = 100n * 10n ** BigInt(decimals.length);
  return { numerator: denominator + BigInt(units + decimals), denominator };
}
