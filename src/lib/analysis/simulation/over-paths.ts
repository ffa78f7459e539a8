/**
 * Works a term out for many paths at once, in floating point: all paths of one period stand side by side in a list, so
 * that one step of a formula is one run over a list. (MC22)
 *
 * A term leaves its answer in the scratch list of its slot, or points to where a figure already stands. Terms under it
 * use its slot and later ones, so that a formula takes as many lists as it is deep, however long it is.
 */
import { clockAt, datedAt, holdsFor } from '#lib/domain/expression/exact.ts';
import type { Table } from '#lib/domain/expression/definition.ts';
import { numberOf } from '#lib/domain/expression/number.ts';
import type { Condition, Fold, Term } from '#lib/domain/expression/term.ts';
import { windowAt, type Timeline } from '#lib/domain/expression/timeline.ts';

/** A number for each path from `from` on (`step` 1), or the one that all of them have (`step` 0). */
export interface Across {
  readonly cells: Float64Array;
  readonly from: number;
  readonly step: 0 | 1;
}

export interface PathRun {
  readonly timeline: Timeline;
  /** How many paths. */
  count: number;
  /** The figures of a definition in a period, in whole units. */
  figureOf(index: number, at: number): Across;
  tableOf(index: number): Table;
  /** The list of a slot, with room for all paths. */
  scratch(slot: number): Float64Array;
}

/** The term in the period at `at`, on all paths. NaN where a path has no answer: a division by zero, no row in a table. */
export type OverPaths = (run: PathRun, at: number) => Across;

export function overPaths(term: Term, slot = 0): OverPaths {
  switch (term.kind) {
    case 'number': {
      const value = same(numberOf(term.value));
      return () => value;
    }
    case 'figure':
      return (run, at) => run.figureOf(term.index, at);
    case 'plus':
    case 'minus':
    case 'times':
    case 'over': {
      const [left, right] = [overPaths(term.left, slot), overPaths(term.right, slot + 1)];
      const operation = OPERATIONS[term.kind];
      return (run, at) => operation(left(run, at), right(run, at), run.scratch(slot), run.count);
    }
    case 'negative': {
      const of = overPaths(term.of, slot);
      return (run, at) => OPERATIONS.minus(ZERO, of(run, at), run.scratch(slot), run.count);
    }
    case 'if':
      return chosen(term.condition, term.yes, term.no, slot);
    case 'earlier': {
      const [of, start] = [overPaths(term.of, slot), overPaths(term.start, slot)];
      return (run, at) => (at === 0 ? start(run, at) : of(run, at - 1));
    }
    case 'in': {
      const of = overPaths(term.of, slot);
      return (run) => of(run, term.period);
    }
    case 'fold': {
      const parts = term.of.map((part, i) => overPaths(part, i === 0 ? slot : slot + 1));
      return (run, at) => folded(term.by, parts.length, run, slot, (i) => parts[i]!(run, at));
    }
    case 'window': {
      const [first, later] = [overPaths(term.of, slot), overPaths(term.of, slot + 1)];
      return (run, at) => {
        const [from, to] = windowAt(run.timeline, term.window, at);
        return folded(term.by, to - from + 1, run, slot, (i) => (i === 0 ? first : later)(run, from + i));
      };
    }
    case 'dated': {
      const branches = new Map(
        [term.first, ...term.later.map(({ value }) => value)].map((t) => [t, overPaths(t, slot)]),
      );
      return (run, at) => branches.get(datedAt(term, run.timeline, at))!(run, at);
    }
    case 'clock':
      return (run, at) => same(clockAt(run.timeline, term.shows, at));
    case 'band': {
      const key = overPaths(term.key, slot);
      return (run, at) => {
        const { content } = run.tableOf(term.table);
        const bands = 'bands' in content ? content.bands.map(({ from, value }) => [Number(from), Number(value)]) : [];
        const bandOf = (quantity: number): number => bands.findLast(([from]) => !isBelow(quantity, from!))?.[1] ?? NaN;
        return each(key(run, at), ZERO, run.scratch(slot), run.count, bandOf);
      };
    }
    case 'row':
      return (run) => {
        const { content } = run.tableOf(term.table);
        return same('rows' in content && Object.hasOwn(content.rows, term.key) ? Number(content.rows[term.key]) : NaN);
      };
  }
}

