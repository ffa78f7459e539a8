/** The drivers of one part of a plan, and the year that they are worked out in. */
import type { Driver } from '../expression/definition.ts';

/**
 * A driver as it is stored. Each dated value is a field of its own, named by its day, so two people who date different
 * values of one driver never meet: revise one by `revise(driver, { '2027-07-01': '12' }, by)`. (D22)
 */
export interface PlannedDriver {
  readonly id: string;
  readonly name: string;
  /** As `unitOf` reads it: 'head', 'EUR/head', '%', ''. */
  readonly unit: string;
  /** As `printFormula` writes it; null where the driver has dated values. */
  readonly formula: string | null;
  /** Plain decimal text by the ISO day it holds from, or by `EVER`; not looked at where there is a formula. */
  readonly values: Readonly<Record<string, string>>;
}

/** Names the value that holds from ever. */
export const EVER = 'ever';

/** One record, `year`: the fiscal year whose periods the formulas of this document run over. (D23) */
export interface PlannedYear {
  readonly id: string;
  readonly fiscalYear: number;
}

export const YEAR = 'year';

/** The driver that formulas see: its values in the order of their days. */
export function driverOf({ id, name, unit, formula, values }: PlannedDriver): Driver {
  if (formula !== null) return { kind: 'driver', id, name, unit, content: { formula } };
  const dated = Object.entries(values).map(([day, value]) => ({ from: day === EVER ? null : day, value }));
  dated.sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
  return { kind: 'driver', id, name, unit, content: { values: dated } };
}

/** A driver as it is stored. Its name and unit are in the bounds of what `drivers` reads. */
export function plannedDriver({ id, name, unit, content }: Driver): PlannedDriver {
  if ('formula' in content) return { id, name, unit, formula: content.formula, values: {} };
  const values = Object.fromEntries(content.values.map(({ from, value }) => [from ?? EVER, value]));
  return { id, name, unit, formula: null, values };
}
