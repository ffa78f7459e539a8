/** How a budget file is laid out: months beside each other, a month per row, or a total per line. (X23) */
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { DateOrder } from '../table/date-text.ts';
import { headerScore } from '../table/header-score.ts';
import { headerWords, roleWords, strangeWords } from '../table/role.ts';
import { isBlank, type TableRow } from '../table/table.ts';
import { periodHeader, periodsNamed, type PeriodHeader } from './period-header.ts';

/** What a column of text says of a budget line. */
export type LineRole =
  | 'name'
  | 'category'
  | 'department'
  | 'vendor'
  | 'project'
  | 'nature'
  | 'spend'
  | 'currency'
  | 'note'
  /** In a file with a month per row: which month, of which year, and how much. */
  | 'period'
  | 'year'
  | 'amount';

export interface BudgetLayout {
  readonly headerLine: number;
  readonly names: readonly string[];
  /** The column of each role that the file has. */
  readonly columns: Readonly<Partial<Record<LineRole, number | undefined>>>;
  /** Columns of amounts with the periods they fall on, the finest the file has. Empty with a month per row. */
  readonly phases: readonly PhaseColumn[];
  /** Quarters and totals beside finer columns: they are checked against, not added. */
  readonly checks: readonly PhaseColumn[];
  /** Names of columns that hold another year. */
  readonly otherYears: readonly string[];
  readonly dateOrder: DateOrder;
}

export interface PhaseColumn {
  readonly column: number;
  readonly name: string;
  readonly periods: readonly Period[];
}

export type LayoutRefusal =
  | { readonly kind: 'no-budget-header' }
  | { readonly kind: 'no-line-names'; readonly names: readonly string[] }
  | { readonly kind: 'no-amounts'; readonly names: readonly string[] };

const ROWS_A_PREAMBLE_MAY_HAVE = 50;

/** `periods`: those of the fiscal year to be planned, in order. */
export function findLayout(head: readonly TableRow[], periods: readonly Period[]): BudgetLayout | LayoutRefusal {
  let best: BudgetLayout | undefined;
  let most = 1;
  for (const row of head.slice(0, ROWS_A_PREAMBLE_MAY_HAVE)) {
    if (row.broken || isBlank(row)) continue;
    const layout = layoutOf(row, periods);
    const hits = Object.keys(layout.columns).length + layout.phases.length + layout.checks.length;
    if (hits > most) [best, most] = [layout, hits];
  }
  if (best === undefined) return { kind: 'no-budget-header' };
  if (nameColumn(best) === undefined) return { kind: 'no-line-names', names: best.names };
  const { amount, period } = best.columns;
  if (best.phases.length === 0 && (amount === undefined || period === undefined)) {
    return { kind: 'no-amounts', names: best.names };
  }
  return best;
}

/** Where a line's name stands: a column of its own, else the vendor, else the category. */
export function nameColumn(layout: BudgetLayout): number | undefined {
  const { name, vendor, category } = layout.columns;
  return name ?? vendor ?? category;
}

const lineWords: Readonly<Record<LineRole, readonly string[]>> = {
  name: [
    ...['budget line', 'line', 'line item', 'name', 'budget item', 'item', 'description', 'expense', 'cost item'],
    ...['position', 'posten', 'bezeichnung', 'budgetposition', 'beschreibung', 'libelle', 'poste', 'ligne', 'intitule'],
    ...[
      'concepto',
      'partida',
      'descripcion',
      'voce',
      'descrizione',
      'omschrijving',
      'post',
      'begrotingspost',
      'service',
    ],
  ],
  category: roleWords.category,
  department: roleWords.department.filter((phrase) => phrase !== 'service'),
  vendor: roleWords.vendor.filter((phrase) => phrase !== 'name' && phrase !== 'nom' && phrase !== 'naam'),
  project: roleWords.project,
  nature: ['nature', 'cost or revenue', 'cost revenue', 'income or expense', 'revenue or cost', 'kind'],
  spend: ['capex opex', 'opex capex', 'capex or opex', 'opex or capex', 'spend', 'capital or revenue', 'capex'],
  currency: roleWords.currency,
  note: ['note', 'notes', 'comment', 'comments', 'remark', 'remarks', 'bemerkung', 'kommentar', 'commentaire', 'nota'],
  period: ['period', 'month', 'fiscal period', 'date', 'periode', 'monat', 'mois', 'mes', 'mese', 'maand', 'quarter'],
  year: ['year', 'fiscal year', 'financial year', 'fy', 'jahr', 'geschaftsjahr', 'annee', 'ano', 'anno', 'jaar'],
  amount: roleWords.amount,
};

