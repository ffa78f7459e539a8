/** What people know and decide of the future of lines, as the forecast engine takes it. */
import type { ForecastOptions } from '#lib/analysis/forecast/forecast.ts';
import type { MethodName } from '#lib/analysis/forecast/methods.ts';
import { knownEvents, type EventFault } from '#lib/analysis/known-events/event.ts';
import { lineChanges, type LineChange } from '#lib/analysis/known-events/line-changes.ts';
import { recurring } from '#lib/analysis/known-events/recurring.ts';
import type { Adjustment } from '#lib/analysis/series/adjustments.ts';
import type {
  AdjustmentRecord,
  ChangeRecord,
  MethodRecord,
  OverrideRecord,
  RecurringRecord,
} from '#lib/documents/analysis.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { Placed } from '#lib/store/reference-mirror.ts';
import type { Reader } from '../reader.ts';
import { isMethodName } from './pinnable.ts';

/** Of one line. Each record says which document it stands in. */
export interface LineJudgements {
  readonly recurring: readonly Placed<RecurringRecord>[];
  readonly lineChanges: readonly Placed<ChangeRecord>[];
  readonly adjustments: readonly Placed<AdjustmentRecord>[];
  readonly overrides: readonly Placed<OverrideRecord>[];
  /** Null for the default. */
  readonly method: MethodName | null;
}

export const NO_JUDGEMENTS: LineJudgements = {
  recurring: [],
  lineChanges: [],
  adjustments: [],
  overrides: [],
  method: null,
};

/** By line, of all years and areas that are read here. Lines of which nothing is known are absent. */
export async function readJudgements(reader: Pick<Reader, 'reference'>): Promise<ReadonlyMap<string, LineJudgements>> {
  const [entries, changes, adjustments, overrides, methods] = await Promise.all([
    reader.reference('recurring'),
    reader.reference('lineChanges'),
    reader.reference('adjustments'),
    reader.reference('overrides'),
    reader.reference('methods'),
  ]);
  const lineOf = ({ lineId }: { readonly lineId: string }): string => lineId;
  const byLine = {
    recurring: Map.groupBy(entries, lineOf),
    lineChanges: Map.groupBy(changes, lineOf),
    adjustments: Map.groupBy(adjustments, lineOf),
    overrides: Map.groupBy(overrides, lineOf),
  };
  const pinned = Map.groupBy(methods, ({ id }) => id);
  const lines = new Set([...Object.values(byLine), pinned].flatMap((each) => [...each.keys()]));
  return new Map(
    [...lines].map((lineId) => [
      lineId,
      {
        recurring: byLine.recurring.get(lineId) ?? [],
        lineChanges: byLine.lineChanges.get(lineId) ?? [],
        adjustments: byLine.adjustments.get(lineId) ?? [],
        overrides: byLine.overrides.get(lineId) ?? [],
        method: pinnedMethod(pinned.get(lineId) ?? []),
      },
    ]),
  );
}

/** What was written last of a line's method holds: that of the latest year. */
function pinnedMethod(records: readonly Placed<MethodRecord>[]): MethodName | null {
  const latest = records.toSorted((a, b) => (a.document < b.document ? 1 : -1))[0]?.method ?? '';
  return isMethodName(latest) ? latest : null;
}

/**
 * What the engine takes into account for a line. `periods`: those of the calendar from the first of the history to the
 * last ahead. A record that lacks what its kind needs is a fault, in words by `explainForecastFault`.
 */
export function judgedOptions(
  judgements: LineJudgements,
  periods: readonly Period[],
): Result<Pick<ForecastOptions, 'known' | 'adjustments' | 'overrides' | 'pinned'>, EventFault> {
  const changes = judgements.lineChanges.map(changeOf);
  const known = knownEvents([recurring(judgements.recurring), lineChanges(changes)], periods);
  if (!known.ok) return known;
  const { method, overrides } = judgements;
  return ok({
    known: known.value,
    adjustments: judgements.adjustments.map(adjustmentOf),
    overrides,
    ...(method === null ? {} : { pinned: method }),
  });
}

/** Not a number where the kind needs one and none is there: the engine refuses it. */
function changeOf({ id, label, on, kind, amount, factor, currency }: ChangeRecord): LineChange {
  const said = { id, label, on };
  if (amount !== null && currency !== null) return { ...said, kind, amount, currency } as LineChange;
  if (kind === 'end') return { ...said, kind };
  if (kind === 'price-step') return { ...said, kind, factor: factor ?? Number.NaN };
  return { ...said, kind, amount: Number.NaN, currency: currency ?? '' };
}

function adjustmentOf({ kind, amount, ...judgement }: AdjustmentRecord): Adjustment {
  return kind === 'replace' ? { ...judgement, kind, amount: amount ?? Number.NaN } : { ...judgement, kind };
}
