/** What each row slot of the grid says. A slot is redrawn only where its row or a text in it is another one. */
import { columnOf, entryOf, type Sheet } from './locks.ts';
import type { FormatCache } from './format-cache.ts';
import { isLine, type RowEntry } from './rows.ts';
import { rowInSlot, type Span } from './window.ts';

/**
 * How a difference looks: over is worse than planned and under is better, whether money goes out or comes in; up and
 * down is the way the figure went. Empty for figures that are no differences.
 */
type Tone = '' | 'even' | `${'over' | 'under'} ${'up' | 'down'}`;

export interface SlotView {
  readonly row: number;
  readonly kind: 'line' | 'group' | 'total';
  readonly label: string;
  readonly tag: string;
  readonly locked: boolean;
  readonly depth: number;
  /** Null for rows that do not fold. */
  readonly expanded: boolean | null;
  readonly texts: readonly string[];
  readonly tones: readonly Tone[];
}

/** How figures become texts. */
export interface Ink {
  readonly figures: FormatCache;
  /** A ratio as a percentage with its sign. */
  readonly ratio: (ratio: number) => string;
  /** The currency of subtotals. */
  readonly currency: string;
}

export interface Drawing {
  readonly sheet: Sheet;
  readonly ink: Ink;
  readonly folded: ReadonlySet<string>;
  /** The cell columns to draw, from left to right. */
  readonly columns: readonly number[];
  readonly totalLabel: string;
}

/** Draw every slot of a span; a slot that would say the same stays the same object. */
export function drawSlots(previous: readonly SlotView[], span: Span, drawing: Drawing): readonly SlotView[] {
  return Array.from({ length: span.count }, (_, slot) => {
    const drawn = drawRow(rowInSlot(slot, span), drawing);
    const before = previous[slot];
    return before !== undefined && saysTheSame(before, drawn) ? before : drawn;
  });
}

export function drawRow(row: number, drawing: Drawing): SlotView {
  const { sheet, columns } = drawing;
  const entry = entryOf(sheet, row);
  const texts: string[] = [];
  const tones: Tone[] = [];
  for (const column of columns) {
    texts.push(textAt(sheet, entry, column, drawing.ink));
    tones.push(toneAt(sheet, entry, column));
  }
  return { row, ...headOf(entry, row, drawing), texts, tones };
}

/** A figure as it stands in a cell. */
export function textAt(sheet: Sheet, entry: RowEntry, column: number, ink: Ink): string {
  const figure = sheet.reading.figure(entry, column - 1);
  if (Number.isNaN(figure)) return '';
  if (columnOf(sheet, column)?.kind === 'change') return ink.ratio(figure);
  const currency = isLine(entry) ? (sheet.reading.tree.lines[entry]?.currency ?? ink.currency) : ink.currency;
  const text = ink.figures.text(figure, currency);
  return sheet.mode === 'variance' && figure > 0 ? `+${text}` : text;
}

function toneAt(sheet: Sheet, entry: RowEntry, column: number): Tone {
  const difference = sheet.mode === 'variance' || columnOf(sheet, column)?.kind === 'change';
  if (!difference) return '';
  const figure = sheet.reading.figure(entry, column - 1);
  if (Number.isNaN(figure) || figure === 0) return 'even';
  const { lineSigns, groupSigns } = sheet.reading.tree;
  const sign = (isLine(entry) ? lineSigns[entry] : groupSigns[~entry]) ?? 1;
  return `${figure * sign > 0 ? 'over' : 'under'} ${figure > 0 ? 'up' : 'down'}`;
}

type Head = Omit<SlotView, 'row' | 'texts' | 'tones'>;

function headOf(entry: RowEntry, row: number, { sheet, folded, totalLabel }: Drawing): Head {
  const { tree } = sheet.reading;
  const depth = sheet.rows.depths[row] ?? 0;
  if (isLine(entry)) {
    const line = tree.lines[entry];
    const locked = line?.locked !== undefined;
    return { kind: 'line', label: line?.label ?? '', tag: line?.tag ?? '', locked, depth, expanded: null };
  }
  const group = tree.groups[~entry];
  if (group === undefined) {
    return { kind: 'total', label: totalLabel, tag: '', locked: false, depth, expanded: null };
  }
  const expanded = !folded.has(group.id);
  const tag = expanded ? '' : `(${tree.sizes[~entry] ?? 0})`;
  return { kind: 'group', label: group.label, tag, locked: false, depth, expanded };
}

function saysTheSame(a: SlotView, b: SlotView): boolean {
  return (
    a.row === b.row &&
    a.kind === b.kind &&
    a.label === b.label &&
    a.tag === b.tag &&
    a.locked === b.locked &&
    a.depth === b.depth &&
    a.expanded === b.expanded &&
    sameItems(a.texts, b.texts) &&
    sameItems(a.tones, b.tones)
  );
}

function sameItems(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
