/** `plan/<version>/<area>`: the budget lines of one area in one version, with the drivers that feed them. */
import * as v from 'valibot';
import type { BudgetLine, Phases } from '#lib/domain/budget/line.ts';
import { isPeriodKey } from './document-name.ts';
import { driversSchema, yearsSchema } from './read-drivers.ts';
import { currencyCode, minorUnits, nature, optionalText, reference, text } from './field-readers.ts';
import type { RecordSchema } from './record-schema.ts';

/**
 * A budget line with its money. In the document each phase is a field of its own, named by its period, so two people
 * in different months of one line never meet: revise a phase by `revise(line, { '2027-03': 120_000 }, by)`. (D12)
 */
export interface PlannedLine extends BudgetLine {
  /** What was typed in; it stays, and counts for nothing, while there is a formula. */
  readonly phases: Phases;
  /** As `printFormula` writes it, naming drivers and lines of its own document by their ids; null for figures. (D24) */
  readonly formula: string | null;
}

/** What a line says of itself, its money and its formula excluded. */
export const lineFields = {
  id: text,
  name: text,
  nature,
  categoryId: reference,
  departmentId: reference,
  vendorId: reference,
  projectId: reference,
  objectiveId: reference,
  ownerId: reference,
  currency: currencyCode,
  spend: v.picklist(['opex', 'capex']),
  purpose: v.picklist(['run', 'grow', 'transform', 'unclassified']),
  note: text,
  archived: v.boolean(),
  order: v.number(),
};

const readLine = v.object({ ...lineFields, formula: optionalText });
const readPhases = v.record(text, minorUnits);

const lines: RecordSchema<PlannedLine> = {
  columns: [
    'name',
    'nature',
    'categoryId',
    'departmentId',
    'vendorId',
    'projectId',
    'objectiveId',
    'ownerId',
    'currency',
    'spend',
    'purpose',
    'note',
    'archived',
    'order',
  ],
  reader: v.pipe(
    v.record(text, v.unknown()),
    v.transform((fields) => ({ line: fields, phases: phaseFields(fields) })),
    v.object({ line: readLine, phases: readPhases }),
    v.transform(({ line, phases }) => ({ ...line, phases })),
  ),
  // A line of figures is stored as it always was, so that it has the same hash in every version of the app.
  toFields: ({ id: _id, phases, formula, ...line }) => ({
    ...line,
    ...(formula === null ? {} : { formula }),
    ...phases,
  }),
};

/** The fields that are named by a period. */
export function phaseFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isPeriodKey(name)));
}

export const planSchemas = { lines, drivers: driversSchema, years: yearsSchema };
