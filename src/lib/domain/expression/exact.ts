/** Works a term out as an exact fraction: what a figure is by definition. (E14, E15) */
import { fraction, fractionOf, inverse, plus, times, type Fraction } from '#lib/domain/money/fraction.ts';
import { roundQuotient } from '#lib/domain/money/rounding.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Table } from './definition.ts';
import type { Comparison, Condition, Fold, Term } from './term.ts';
import { windowAt, type Timeline } from './timeline.ts';

/** Why a figure cannot be worked out. The definition where it went wrong may lie behind others: `id` names it. */
export type FigureFault =
  | { readonly kind: 'division-by-zero' | 'too-large'; readonly id: string; readonly period: string }
  /** Nothing in the table for this key. */
  | {
      readonly kind: 'no-row';
      readonly id: string;
      readonly period: string;
      readonly table: string;
      readonly key: string;
    };

export type Figure = Result<Fraction, FigureFault>;

/** Where terms find the figures of others. */
export interface Figures {
  readonly timeline: Timeline;
  figureOf(index: number, at: number): Figure;
  tableOf(index: number): Table;
}

/** The figure of a term in the period at place `at`, for the definition `id`. */
export function exactly(term: Term, at: number, figures: Figures, id: string): Figure {
  switch (term.kind) {
    case 'number':
      return ok(term.value);
    case 'figure':
      return figures.figureOf(term.index, at);
    case 'plus':
    case 'minus':
    case 'times':
    case 'over': {
      const left = exactly(term.left, at, figures, id);
      if (!left.ok) return left;
      const right = exactly(term.right, at, figures, id);
      if (!right.ok) return right;
      if (term.kind === 'over' && right.value.numerator === 0n) return fault('division-by-zero', at, figures, id);
      return ok(kept(OPERATIONS[term.kind](left.value, right.value)));
    }
    case 'negative': {
      const of = exactly(term.of, at, figures, id);
      return of.ok ? ok(times(of.value, MINUS_ONE)) : of;
    }
    case 'if': {
      const holds = isTrue(term.condition, at, figures, id);
      return holds.ok ? exactly(holds.value ? term.yes : term.no, at, figures, id) : holds;
    }
    case 'earlier':
      return at === 0 ? exactly(term.start, at, figures, id) : exactly(term.of, at - 1, figures, id);
    case 'in':
      return exactly(term.of, term.period, figures, id);
    case 'fold':
      return folded(
        term.by,
        term.of.map((each) => () => exactly(each, at, figures, id)),
      );
    case 'window': {
      const [first, last] = windowAt(figures.timeline, term.window, at);
      const places = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      return folded(
        term.by,
        places.map((place) => () => exactly(term.of, place, figures, id)),
      );
    }
    case 'dated':
      return exactly(datedAt(term, figures.timeline, at), at, figures, id);
    case 'clock':
      return ok(fraction(BigInt(clockAt(figures.timeline, term.shows, at))));
    case 'band': {
      const key = exactly(term.key, at, figures, id);
      return key.ok ? bandOf(figures.tableOf(term.table), key.value, at, figures, id) : key;
    }
    case 'row':
      return rowOf(figures.tableOf(term.table), term.key, at, figures, id);
  }
}

const MINUS_ONE = fraction(-1n);
const OPERATIONS: Readonly<Record<'plus' | 'minus' | 'times' | 'over', (a: Fraction, b: Fraction) => Fraction>> = {
  plus,
  minus: (a, b) => plus(a, times(b, MINUS_ONE)),
  times,
  over: (a, b) => times(a, inverse(b)),
};

/** The branch of a dated term that holds in a period. (E13) */
export function datedAt(term: Extract<Term, { kind: 'dated' }>, timeline: Timeline, at: number): Term {
  const end = timeline[at]?.end ?? '';
  return term.later.findLast(({ from }) => from <= end)?.value ?? term.first;
}

export function clockAt(timeline: Timeline, shows: 'period' | 'year', at: number): number {
  const period = timeline[at];
  return (shows === 'period' ? period?.number : period?.fiscalYear) ?? 0;
}

/** Less than 0, 0 or more as `a` is below, at or above `b`. */
function compare(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function holdsFor(test: Comparison, order: number): boolean {
  switch (test) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
    case '<>':
      return order !== 0;
  }
}

function isTrue(condition: Condition, at: number, figures: Figures, id: string): Result<boolean, FigureFault> {
  const left = exactly(condition.left, at, figures, id);
  if (!left.ok) return left;
  const right = exactly(condition.right, at, figures, id);
  return right.ok ? ok(holdsFor(condition.test, compare(left.value, right.value))) : right;
}

function folded(by: Fold, parts: readonly (() => Figure)[]): Figure {
  let result: Fraction | undefined;
  for (const part of parts) {
    const figure = part();
    if (!figure.ok) return figure;
    const next = figure.value;
    if (result === undefined) result = next;
    else if (by === 'sum' || by === 'avg') result = kept(plus(result, next));
    else if (compare(next, result) < 0 === (by === 'min')) result = next;
  }
  const value = result ?? fraction(0n);
  return ok(by === 'avg' ? times(value, fraction(1n, BigInt(parts.length))) : value);
}

function bandOf(table: Table, key: Fraction, at: number, figures: Figures, id: string): Figure {
  const bands = 'bands' in table.content ? table.content.bands : [];
  const band = bands.findLast(({ from }) => compare(fractionOf(from), key) <= 0);
  if (band) return ok(fractionOf(band.value));
  const shown = String(Number(key.numerator) / Number(key.denominator));
  return err({ kind: 'no-row', id, period: figures.timeline[at]?.key ?? '', table: table.name, key: shown });
}

function rowOf(table: Table, key: string, at: number, figures: Figures, id: string): Figure {
  const rows = 'rows' in table.content ? table.content.rows : {};
  const value = Object.hasOwn(rows, key) ? rows[key] : undefined;
  if (value !== undefined) return ok(fractionOf(value));
  return err({ kind: 'no-row', id, period: figures.timeline[at]?.key ?? '', table: table.name, key });
}

function fault(kind: 'division-by-zero' | 'too-large', at: number, { timeline }: Figures, id: string): Figure {
  return err({ kind, id, period: timeline[at]?.key ?? '' });
}

/** Fractions grow with every step; past this many bits below the line they are cut. */
const TOO_LONG = 1n << 768n;
const KEPT_BITS = 640n;

/** The fraction itself, or what is within 2^-640 of it: no model tells the two apart. (E15) */
function kept(value: Fraction): Fraction {
  if (value.denominator < TOO_LONG) return value;
  return fraction(roundQuotient(value.numerator << KEPT_BITS, value.denominator, 'half-even'), 1n << KEPT_BITS);
}
