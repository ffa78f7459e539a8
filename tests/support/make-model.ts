import type { Definition, Driver, ModelLine } from '#lib/domain/expression/definition.ts';
import { modelOf, type Model } from '#lib/domain/expression/model.ts';
import { periodsOfYear, type Period } from '#lib/domain/fiscal/period.ts';

/** Calendar years of months, from 2027 on. */
export function monthsOf(years: number): readonly Period[] {
  const calendar = { pattern: 'months', startMonth: 1, namedBy: 'end' } as const;
  return Array.from({ length: years }, (_, i) => periodsOfYear(calendar, 2027 + i)).flat();
}

/** A driver by its formula, or by a value that holds from ever. Its name is its id. */
export function makeDriver(id: string, unit: string, content: string | { readonly value: string }): Driver {
  const given = typeof content === 'string' ? { formula: content } : { values: [{ from: null, ...content }] };
  return { kind: 'driver', id, name: id, unit, content: given };
}

/** A cost line in EUR by its formula, or by minor units in every month of 2027. Its name is its id. */
export function makeModelLine(id: string, content: string | number, fields: Partial<ModelLine> = {}): ModelLine {
  const given =
    typeof content === 'string'
      ? { formula: content }
      : { phases: Object.fromEntries(monthsOf(1).map(({ key }) => [key, content])) };
  return { kind: 'line', id, name: id, currency: 'EUR', nature: 'cost', content: given, ...fields };
}

/** The model of definitions that nothing is wrong with. */
export function makeModel(definitions: readonly Definition[], timeline = monthsOf(1)): Model {
  const model = modelOf(definitions, timeline);
  if (!model.ok) throw new Error(JSON.stringify(model.error));
  return model.value;
}
