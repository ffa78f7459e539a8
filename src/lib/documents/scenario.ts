/** `scenario/<scenario>/<area>`: what a scenario changes in one area's part of the plan, and what it rests on. */
import * as v from 'valibot';
import type { Phases } from '#lib/domain/budget/line.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import type { Assumption, Change, Scenario } from '#lib/domain/scenario/scenario.ts';
import { minorUnits, reference, text } from './field-readers.ts';
import { lineFields, phaseFields } from './plan.ts';
import type { Doc } from './new-document.ts';
import { openTables } from './open-tables.ts';
import { plainSchema, type RecordSchema } from './record-schema.ts';

/**
 * What the scenario is. Every part has one, whose id is the scenario's, so that whoever reads one area only knows it as
 * well; who renames a scenario writes it in each part that they may write.
 */
export interface ScenarioHead extends Omit<Scenario, 'changes' | 'assumptions'> {
  readonly note: string;
  readonly archived: boolean;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** Changes are made by `order`, then id. */
export interface ScenarioChange {
  readonly id: string;
  readonly order: number;
  readonly change: Change;
}

export interface ScenarioAssumption extends Assumption {
  readonly id: string;
  readonly order: number;
}

/** How a driver may turn out: `id` is the driver's, `parameters` are those of the kind, whatever they are called. */
export interface ScenarioDistribution {
  readonly id: string;
  readonly kind: string;
  readonly parameters: Readonly<Record<string, number | readonly number[]>>;
}

/** How two drivers move together, by their ids. */
export interface ScenarioCorrelation {
  readonly id: string;
  readonly one: string;
  readonly other: string;
  /** From -1 to 1. */
  readonly value: number;
}

const heads = plainSchema<ScenarioHead>(
  [],
  v.object({
    id: text,
    name: text,
    ownerId: reference,
    over: v.union([v.object({ versionId: text }), v.object({ scenarioId: text })]),
    probability: reference,
    note: text,
    archived: v.boolean(),
    createdAt: text,
    createdBy: text,
  }),
);

const content = v.union([
  v.object({ formula: text }),
  v.object({ values: v.array(v.object({ from: v.nullable(text), value: text })) }),
]);

const driver = v.object({ kind: v.literal('driver'), id: text, name: text, unit: text, content });

const line = v.object(lineFields);

/** A change as it is stored: what it gives to periods stands beside it. */
const stored = v.variant('kind', [
  v.object({ kind: v.literal('add-driver'), driver }),
  v.object({ kind: v.literal('set-driver'), driverId: text, content }),
  v.object({ kind: v.literal('add-line'), line: v.object({ line, formula: v.nullable(text) }) }),
  v.object({ kind: v.literal('drop-line'), lineId: text }),
  v.object({ kind: v.literal('set-formula'), lineId: text, formula: text }),
  v.object({ kind: v.literal('set-phases'), lineId: text }),
  v.object({ kind: v.literal('scale-line'), lineId: text, percent: text, from: v.nullable(text) }),
  v.object({ kind: v.literal('move-line'), lineId: text, periods: v.pipe(v.number(), v.integer()) }),
  v.object({ kind: v.literal('stop-line'), lineId: text, from: text }),
]);
type StoredChange = v.InferOutput<typeof stored>;

/** The amounts of a change are fields of their own, named by their periods, so that two people in two months both win. */
const changes: RecordSchema<ScenarioChange> = {
  columns: [],
  reader: v.pipe(
    v.record(text, v.unknown()),
    v.transform((fields) => ({ ...fields, phases: phaseFields(fields) })),
    v.object({ id: text, order: v.number(), change: stored, phases: v.record(text, minorUnits) }),
    v.transform(({ id, order, change, phases }) => ({ id, order, change: withPhases(change, phases) })),
  ),
  toFields: ({ order, change }) => ({ order, ...changeFields(change) }),
};

/** A change as the fields that it is stored in. */
export function changeFields(change: Change): Readonly<Record<string, JsonValue>> {
  const [bare, phases] = withoutPhases(change);
  return { change: bare, ...phases };
}

function withoutPhases(change: Change): readonly [StoredChange, Phases] {
  if (change.kind === 'set-phases') return [{ kind: change.kind, lineId: change.lineId }, change.phases];
  if (change.kind !== 'add-line') return [change as StoredChange, {}];
  const { phases, ...rest } = change.line;
  return [{ kind: change.kind, line: rest }, phases];
}

function withPhases(change: StoredChange, phases: Phases): Change {
  if (change.kind === 'set-phases') return { ...change, phases };
  return change.kind === 'add-line' ? { ...change, line: { ...change.line, phases } } : change;
}

const assumptions = plainSchema<ScenarioAssumption>([], v.object({ id: text, text, source: text, order: v.number() }));

const distributions = plainSchema<ScenarioDistribution>(
  [],
  v.object({ id: text, kind: text, parameters: v.record(text, v.union([v.number(), v.array(v.number())])) }),
);

const correlations = plainSchema<ScenarioCorrelation>(
  [],
  v.object({ id: text, one: text, other: text, value: v.number() }),
);

// No columns: an app that does not know scenarios reads, merges and takes back what stands in them all the same.
const scenarioSchemas = { heads, changes, assumptions, distributions, correlations };

export const openScenario = (doc: Doc) => openTables(doc, scenarioSchemas);
