/** What a column of a payments file can become, in words. */
import type { PaymentsImport } from '#lib/app/importing/payments-import.svelte.ts';
import type { Choice } from '#lib/ui/form/choice.ts';
import type { ImportColumn } from '#lib/ui/import/import-parts.ts';

type MappedRole = NonNullable<PaymentsImport['mapping']['columns'][number]['role']>;

/** The kind of Outlay's own export is never chosen by hand. */
export type ColumnRole = Exclude<MappedRole, 'kind'>;

export const roleChoices: readonly Choice<ColumnRole>[] = [
  { value: 'date', label: 'Date' },
  { value: 'amount', label: 'Amount' },
  { value: 'debit', label: 'Money out' },
  { value: 'credit', label: 'Money in' },
  { value: 'direction', label: 'Out or in' },
  { value: 'currency', label: 'Currency' },
  { value: 'vendor', label: 'Vendor' },
  { value: 'description', label: 'Description' },
  { value: 'reference', label: 'Invoice number' },
  { value: 'category', label: 'Category' },
  { value: 'department', label: 'Department' },
  { value: 'project', label: 'Project' },
];

const SAMPLES = 3;

/** The file's columns with a few of their cells. */
export function columnsOf({ mapping, sample }: Pick<PaymentsImport, 'mapping' | 'sample'>): ImportColumn<ColumnRole>[] {
  return mapping.columns.map(({ name, role }, at) => ({
    at,
    header: name,
    samples: sample.slice(0, SAMPLES).map(({ cells }) => cells[at] ?? ''),
    field: role === 'kind' ? null : role,
  }));
}
