/** A plan version proposed from a forecast: what came until now, and what is expected of the rest of the year. */
import { openPlan } from '#lib/documents/documents.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { Phases } from '#lib/domain/budget/line.ts';
import type { BudgetVersion } from '#lib/domain/budget/version.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { planNames } from '../area-documents.ts';
import { archiveVersion } from '../commands/budget.ts';
import type { Told } from '../expense-acts.ts';
import { explainStore } from '../explain-store.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';
import type { ForecastsAnswer } from './ask-forecasts.ts';

export interface ReforecastLine {
  readonly lineId: string;
  readonly name: string;
  readonly nature: 'cost' | 'revenue';
  /** Minor units of the year as planned, and as proposed. */
  readonly before: number;
  readonly after: number;
  readonly phases: Phases;
}

export interface Reforecast {
  /** Lines that get other figures, the most changed first. */
  readonly lines: readonly ReforecastLine[];
  /** Names of lines that stay as planned, because they are planned in another currency than is forecast in. */
  readonly kept: readonly string[];
}

/**
 * Actual figures of the periods that history has and the forecast of those ahead; where there is no forecast the plan
 * stands in. `planned` are a version's lines with what their formulas come to.
 */
export function reforecastOf(
  planned: readonly PlannedLine[],
  { asked, rows, until, currency }: Pick<ForecastsAnswer, 'asked' | 'rows' | 'until' | 'currency'>,
  calendar: FiscalCalendar,
): Reforecast {
  const periods = periodsOfYear(calendar, asked.fiscalYear);
  const byLine = new Map(rows.map((row) => [`${row.nature} ${row.id}`, row]));
  const live = planned.filter(({ archived }) => !archived);
  const lines = live.flatMap(({ id, name, nature, currency: own, phases }): ReforecastLine[] => {
    const row = byLine.get(`${nature} ${id}`);
    if (row === undefined || own !== currency) return [];
    const proposed = periods.map(({ key }): [string, number] => {
      if (key <= until.key) return [key, row.actual.get(key) ?? 0];
      return [key, row.made === null ? (phases[key] ?? 0) : (row.expected.get(key) ?? 0)];
    });
    const sum = (figures: readonly number[]): number => figures.reduce((total, each) => total + each, 0);
    const before = sum(periods.map(({ key }) => phases[key] ?? 0));
    const isSame = proposed.every(([key, amount]) => amount === (phases[key] ?? 0));
    const after = sum(proposed.map(([, amount]) => amount));
    return isSame ? [] : [{ lineId: id, name, nature, before, after, phases: Object.fromEntries(proposed) }];
  });
  return {
    lines: lines.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before)),
    kept: live.filter((line) => line.currency !== currency).map(({ name }) => name),
  };
}

/** Why this person cannot make the draft, as a sentence; null when nothing is in the way. */
export function whyNotReforecast(
  rights: Workspace['rights'],
  { departments }: Reference,
  { id }: BudgetVersion,
): string | null {
  const names = ['core', ...planNames(id, departments)];
  return names.map((name) => rights?.whyReadOnly(name) ?? null).find((why) => why !== null) ?? null;
}

/** Makes the proposed version as a forecast beside the plan, to be edited and submitted like any. Undo puts it away. */
export async function draftReforecast(
  workspace: Workspace,
  reference: Reference,
  source: BudgetVersion,
  { name, reforecast }: { readonly name: string; readonly reforecast: Reforecast },
): Promise<Told & { readonly version?: BudgetVersion }> {
  const into = { name, kind: 'forecast', fiscalYear: source.fiscalYear } as const;
  const { copyVersion } = await import('../commands/copy-version.ts');
  const copied = await copyVersion(workspace, reference, source, into, '0', { samePart: true });
  if (!copied.ok) {
    const { error } = copied;
    return { kind: 'not-done', text: error.kind === 'too-large' ? `${error.line} is too large.` : explainStore(error) };
  }
  const version = copied.value;
  for (const part of planNames(version.id, reference.departments)) {
    const written = await workspace.edit(part, (doc) => {
      const { lines } = openPlan(doc);
      for (const { lineId, phases } of reforecast.lines) {
        // The figures stand for themselves: a formula would work out others.
        if (lines.has(lineId)) lines.revise(lineId, { ...phases, formula: undefined }, workspace.author());
      }
    });
    if (!written.ok) return { kind: 'not-done', text: explainStore(written.error) };
  }
  return {
    kind: 'done',
    text: `“${name}” is a draft beside the plan`,
    version,
    undo: async () => {
      const archived = await archiveVersion(workspace, version.id, true);
      return archived.ok
        ? { kind: 'done', text: `“${name}” is put away` }
        : { kind: 'not-done', text: explainStore(archived.error) };
    },
  };
}
