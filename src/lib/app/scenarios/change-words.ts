/** What a scenario changes, in words; equal changes of many lines are said once. */
import { formatMoney } from '#lib/domain/money/format.ts';
import type { Plan } from '#lib/domain/scenario/plan.ts';
import type { Change } from '#lib/domain/scenario/scenario.ts';
import { nameIn } from './explain.ts';
import type { PlacedChange } from './read-scenarios.ts';

export interface ToldChanges {
  readonly ids: readonly string[];
  /** 'Cloud hosting' or '12 lines'. */
  readonly of: string;
  /** '−10 % from 1 July 2027'. */
  readonly what: string;
  /** Names of the lines, where it is about several. */
  readonly names: readonly string[];
}

/** Changes that follow each other and say the same of several lines stand together. */
export function toldChanges(entries: readonly PlacedChange[], plan: Plan, locale: string): readonly ToldChanges[] {
  const told: { what: string; ids: string[]; names: string[] }[] = [];
  for (const { id, change } of entries) {
    const what = wordsOf(change, plan, locale);
    const last = told.at(-1);
    if (last?.what === what && 'lineId' in change) {
      last.ids.push(id);
      last.names.push(subjectOf(change, plan));
    } else told.push({ what, ids: [id], names: [subjectOf(change, plan)] });
  }
  return told.map(({ what, ids, names }) => ({
    ids,
    what,
    of: names.length === 1 ? (names[0] ?? '') : `${names.length} lines`,
    names: names.length === 1 ? [] : names,
  }));
}

function subjectOf(change: Change, plan: Plan): string {
  if (change.kind === 'add-driver') return change.driver.name;
  if (change.kind === 'add-line') return change.line.line.name;
  return nameIn(plan, change.kind === 'set-driver' ? change.driverId : change.lineId);
}

function wordsOf(change: Change, plan: Plan, locale: string): string {
  switch (change.kind) {
    case 'add-driver':
      return 'new driver';
    case 'set-driver':
      return driverWords(change.content, locale);
    case 'add-line': {
      const { line, phases, formula } = change.line;
      return formula === null ? `new line, ${amountOf(phases, line.currency, locale)}` : `new line, = ${formula}`;
    }
    case 'drop-line':
      return 'taken out';
    case 'set-formula':
      return `= ${change.formula}`;
    case 'set-phases': {
      const currency = plan.lines.find(({ line }) => line.id === change.lineId)?.line.currency ?? 'EUR';
      const months = Object.keys(change.phases).length;
      return `${amountOf(change.phases, currency, locale)} in ${months} ${months === 1 ? 'period' : 'periods'}`;
    }
    case 'scale-line':
      return `${signed(change.percent)} %${change.from === null ? '' : ` from ${dayText(change.from, locale)}`}`;
    case 'move-line': {
      const by = Math.abs(change.periods);
      return `${by} ${by === 1 ? 'period' : 'periods'} ${change.periods < 0 ? 'earlier' : 'later'}`;
    }
    case 'stop-line':
      return `ends on ${dayText(change.from, locale)}`;
  }
}

function driverWords(content: Extract<Change, { kind: 'set-driver' }>['content'], locale: string): string {
  if ('formula' in content) return `= ${content.formula}`;
  return content.values
    .map(({ from, value }) => (from === null ? value : `${value} from ${dayText(from, locale)}`))
    .join(', ');
}

function amountOf(phases: Readonly<Record<string, number>>, currency: string, locale: string): string {
  const minor = Object.values(phases).reduce((sum, each) => sum + each, 0);
  return formatMoney({ minor, currency }, locale, { currency: 'code', precision: 'whole' });
}

function signed(percent: string): string {
  return percent.startsWith('-') ? `−${percent.slice(1)}` : `+${percent}`;
}

function dayText(iso: string, locale: string): string {
  return new Date(`${iso}T12:00:00`).toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' });
}
