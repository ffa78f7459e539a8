/** Makes the changes of scenarios on a plan, which itself stays as it is. (SC3, SC5 to SC9) */
import type { Phases } from '#lib/domain/budget/line.ts';
import { amountsOf } from '#lib/domain/budget/line.ts';
import { rollForward } from '#lib/domain/budget/roll-forward.ts';
import { isDecimal } from '#lib/domain/expression/definition.ts';
import type { Timeline } from '#lib/domain/expression/timeline.ts';
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import type { Plan, PlanLine } from './plan.ts';
import type { Change } from './scenario.ts';

export type PatchFault =
  /** The plan below changed: what the change speaks of is no longer there. */
  | { readonly kind: 'unknown-line' | 'unknown-driver'; readonly id: string }
  /** What is added is there already. */
  | { readonly kind: 'known-id'; readonly id: string }
  | { readonly kind: 'no-percent' | 'no-date'; readonly text: string }
  | { readonly kind: 'too-large'; readonly lineId: string }
  /** A formula can be moved later, and by as many periods as parentheses may stand in each other. */
  | { readonly kind: 'not-movable'; readonly lineId: string; readonly periods: number };

/** The plan after the changes, one after the other. What they do not touch is shared. */
export function patched(plan: Plan, changes: readonly Change[], timeline: Timeline): Result<Plan, PatchFault> {
  let result = plan;
  for (const change of changes) {
    const next = withChange(result, change, timeline);
    if (!next.ok) return next;
    result = next.value;
  }
  return ok(result);
}

function withChange(plan: Plan, change: Change, timeline: Timeline): Result<Plan, PatchFault> {
  switch (change.kind) {
    case 'add-driver':
      if (isKnown(plan, change.driver.id)) return err({ kind: 'known-id', id: change.driver.id });
      return ok({ ...plan, drivers: [...plan.drivers, change.driver] });
    case 'set-driver': {
      const { driverId, content } = change;
      if (!plan.drivers.some(({ id }) => id === driverId)) return err({ kind: 'unknown-driver', id: driverId });
      return ok({ ...plan, drivers: plan.drivers.map((each) => (each.id === driverId ? { ...each, content } : each)) });
    }
    case 'add-line':
      if (isKnown(plan, change.line.line.id)) return err({ kind: 'known-id', id: change.line.line.id });
      return ok({ ...plan, lines: [...plan.lines, change.line] });
    default:
      return withLine(plan, change, timeline);
  }
}

type LineChange = Extract<Change, { readonly lineId: string }>;

function withLine(plan: Plan, change: LineChange, timeline: Timeline): Result<Plan, PatchFault> {
  const at = plan.lines.findIndex(({ line }) => line.id === change.lineId);
  const planned = plan.lines[at];
  if (!planned) return err({ kind: 'unknown-line', id: change.lineId });
  const changed = changedLine(planned, change, timeline);
  return changed.ok ? ok({ ...plan, lines: plan.lines.with(at, changed.value) }) : changed;
}

function changedLine(planned: PlanLine, change: LineChange, timeline: Timeline): Result<PlanLine, PatchFault> {
  switch (change.kind) {
    case 'drop-line':
      return ok({ ...planned, line: { ...planned.line, archived: true } });
    case 'set-formula':
      return ok({ ...planned, formula: change.formula });
    case 'set-phases':
      return ok({ ...planned, formula: null, phases: { ...planned.phases, ...change.phases } });
    case 'scale-line':
      return scaled(planned, change.percent, change.from, timeline);
    case 'move-line':
      return moved(planned, change.periods, timeline);
    case 'stop-line':
      return stopped(planned, change.from, timeline);
  }
}

/** Amounts grow as in a roll-forward (B7), so that the total of what is scaled is scaled too; a formula is multiplied. */
function scaled(
  planned: PlanLine,
  percent: string,
  from: string | null,
  timeline: Timeline,
): Result<PlanLine, PatchFault> {
  if (!/^-?\d{1,6}(\.\d{1,12})?$/.test(percent) || !isDecimal(percent))
    return err({ kind: 'no-percent', text: percent });
  if (from !== null && !isIsoDate(from)) return err({ kind: 'no-date', text: from });
  if (planned.formula !== null) {
    const factor = `1 + ${percent}%`;
    const dated = from === null ? factor : `dated(1; "${from}"; ${factor})`;
    return ok({ ...planned, formula: `(${planned.formula}) * (${dated})` });
  }
  const { line, phases } = planned;
  const periods = timeline.filter(({ end }) => from === null || from <= end);
  const grown = rollForward([{ line: { ...line, archived: false }, phases }], periods, periods, percent);
  if (!grown.ok) return err({ kind: 'too-large', lineId: line.id });
  return ok({ ...planned, phases: { ...phases, ...grown.value[0]?.phases } });
}

function stopped(planned: PlanLine, from: string, timeline: Timeline): Result<PlanLine, PatchFault> {
  if (!isIsoDate(from)) return err({ kind: 'no-date', text: from });
  if (planned.formula !== null) return ok({ ...planned, formula: `dated(${planned.formula}; "${from}"; 0)` });
  const rest = timeline.flatMap(({ key, end }) => (from <= end ? [[key, 0] as const] : []));
  return ok({ ...planned, phases: { ...planned.phases, ...Object.fromEntries(rest) } });
}

/** What is moved out of the timeline is gone, and what comes in is zero. */
function moved(planned: PlanLine, by: number, timeline: Timeline): Result<PlanLine, PatchFault> {
  const { line, formula } = planned;
  if (!Number.isInteger(by) || (formula !== null && (by < 0 || by > MOST_MOVED))) {
    return err({ kind: 'not-movable', lineId: line.id, periods: by });
  }
  if (formula !== null) {
    return ok({ ...planned, formula: `${'prev('.repeat(by)}${formula}${'; 0)'.repeat(by)}` });
  }
  const amounts = amountsOf(planned.phases, timeline);
  const phases: Phases = Object.fromEntries(timeline.map(({ key }, at) => [key, amounts[at - by] ?? 0]));
  assert(Object.keys(phases).length === timeline.length, 'two periods of one key');
  return ok({ ...planned, phases: { ...planned.phases, ...phases } });
}

/** Leaves a formula room for parentheses of its own. */
const MOST_MOVED = 24;

function isKnown({ drivers, tables, lines }: Plan, id: string): boolean {
  return [...drivers, ...tables].some((each) => each.id === id) || lines.some(({ line }) => line.id === id);
}