function same(value: number): Across {
  return { cells: Float64Array.of(value), from: 0, step: 0 };
}

const ZERO = same(0);

type Operation = (a: Across, b: Across, into: Float64Array, count: number) => Across;

/** Written out one by one: a function called for each number would take most of the time. */
const OPERATIONS: Readonly<Record<'plus' | 'minus' | 'times' | 'over', Operation>> = {
  plus: (a, b, room, count) => {
    const { into, length, answer } = outcome(a, b, room, count);
    for (let i = 0; i < length; i += 1) into[i] = a.cells[a.from + i * a.step]! + b.cells[b.from + i * b.step]!;
    return answer;
  },
  minus: (a, b, room, count) => {
    const { into, length, answer } = outcome(a, b, room, count);
    for (let i = 0; i < length; i += 1) into[i] = a.cells[a.from + i * a.step]! - b.cells[b.from + i * b.step]!;
    return answer;
  },
  times: (a, b, room, count) => {
    const { into, length, answer } = outcome(a, b, room, count);
    for (let i = 0; i < length; i += 1) into[i] = a.cells[a.from + i * a.step]! * b.cells[b.from + i * b.step]!;
    return answer;
  },
  over: (a, b, room, count) => {
    const { into, length, answer } = outcome(a, b, room, count);
    for (let i = 0; i < length; i += 1) {
      const divisor = b.cells[b.from + i * b.step]!;
      into[i] = divisor === 0 ? NaN : a.cells[a.from + i * a.step]! / divisor;
    }
    return answer;
  },
};

/** What is the same on all paths is kept apart from the scratch list, which is read while it is written. */
function outcome(a: Across, b: Across, room: Float64Array, count: number) {
  const varies = a.step === 1 || b.step === 1;
  const into = varies ? room : new Float64Array(1);
  return { into, length: varies ? count : 1, answer: { cells: into, from: 0, step: varies ? 1 : 0 } as Across };
}

function each(a: Across, b: Across, room: Float64Array, count: number, of: (a: number, b: number) => number): Across {
  const { into, length, answer } = outcome(a, b, room, count);
  for (let i = 0; i < length; i += 1) into[i] = of(a.cells[a.from + i * a.step]!, b.cells[b.from + i * b.step]!);
  return answer;
}

/** Both are worked out; each path takes its own. */
function chosen({ test, left, right }: Condition, yes: Term, no: Term, slot: number): OverPaths {
  const [a, b] = [overPaths(left, slot), overPaths(right, slot + 1)];
  const [one, other] = [overPaths(yes, slot + 1), overPaths(no, slot + 2)];
  const holds = (x: number, y: number): number =>
    Number.isNaN(x - y) ? NaN : Number(holdsFor(test, isBelow(x, y) ? -1 : isBelow(y, x) ? 1 : 0));
  return (run, at) => {
    const rule = each(a(run, at), b(run, at), run.scratch(slot), run.count, holds);
    const [first, second] = [one(run, at), other(run, at)];
    if (rule.step === 0) return rule.cells[0] === 1 ? first : rule.cells[0] === 0 ? second : rule;
    const into = run.scratch(slot);
    for (let i = 0; i < run.count; i += 1) {
      const rules = rule.cells[i]!;
      if (rules === 1) into[i] = first.cells[first.from + i * first.step]!;
      else if (rules === 0) into[i] = second.cells[second.from + i * second.step]!;
    }
    return rule;
  };
}

/** Numbers that differ by no more than rounding count as equal, as they would if they were worked out exactly. */
function isBelow(a: number, b: number): boolean {
  return b - a > 1e-12 * Math.max(Math.abs(a), Math.abs(b));
}

function folded(by: Fold, count: number, run: PathRun, slot: number, part: (i: number) => Across): Across {
  let result = part(0);
  for (let i = 1; i < count; i += 1) {
    const room = run.scratch(slot);
    if (by === 'sum' || by === 'avg') result = OPERATIONS.plus(result, part(i), room, run.count);
    else result = each(result, part(i), room, run.count, by === 'min' ? Math.min : Math.max);
  }
  return by === 'avg' ? OPERATIONS.over(result, same(count), run.scratch(slot), run.count) : result;
}
