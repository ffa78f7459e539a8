/** The rows of a file as the preview lists them. Words are made when a row is shown: a file may have half a million. */
import type { PaymentsImport } from '#lib/app/importing/payments-import.svelte.ts';
import { explainImportProblem } from '#lib/app/importing/explain.ts';
import type { Reference } from '#lib/app/reference.ts';
import { moneyText } from '#lib/ui/figure/figure-text.ts';
import type { ImportFate, ImportRow } from '#lib/ui/import/import-parts.ts';
import type { Names } from '../expenses/names.ts';
import { shortDate } from '../expenses/texts.ts';

type Row = PaymentsImport['rows'][number];
type Verdict = NonNullable<PaymentsImport['verdicts']>[number];
type SetAside = NonNullable<PaymentsImport['reading']>['setAside'][number];

export interface PreviewGround {
  readonly reference: Reference;
  readonly names: Names;
  /** ISO date. */
  readonly today: string;
}

export function previewRows(payments: PaymentsImport, ground: PreviewGround): readonly ImportRow[] {
  const { rows, verdicts, reading, known } = payments;
  if (verdicts === undefined || reading === undefined) return [];
  const byId = new Map(known.map((expense) => [expense.id, expense]));
  const read = rows.map((row, at) => {
    const verdict = verdicts[at] ?? { kind: 'new' };
    const twin = verdict.kind === 'alike' ? byId.get(verdict.ids[0] ?? '') : undefined;
    return new ReadRow(row, verdict, twin, payments, ground);
  });
  return [...read, ...reading.setAside.map((aside) => new UnreadRow(aside))];
}

/** The row of the file behind a row of the preview. */
export function rowBehind(row: ImportRow): Row | undefined {
  return row instanceof ReadRow ? row.row : undefined;
}

class ReadRow implements ImportRow {
  readonly row: Row;
  readonly #verdict: Verdict;
  readonly #twin: PaymentsImport['known'][number] | undefined;
  readonly #payments: PaymentsImport;
  readonly #ground: PreviewGround;

  constructor(
    row: Row,
    verdict: Verdict,
    twin: PaymentsImport['known'][number] | undefined,
    payments: PaymentsImport,
    ground: PreviewGround,
  ) {
    this.row = row;
    this.#verdict = verdict;
    this.#twin = twin;
    this.#payments = payments;
    this.#ground = ground;
  }

  get id(): string {
    return this.row.draft.fingerprint;
  }

  get line(): number {
    return this.row.draft.batchLine;
  }

  get fate(): ImportFate {
    return ({ new: 'new', here: 'already-here', alike: 'look-alike' } as const)[this.#verdict.kind];
  }

  get date(): string {
    const { date } = this.row.draft;
    const { reference, today } = this.#ground;
    return date === null ? 'no date' : shortDate(date, reference.locale, today);
  }

  get vendor(): string {
    const { draft } = this.row;
    return this.#ground.names.vendor(draft) || draft.description || 'No vendor';
  }

  get amount(): string {
    const { amount, currency } = this.row.draft;
    return moneyText({ minor: amount, currency }, this.#ground.reference.locale, { currency: 'code' });
  }

  get target(): string {
    if (this.#verdict.kind === 'here') return 'Imported before';
    const { draft, names } = this.row;
    const { names: known } = this.#ground;
    const category = known.category(draft.categoryId) || known.category(this.#payments.defaults.categoryId);
    const department = known.department(draft.departmentId) || known.department(this.#payments.defaults.departmentId);
    const unknown = category === '' && names.categories !== '' ? `“${names.categories}” is no category here` : '';
    return [category || unknown || 'No category', department].filter((part) => part !== '').join(', ');
  }

  get why(): string {
    const twin = this.#twin;
    if (twin === undefined) return '';
    const { reference, today } = this.#ground;
    const when = twin.date === null ? 'of unknown date' : `of ${shortDate(twin.date, reference.locale, today)}`;
    return `Like ${twin.vendorText || 'an expense'} ${when}`;
  }

  get own(): boolean | null {
    return this.#payments.isOwn(this.row);
  }
}

class UnreadRow implements ImportRow {
  readonly id: string;
  readonly line: number;
  readonly fate = 'cannot-read';
  readonly date = '';
  readonly amount = '';
  readonly target: string;
  readonly vendor: string;
  readonly why = '';

  constructor({ line, reason, text }: SetAside) {
    this.id = `line ${line}`;
    this.line = line;
    this.vendor = text;
    this.target = explainImportProblem(reason);
  }
}