function layoutOf(row: TableRow, periods: readonly Period[]): BudgetLayout {
  const names = row.cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
  const dateOrder = likelierOrder(names, periods);
  const headers = names.map((name) => periodHeader(name, dateOrder) ?? numberedFromOne(name, names));
  const named = headers.flatMap((header, column) =>
    header === undefined ? [] : [{ kind: header.kind, column, name: names[column] ?? '', header }],
  );
  const known = named.map((phase) => ({ ...phase, periods: periodsNamed(phase.header, periods) }));
  const own = known.filter((phase) => phase.periods.length > 0);
  const finest = (['month', 'period', 'quarter', 'year'] as const).find((kind) =>
    own.some((phase) => phase.kind === kind),
  );
  const columns = columnsOf(names, new Set(named.map(({ column }) => column)));
  const common = { headerLine: row.line, names, dateOrder };
  if (finest === 'year' && columns.period !== undefined) {
    return { ...common, columns: { ...columns, amount: own[0]?.column }, phases: [], checks: [], otherYears: [] };
  }
  const phases = own.filter((phase) => phase.kind === finest);
  return {
    ...common,
    columns,
    // Of several totals of the year one is the budget; the others have to agree with it.
    phases: finest === 'year' ? phases.slice(0, 1) : phases,
    checks: [...(finest === 'year' ? phases.slice(1) : []), ...own.filter((phase) => phase.kind !== finest)],
    otherYears: known.filter((phase) => phase.periods.length === 0).map(({ name }) => name),
  };
}

/** The order in which the headers that are dates name more different months. */
function likelierOrder(names: readonly string[], periods: readonly Period[]): DateOrder {
  const months = (order: DateOrder): number =>
    new Set(
      names.flatMap((name) => {
        const header = periodHeader(name, order);
        return header?.kind === 'month' ? periodsNamed(header, periods).map(({ key }) => key) : [];
      }),
    ).size;
  return months('mdy') > months('dmy') ? 'mdy' : 'dmy';
}

/** Bare numbers are periods where they count on from one through the year. */
function numberedFromOne(name: string, names: readonly string[]): PeriodHeader | undefined {
  const runs = /^(?:[1-9]|1[0-3])$/.test(name) && Array.from({ length: 12 }, (_, i) => String(i + 1));
  if (runs === false || !runs.every((number) => names.includes(number))) return undefined;
  return { kind: 'period', number: Number(name), year: null };
}

/** Each role for the column that says it best; columns of amounts in periods are taken already. */
function columnsOf(names: readonly string[], taken: ReadonlySet<number>): Partial<Record<LineRole, number>> {
  const guesses = names.flatMap((name, column) =>
    lineRoles.map((role) => ({ column, role, score: lineScore(role, headerWords(name)) })),
  );
  guesses.sort((a, b) => b.score - a.score || a.column - b.column);
  const columns: Partial<Record<LineRole, number>> = {};
  const used = new Set(taken);
  for (const { column, role, score } of guesses) {
    if (score <= 0 || used.has(column) || columns[role] !== undefined) continue;
    columns[role] = column;
    used.add(column);
  }
  return columns;
}

const lineRoles = Object.keys(lineWords) as LineRole[];

function lineScore(role: LineRole, header: string): number {
  const isPaymentRole = role === 'category' || role === 'department' || role === 'vendor' || role === 'project';
  return headerScore(header, lineWords[role], isPaymentRole ? strangeWords[role] : undefined);
}
