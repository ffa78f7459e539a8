/** The changes that a filled-in form stands for, or why it stands for none, as a sentence. */
import type { Reference } from '#lib/app/reference.ts';
import { isRateDriver } from '#lib/app/scenarios/base-plan.ts';
import { areaOfLine, linesIn } from '#lib/app/scenarios/line-scope.ts';
import type { NewChange } from '#lib/app/scenarios/scenario-sheet.svelte.ts';
import { isDecimal, type Driver } from '#lib/domain/expression/definition.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { Money } from '#lib/domain/money/money.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { patched } from '#lib/domain/scenario/patch.ts';
import { explainScenario } from '#lib/domain/scenario/explain.ts';
import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import type { Change } from '#lib/domain/scenario/scenario.ts';

export type ChangeKind = Exclude<Change['kind'], 'add-driver' | 'set-formula'>;

/** What was typed and chosen; fields that the kind does not ask for are not looked at. */
export interface Draft {
  readonly kind: ChangeKind;
  /** As `scopesOf` writes it. */
  readonly scope: string | null;
  readonly driver: string | null;
  readonly percent: string;
  readonly from: string | null;
  readonly periods: string;
  readonly value: string;
  readonly name: string;
  readonly category: string | null;
  readonly amount: Money | null;
  /** Keys of periods; null is the first and the last of the year. */
  readonly first: string | null;
  readonly last: string | null;
}

interface Around {
  readonly plan: Plan;
  readonly reference: Pick<Reference, 'departments' | 'categories'>;
  readonly timeline: readonly Period[];
  /** Areas that this person may write. */
  readonly areas: readonly string[];
  readonly newId: () => string;
}

interface Made {
  readonly changes: readonly NewChange[];
  readonly label: string;
}

export function changesFrom(draft: Draft, around: Around): Result<Made, string> {
  const made =
    draft.kind === 'set-driver'
      ? driverChange(draft, around)
      : draft.kind === 'add-line'
        ? newLine(draft, around)
        : lineChanges(draft, around);
  if (!made.ok) return made;
  const fits = patched(
    around.plan,
    made.value.changes.map(({ change }) => change),
    around.timeline,
  );
  return fits.ok ? made : err(explainScenario(fits.error));
}

function lineChanges(draft: Draft, { plan, reference, timeline, areas }: Around): Result<Made, string> {
  if (draft.scope === null) return err('Choose the lines that change.');
  const lines = linesIn(draft.scope, plan).map((line) => ({ line, area: areaOfLine(line, reference.departments) }));
  const mine = lines.filter(({ area }) => areas.includes(area));
  if (mine.length === 0)
    return err(lines.length === 0 ? 'There are no such lines.' : 'You plan for none of these lines.');
  const change = lineChange(draft, timeline);
  if (!change.ok) return change;
  const changes = mine.map(({ line, area }) => ({ area, change: change.value(line) }));
  return ok({ changes, label: changes.length === 1 ? 'Add a change' : `Add ${changes.length} changes` });
}

function lineChange(draft: Draft, timeline: readonly Period[]): Result<(line: PlanLine) => Change, string> {
  const { kind, from, amount } = draft;
  switch (kind) {
    case 'scale-line': {
      const percent = plain(draft.percent);
      if (percent === null) return err('Write a percentage, such as -10 or 2.5.');
      return ok(({ line }) => ({ kind, lineId: line.id, percent, from }));
    }
    case 'move-line': {
      const periods = Number(plain(draft.periods));
      if (!Number.isInteger(periods) || periods === 0) return err('Write how many periods, such as 3 or -3.');
      return ok(({ line }) => ({ kind, lineId: line.id, periods }));
    }
    case 'stop-line':
      if (from === null) return err('Choose the day from which there is nothing any more.');
      return ok(({ line }) => ({ kind, lineId: line.id, from }));
    case 'drop-line':
      return ok(({ line }) => ({ kind, lineId: line.id }));
    default: {
      if (amount === null) return err('Write the amount of each period; 0 empties them.');
      const phases = phasesOf(draft, amount, timeline);
      return phases.ok ? ok(({ line }) => ({ kind: 'set-phases', lineId: line.id, phases: phases.value })) : phases;
    }
  }
}

function newLine(draft: Draft, { plan, reference, timeline, areas, newId }: Around): Result<Made, string> {
  const { name, category, amount } = draft;
  const area = areas[0];
  if (area === undefined) return err('You plan for no area.');
  if (name.trim() === '') return err('Give the line a name.');
  if (amount === null) return err('Write the amount of each period.');
  const phases = phasesOf(draft, amount, timeline);
  if (!phases.ok) return phases;
  const line: PlanLine['line'] = {
    id: newId(),
    name: name.trim(),
    nature: reference.categories.find(({ id }) => id === category)?.nature ?? 'cost',
    categoryId: category,
    departmentId: area === 'root' ? null : area,
    vendorId: null,
    projectId: null,
    objectiveId: null,
    ownerId: null,
    currency: amount.currency,
    spend: 'opex',
    purpose: 'unclassified',
    note: '',
    archived: false,
    order: Math.max(0, ...plan.lines.map((each) => each.line.order)) + 1,
  };
  const change = { kind: 'add-line', line: { line, phases: phases.value, formula: null } } as const;
  return ok({ changes: [{ area, change }], label: `Add ${line.name}` });
}

/** The driver keeps what it was before the date. */
function driverChange(draft: Draft, { plan, areas }: Around): Result<Made, string> {
  const driver = plan.drivers.find(({ id }) => id === draft.driver);
  if (driver === undefined) return err('Choose the driver that changes.');
  const value = plain(draft.value);
  const area = areas[0];
  if (value === null || !isDecimal(value)) return err('Write the value as a number, such as 12 or 0.95.');
  if (area === undefined) return err('You plan for no area.');
  if (isRateDriver(driver.id) && !/[1-9]/.test(value)) return err('A rate is more than nothing.');
  const content = withValue(driver, draft.from, value);
  const change = { kind: 'set-driver', driverId: driver.id, content } as const;
  return ok({ changes: [{ area, change }], label: `Change ${driver.name}` });
}

function withValue({ content }: Driver, from: string | null, value: string): Driver['content'] {
  if (from === null) return { values: [{ from: null, value }] };
  if ('formula' in content) return { formula: `dated(${content.formula}; "${from}"; ${value})` };
  return { values: [...content.values.filter((each) => each.from === null || each.from < from), { from, value }] };
}

function phasesOf(
  draft: Draft,
  { minor }: Money,
  timeline: readonly Period[],
): Result<Readonly<Record<string, number>>, string> {
  const at = (key: string | null, none: number): number =>
    key === null ? none : timeline.findIndex((period) => period.key === key);
  const [first, last] = [at(draft.first, 0), at(draft.last, timeline.length - 1)];
  if (first > last) return err('The last period comes before the first.');
  return ok(Object.fromEntries(timeline.slice(first, last + 1).map(({ key }) => [key, minor])));
}

/** A decimal as people type it, as plain text; null for anything else. */
function plain(text: string): string | null {
  const written = text.trim().replace('−', '-').replace(/%$/, '').trim().replace(',', '.').replace(/^\+/, '');
  return /^-?\d{1,15}(\.\d{1,12})?$/.test(written) ? written : null;
}
