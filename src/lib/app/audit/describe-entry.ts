/** A journal's entries in words: what kind of record, which field, from what to what. */
import { isPeriodKey } from '#lib/documents/document-name.ts';
import { remainingPeriod } from '#lib/documents/project-progress.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { formatMoney } from '#lib/domain/money/format.ts';
import type { Reference } from '../reference.ts';
import type { JournalEntry } from './journal.ts';

/** Collections by what a person calls one of their records. */
const KINDS: Readonly<Record<string, string>> = {
  expenses: 'Expense',
  entries: 'Posting',
  batches: 'Import',
  lines: 'Budget line',
  comments: 'Comment',
  heads: 'Scenario',
  changes: 'Change of a scenario',
  assumptions: 'Assumption of a scenario',
  distributions: 'Range of a driver',
  correlations: 'Correlation of drivers',
  categories: 'Category',
  vendors: 'Vendor',
  projects: 'Project',
  objectives: 'Objective',
  versions: 'Plan version',
  people: 'Name of a person',
  workspace: 'Workspace',
  departments: 'Department',
  rates: 'Exchange rate',
  periods: 'Period',
  returned: 'Return',
  closings: 'Closing',
  askings: 'Submission',
  recurring: 'Recurring entry',
  lineChanges: 'Dated change of a line',
  adjustments: 'Adjusted figure',
  overrides: 'Expected figure',
  methods: 'Forecast method',
  publications: 'Published forecast',
  published: 'Line of a published forecast',
};

export function kindText(collection: string): string {
  return KINDS[collection] ?? fieldText(collection);
}

/** 'Amount: €1,200.00 → €1,500.00', 'Added', 'Removed'. */
export function changeText({ what, currency, collection }: JournalEntry, reference: Reference): string {
  if (collection === 'projects' && what.kind === 'edited') {
    const said = progressText(what, reference);
    if (said !== null) return said;
  }
  switch (what.kind) {
    case 'added': {
      const amount = valueText('amount', what.fields['amount'], currency, reference);
      return what.fields['amount'] === undefined ? 'Added' : `Added, ${amount}`;
    }
    case 'removed':
      return 'Removed';
    case 'restored':
      return 'Restored';
    case 'edited': {
      const from = valueText(what.field, what.from, currency, reference);
      return `${fieldText(what.field)}: ${from} → ${valueText(what.field, what.to, currency, reference)}`;
    }
  }
}

/** 'Complete, 2027-03: 40% → 45%', 'Left to spend, 2027-03: nothing → €12,000.00'; null for other fields of a project. */
function progressText(
  {
    field,
    from,
    to,
  }: { readonly field: string; readonly from: JsonValue | undefined; readonly to: JsonValue | undefined },
  { locale, baseCurrency }: Reference,
): string | null {
  const left = remainingPeriod(field);
  if (left === null && !isPeriodKey(field)) return null;
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const asText = (value: JsonValue | undefined): string => {
    if (typeof value !== 'number') return 'nothing';
    return left === null
      ? percent.format(value / 10_000)
      : formatMoney({ minor: value, currency: baseCurrency }, locale);
  };
  return `${left === null ? `Complete, ${field}` : `Left to spend, ${left}`}: ${asText(from)} → ${asText(to)}`;
}

/** 'categoryId' is 'Category'; a period's key stands for itself. */
function fieldText(field: string): string {
  if (isPeriodKey(field)) return field;
  const words = field.replace(/Id$/, '').replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueText(field: string, value: JsonValue | undefined, currency: string | null, reference: Reference): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return numberText(field, value, currency, reference);
  if (typeof value === 'string') return nameIn(field, value, reference) ?? `“${value}”`;
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : `${value.length} of them`;
  return 'as recorded';
}

const AMOUNTS: ReadonlySet<string> = new Set(['amount', 'controlTotal']);

function numberText(
  field: string,
  value: number,
  currency: string | null,
  { locale, baseCurrency }: Reference,
): string {
  const isAmount = AMOUNTS.has(field) || isPeriodKey(field);
  if (field === 'baseAmount') return formatMoney({ minor: value, currency: baseCurrency }, locale);
  return isAmount && currency !== null ? formatMoney({ minor: value, currency }, locale) : value.toLocaleString(locale);
}

/** What an id stands for today. */
function nameIn(field: string, id: string, reference: Reference): string | null {
  const lists: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>> = {
    categoryId: reference.categories,
    vendorId: reference.vendors,
    projectId: reference.projects,
    objectiveId: reference.objectives,
    ownerId: reference.people,
  };
  if (field === 'departmentId' || field === 'parentId') return departmentName(id, reference);
  return lists[field]?.find((each) => each.id === id)?.name ?? null;
}

function departmentName(id: string, { departments }: Reference): string | null {
  return departments.find((each) => each.id === id)?.versions.at(-1)?.name ?? null;
}
