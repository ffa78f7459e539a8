/** A version of a plan as scenarios see it: its lines with what feeds them. */
import type { BudgetLine, Phases } from '#lib/domain/budget/line.ts';
import type { Definition, Driver, ModelLine, Table } from '#lib/domain/expression/definition.ts';

export interface Plan {
  readonly drivers: readonly Driver[];
  readonly tables: readonly Table[];
  readonly lines: readonly PlanLine[];
}

export interface PlanLine {
  readonly line: BudgetLine;
  /** What was typed in; not looked at where there is a formula. */
  readonly phases: Phases;
  /** As `printFormula` writes it. */
  readonly formula: string | null;
}

/** What the plan is worked out from. An archived line stays, without amounts, so that formulas may still name it. (SC3) */
export function definitionsOf({ drivers, tables, lines }: Plan): readonly Definition[] {
  return [...drivers, ...tables, ...lines.map(lineDefinition)];
}

function lineDefinition(planned: PlanLine): ModelLine {
  let definition = definitions.get(planned);
  if (!definition) definitions.set(planned, (definition = newDefinition(planned)));
  return definition;
}

/** A line that no scenario touches is one definition in all of them. */
const definitions = new WeakMap<PlanLine, ModelLine>();

function newDefinition({ line, phases, formula }: PlanLine): ModelLine {
  const { id, name, currency, nature, archived } = line;
  const content = archived ? { phases: {} } : formula === null ? { phases } : { formula };
  return { kind: 'line', id, name, currency, nature, content };
}
