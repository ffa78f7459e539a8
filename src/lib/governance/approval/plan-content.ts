/** What the content of plan documents comes to, line by line. */
import { effectivePhases, effectivePlan } from '#lib/domain/budget/effective.ts';
import type { BudgetLine } from '#lib/domain/budget/line.ts';
import type { DatedValue, Driver } from '#lib/domain/expression/definition.ts';
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { isJsonObject, type JsonValue } from '#lib/domain/json.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { PlanLine } from '#lib/domain/scenario/plan.ts';
import type { ContentRecord } from './content.ts';

export interface LineAmount {
  readonly currency: string;
  /** Minor units, all periods together. */
  readonly amount: number;
}

/** The name of a line that its formula gives no figures for. */
export interface WithoutFigures {
  readonly kind: 'without-figures';
  readonly line: string;
}

/** What each cost line of one document comes to; those put away do not count. (A5, B12, B13) */
export function costLines(
  records: readonly ContentRecord[],
  calendar: FiscalCalendar,
): Result<readonly LineAmount[], WithoutFigures> {
  const lines = records.flatMap(lineIn);
  const counted = lines.filter(({ line }) => line.nature === 'cost' && !line.archived);
  if (counted.every(({ formula }) => formula === null)) return ok(counted.map(amountOf));
  const year = yearIn(records);
  const periods = year === undefined ? [] : periodsOfYear(calendar, year);
  const effective = effectivePlan({ drivers: records.flatMap(driverIn), tables: [], lines }, periods);
  const amounts: LineAmount[] = [];
  for (const planned of counted) {
    const phases = effectivePhases(effective, planned);
    if (!phases.ok) return err({ kind: 'without-figures', line: planned.line.name });
    amounts.push(amountOf({ ...planned, phases: phases.value }));
  }
  return ok(amounts);
}

function amountOf({ line, phases }: PlanLine): LineAmount {
  return { currency: line.currency, amount: Object.values(phases).reduce((sum, minor) => sum + minor, 0) };
}

function lineIn([collection, id, fields]: ContentRecord): PlanLine[] {
  if (collection !== 'lines' || !isJsonObject(fields)) return [];
  const { nature, archived, currency, name, formula } = fields;
  if (typeof currency !== 'string' || (nature !== 'cost' && nature !== 'revenue')) return [];
  const line: BudgetLine = { ...BARE, id, name: textOf(name), nature, currency, archived: archived === true };
  const phases = Object.entries(fields).filter(
    (field): field is [string, number] => isPeriod(field[0]) && typeof field[1] === 'number',
  );
  return [{ line, phases: Object.fromEntries(phases), formula: typeof formula === 'string' ? formula : null }];
}

/** What of a line says nothing about its money. */
const BARE: Omit<BudgetLine, 'id' | 'name' | 'nature' | 'currency' | 'archived'> = {
  categoryId: null,
  departmentId: null,
  vendorId: null,
  projectId: null,
  objectiveId: null,
  ownerId: null,
  spend: 'opex',
  purpose: 'unclassified',
  note: '',
  order: 0,
};

function driverIn([collection, id, fields]: ContentRecord): Driver[] {
  if (collection !== 'drivers' || !isJsonObject(fields)) return [];
  const { formula } = fields;
  const content = typeof formula === 'string' ? { formula } : { values: valuesIn(fields) };
  return [{ kind: 'driver', id, name: textOf(fields['name']), unit: textOf(fields['unit']), content }];
}

function valuesIn(fields: Readonly<Record<string, JsonValue>>): readonly DatedValue[] {
  const values = Object.entries(fields).flatMap(([day, value]) => {
    if (day !== 'ever' && !isIsoDate(day)) return [];
    return [{ from: day === 'ever' ? null : day, value: textOf(value) }];
  });
  return values.sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
}

function yearIn(records: readonly ContentRecord[]): number | undefined {
  const fields = records.find(([collection, id]) => collection === 'years' && id === 'year')?.[2];
  const year = isJsonObject(fields) ? fields['fiscalYear'] : undefined;
  return typeof year === 'number' && Number.isInteger(year) && year >= 1899 && year <= 3000 ? year : undefined;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isPeriod(name: string): boolean {
  return /^[12]\d{3}(-\d\d|P\d\d)$/.test(name);
}
