/** A chosen scenario as edits of a draft: what differs, and what the draft has changed meanwhile. (SC10, SC11) */
import type { Phases } from '#lib/domain/budget/line.ts';
import type { Driver } from '#lib/domain/expression/definition.ts';
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import type { Plan, PlanLine } from './plan.ts';

export type PlanEdit =
  | { readonly kind: 'add-driver'; readonly driver: Driver }
  | { readonly kind: 'set-driver'; readonly driver: Driver }
  | { readonly kind: 'add-line'; readonly line: PlanLine }
  | { readonly kind: 'archive-line'; readonly lineId: string }
  | { readonly kind: 'set-formula'; readonly lineId: string; readonly formula: string | null }
  /** Only the periods whose amounts change. */
  | { readonly kind: 'set-phases'; readonly lineId: string; readonly phases: Phases };

export interface Merge {
  /** What can be done as it is. */
  readonly edits: readonly PlanEdit[];
  /** Edits of what the draft no longer holds as the scenario found it: a person chooses. */
  readonly conflicts: readonly PlanEdit[];
}

/** What turns `base` into `wanted`, which was made of it by changes of scenarios. */
export function editsBetween(base: Plan, wanted: Plan): readonly PlanEdit[] {
  const drivers = new Map(base.drivers.map((driver) => [driver.id, driver]));
  const lines = new Map(base.lines.map((line) => [line.line.id, line]));
  return [
    ...wanted.drivers.flatMap((driver) => driverEdits(drivers.get(driver.id), driver)),
    ...wanted.lines.flatMap((line) => lineEdits(lines.get(line.line.id), line)),
  ];
}

/** The edits of `editsBetween(base, wanted)` on a draft that began as `base` and may have moved on. */
export function mergeInto(draft: Plan, base: Plan, wanted: Plan): Merge {
  const edits = editsBetween(base, wanted).flatMap((edit) => (isDone(edit, draft) ? [] : [edit]));
  const isMoved = (edit: PlanEdit): boolean => !isSameJson(touched(edit, draft), touched(edit, base));
  return { edits: edits.filter((edit) => !isMoved(edit)), conflicts: edits.filter(isMoved) };
}

/** The plan after the edits. */
export function withEdits(plan: Plan, edits: readonly PlanEdit[]): Plan {
  return edits.reduce(withEdit, plan);
}

function driverEdits(before: Driver | undefined, driver: Driver): PlanEdit[] {
  if (!before) return [{ kind: 'add-driver', driver }];
  return isSame(before, driver) ? [] : [{ kind: 'set-driver', driver }];
}

function lineEdits(before: PlanLine | undefined, after: PlanLine): PlanEdit[] {
  if (!before) return [{ kind: 'add-line', line: after }];
  if (before === after) return [];
  const edits: PlanEdit[] = [];
  const lineId = after.line.id;
  if (after.line.archived && !before.line.archived) edits.push({ kind: 'archive-line', lineId });
  if (after.formula !== before.formula) edits.push({ kind: 'set-formula', lineId, formula: after.formula });
  const periods = Object.keys(after.phases).filter((key) => after.phases[key] !== (before.phases[key] ?? 0));
  const phases = Object.fromEntries(periods.map((key) => [key, after.phases[key] ?? 0]));
  if (periods.length > 0) edits.push({ kind: 'set-phases', lineId, phases });
  return edits;
}

function withEdit(plan: Plan, edit: PlanEdit): Plan {
  switch (edit.kind) {
    case 'add-driver':
      return { ...plan, drivers: [...plan.drivers, edit.driver] };
    case 'set-driver':
      return { ...plan, drivers: plan.drivers.map((each) => (each.id === edit.driver.id ? edit.driver : each)) };
    case 'add-line':
      return { ...plan, lines: [...plan.lines, edit.line] };
    default:
      return {
        ...plan,
        lines: plan.lines.map((each) => (each.line.id === edit.lineId ? withLineEdit(each, edit) : each)),
      };
  }
}

function withLineEdit(planned: PlanLine, edit: Extract<PlanEdit, { readonly lineId: string }>): PlanLine {
  switch (edit.kind) {
    case 'archive-line':
      return { ...planned, line: { ...planned.line, archived: true } };
    case 'set-formula':
      return { ...planned, formula: edit.formula };
    case 'set-phases':
      return { ...planned, phases: { ...planned.phases, ...edit.phases } };
  }
}

/** What an edit is about, as a plan holds it: two plans that hold the same agree on the edit. */
function touched(edit: PlanEdit, plan: Plan): JsonValue {
  if (edit.kind === 'add-driver' || edit.kind === 'set-driver') {
    return asJson(plan.drivers.find(({ id }) => id === edit.driver.id) ?? null);
  }
  const id = edit.kind === 'add-line' ? edit.line.line.id : edit.lineId;
  const planned = plan.lines.find(({ line }) => line.id === id);
  if (!planned || edit.kind === 'add-line') return planned ? id : null;
  if (edit.kind === 'archive-line') return planned.line.archived;
  if (edit.kind === 'set-formula') return [planned.formula];
  return [
    planned.line.archived,
    planned.formula === null,
    ...Object.keys(edit.phases).map((key) => planned.phases[key] ?? 0),
  ];
}

/** Whether the draft already is as the edit would make it. */
function isDone(edit: PlanEdit, draft: Plan): boolean {
  return edit.kind !== 'add-line' && isSame(withEdit(draft, edit), draft);
}

function isSame(a: object, b: object): boolean {
  return isSameJson(asJson(a), asJson(b));
}

function asJson(value: object | null): JsonValue {
  return value as JsonValue;
}
