/** How drivers and their year are read and written. */
import * as v from 'valibot';
import { isDecimal } from '#lib/domain/expression/definition.ts';
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import { EVER, type PlannedDriver, type PlannedYear } from '#lib/domain/budget/driver.ts';
import { optionalText, text } from './field-readers.ts';
import { plainSchema, type RecordSchema } from './record-schema.ts';

const decimal = v.pipe(text, v.check(isDecimal, 'a plain decimal'));

// No columns: an older app, which does not know the collection, has the same content and the same hash.
export const driversSchema: RecordSchema<PlannedDriver> = {
  columns: [],
  reader: v.pipe(
    v.record(text, v.unknown()),
    v.transform((fields) => ({ driver: fields, values: datedFields(fields) })),
    v.object({
      driver: v.object({ id: text, name: text, unit: text, formula: optionalText }),
      values: v.record(text, decimal),
    }),
    v.transform(({ driver, values }) => ({ ...driver, values })),
  ),
  toFields: ({ id: _id, values, ...driver }) => ({ ...driver, ...values }),
};

export const yearsSchema: RecordSchema<PlannedYear> = plainSchema(
  [],
  v.object({ id: text, fiscalYear: v.pipe(v.number(), v.safeInteger()) }),
);

function datedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name === EVER || isIsoDate(name)));
}
