/** A budget for the grid's tests: eight groups of lines, months of FY27 and last year's total. */
import type { Sheet } from '#lib/ui/grid/locks.ts';
import { Reading } from '#lib/ui/grid/reading.ts';
import { flatten, treeOf } from '#lib/ui/grid/rows.ts';
import type { Figures, SheetColumn, SheetGroup, SheetLine, SheetMode } from '#lib/ui/grid/sheet.ts';

export interface TestSheet {
  readonly groups: readonly SheetGroup[];
  readonly lines: readonly SheetLine[];
  readonly columns: readonly SheetColumn[];
  readonly figures: Figures;
}

const groupNames = ['Infrastructure', 'Software', 'Hardware', 'People', 'Services', 'Telecom', 'Facilities', 'Other'];
const lineNames = ['Cloud hosting', 'Data centre', 'Network', 'Backup', 'Service desk', 'Monitoring', 'Directory'];
const monthNames = 'January February March April May June July August September October November December'.split(' ');

/** Lines in turn over the groups; the figure of line i in month m is `(i + 1) * 1000 + m` in whole units. */
export function makeSheet(lineCount: number, months = 12): TestSheet {
  const groups = groupNames.slice(0, Math.min(groupNames.length, lineCount)).map((label, index) => ({
    id: `g${index}`,
    label,
    parentId: null,
  }));
  const perGroup = Math.ceil(lineCount / groups.length);
  const lines = Array.from({ length: lineCount }, (_, index): SheetLine => ({
    id: `l${index}`,
    label: lineLabel(index),
    groupId: `g${Math.floor(index / perGroup)}`,
    nature: 'cost',
    currency: 'EUR',
  }));
  const keys = Array.from({ length: months }, (_, month) => monthKey(month));
  return {
    groups,
    lines,
    columns: [
      ...keys.map((key, month) => ({ kind: 'amount' as const, key, label: monthLabel(month), name: monthName(month) })),
      { kind: 'amount', key: 'fy26', label: 'FY26', name: 'year 2026', hidden: true },
      { kind: 'sum', key: 'fy27', label: 'FY27', name: 'year 2027', of: keys.slice(0, 12), spreads: true },
      { kind: 'change', key: 'change', label: 'vs FY26', name: 'change from 2026', from: 'fy26', to: 'fy27' },
    ],
    figures: new Map([
      ...keys.map((key, month) => [key, figuresOf(lineCount, (line) => (line + 1) * 100_000 + month * 100)] as const),
      ['fy26', figuresOf(lineCount, (line) => (line + 1) * 100_000 * (line % 3 === 0 ? 13 : 11))] as const,
    ]),
  };
}

function figuresOf(count: number, figure: (line: number) => number): Float64Array {
  return Float64Array.from({ length: count }, (_, line) => figure(line));
}

function lineLabel(index: number): string {
  const name = lineNames[index % lineNames.length] ?? '';
  return index < lineNames.length ? name : `${name} ${Math.floor(index / lineNames.length) + 1}`;
}

function monthKey(month: number): string {
  return `${2027 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

function monthLabel(month: number): string {
  return `${monthName(month).slice(0, 3)} ${27 + Math.floor(month / 12)}`;
}

function monthName(month: number): string {
  return `${monthNames[month % 12] ?? ''} ${2027 + Math.floor(month / 12)}`;
}

/** The sheet as the grid's functions take it, its rows flattened and its totals counted. */
export function sheetOf(made: TestSheet, mode: SheetMode = 'plan', folded: ReadonlySet<string> = new Set()): Sheet {
  const reading = new Reading(treeOf(made.groups, made.lines), made.columns);
  reading.refresh(made.figures);
  return { reading, rows: flatten(reading.tree, folded), mode, epoch: 0 };
}
