/** The sample's plan: its lines with their months, as many as asked for. */
import type { BudgetLine, Phases } from '#lib/domain/budget/line.ts';
import type { Period } from '#lib/domain/fiscal/period.ts';
import { allocate } from '#lib/domain/money/allocate.ts';
import { sampleLines, type SampleLine, type Shape } from './harbourlight.ts';
import type { Random } from './random.ts';

export interface PlannedLine {
  readonly line: BudgetLine;
  readonly phases: Phases;
  /** The row of the story it was made from. */
  readonly story: SampleLine;
}

export interface PlanIds {
  readonly categoryByName: ReadonlyMap<string, string>;
  readonly vendorByName: ReadonlyMap<string, string>;
}

/** `count` lines over the `periods` of one fiscal year; beyond the story's own 64 the lines repeat for further sites. */
export function planLines(count: number, periods: readonly Period[], ids: PlanIds, random: Random): PlannedLine[] {
  return Array.from({ length: count }, (_, index) => {
    const story = sampleLines[index % sampleLines.length] as SampleLine;
    const site = Math.floor(index / sampleLines.length);
    return planLine(story, site, index, periods, ids, random);
  });
}

function planLine(
  story: SampleLine,
  site: number,
  order: number,
  periods: readonly Period[],
  ids: PlanIds,
  random: Random,
): PlannedLine {
  const thousands =
    site === 0 ? story.thousands : Math.max(1, Math.round((story.thousands * random.between(2, 40)) / 100));
  const amounts = allocate(thousands * 100_000, weightsOf(story.shape, periods.length));
  const line: BudgetLine = {
    id: random.id(),
    name: site === 0 ? story.name : `${story.name}, site ${site + 1}`,
    nature: story.category === 'Recharges' ? 'revenue' : 'cost',
    categoryId: ids.categoryByName.get(story.category) ?? null,
    departmentId: story.department,
    vendorId: ids.vendorByName.get(story.vendor) ?? null,
    projectId: story.project ?? null,
    objectiveId: story.vendor === 'Contoso Cloud' ? 'cloud-unit' : null,
    ownerId: null,
    currency: story.currency,
    spend: story.spend ?? 'opex',
    purpose: story.purpose,
    note: '',
    archived: false,
    order,
  };
  const phases = Object.fromEntries(periods.map((period, index) => [period.key, amounts[index] ?? 0]));
  return { line, phases, story };
}

/** Integer weights of a year's periods for a shape. */
function weightsOf(shape: Shape, count: number): number[] {
  const months = Array.from({ length: count }, (_, index) => index);
  if (shape === 'even') return months.map(() => 1);
  if (shape === 'quarterly') return months.map((month) => (month % 3 === 0 ? 1 : 0));
  if ('renewal' in shape) return months.map((month) => (month === shape.renewal - 1 ? 1 : 0));
  return months.map((month) => Math.round(1000 * (1 + shape.growth) ** month));
}
