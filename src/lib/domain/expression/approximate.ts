/**
 * Works a term out in floating point together with a bound of its error, so that whoever rounds it knows whether the
 * exact figure would round the same. Most do, and are worked out a hundred times as fast; the others are worked out
 * exactly. The idea is Shewchuk's adaptive predicates (1997), the bounds are Higham's (2002, 2.2 and 3.1). (E16)
 */
import type { Fraction } from '#lib/domain/money/fraction.ts';
import type { Cells, DriverCells, LineCells } from './cells.ts';
import type { Table } from './definition.ts';
import { errorOfNumber, numberOf } from './number.ts';
import { clockAt, datedAt, holdsFor } from './exact.ts';
import type { Condition, Fold, Term } from './term.ts';
import { windowAt, type Timeline } from './timeline.ts';

/** What is known while a model is worked out. */
export interface Approximation {
  readonly timeline: Timeline;
  /** By the place of their definition. */
  readonly cells: readonly Cells[];
  tableOf(index: number): Table;
  /** The error of what was worked out last. */
  error: number;
}

/** The value in the period at `at`, its error left in `run.error`; NaN where only the exact figure can tell. */
export type Approximate = (run: Approximation, at: number) => number;

/** Twice what one operation is rounded by, which leaves room for the rounding of the bounds themselves. */
const ROUNDING = 2 ** -52;

export function approximately(term: Term): Approximate {
  switch (term.kind) {
    case 'number':
      return constant(term.value);
    case 'figure':
      return term.digits === null ? driverFigure(term.index) : lineFigure(term.index, term.digits);
    case 'plus':
      return added(approximately(term.left), approximately(term.right), 1);
    case 'minus':
      return added(approximately(term.left), approximately(term.right), -1);
    case 'times':
      return multiplied(approximately(term.left), approximately(term.right));
    case 'over':
      return divided(approximately(term.left), approximately(term.right));
    case 'negative': {
      const of = approximately(term.of);
      return (run, at) => -of(run, at);
    }
    case 'if':
      return chosen(term.condition, approximately(term.yes), approximately(term.no));
    case 'earlier': {
      const of = approximately(term.of);
      const start = approximately(term.start);
      return (run, at) => (at === 0 ? start(run, at) : of(run, at - 1));
    }
    case 'in': {
      const of = approximately(term.of);
      return (run) => of(run, term.period);
    }
    case 'fold': {
      const parts = term.of.map(approximately);
      return (run, at) => folded(term.by, parts.length, run, (i) => parts[i]!(run, at));
    }
    case 'window': {
      const of = approximately(term.of);
      return (run, at) => {
        const [first, last] = windowAt(run.timeline, term.window, at);
        return folded(term.by, last - first + 1, run, (i) => of(run, first + i));
      };
    }
    case 'dated': {
      const branches = new Map([term.first, ...term.later.map(({ value }) => value)].map((t) => [t, approximately(t)]));
      return (run, at) => branches.get(datedAt(term, run.timeline, at))!(run, at);
    }
    case 'clock':
      return (run, at) => {
        run.error = 0;
        return clockAt(run.timeline, term.shows, at);
      };
    case 'band':
      return banded(term.table, approximately(term.key));
    case 'row':
      return (run) => {
        const { content } = run.tableOf(term.table);
        const value = 'rows' in content && Object.hasOwn(content.rows, term.key) ? Number(content.rows[term.key]) : NaN;
        run.error = Math.abs(value) * ROUNDING;
        return value;
      };
  }
}

function driverFigure(index: number): Approximate {
  return (run, at) => {
    const { values, errors } = run.cells[index]! as DriverCells;
    run.error = errors[at]!;
    return values[at]!;
  };
}

function lineFigure(index: number, digits: number): Approximate {
  const units = 10 ** digits;
  return (run, at) => {
    const value = (run.cells[index]! as LineCells).minor[at]! / units;
    run.error = digits === 0 ? 0 : Math.abs(value) * ROUNDING;
    return value;
  };
}

function constant(fraction: Fraction): Approximate {
  const value = numberOf(fraction);
  const error = errorOfNumber(fraction, value);
  return (run) => {
    run.error = error;
    return value;
  };
}

function added(left: Approximate, right: Approximate, sign: 1 | -1): Approximate {
  return (run, at) => {
    const a = left(run, at);
    const error = run.error;
    const sum = a + sign * right(run, at);
    run.error += error + Math.abs(sum) * ROUNDING;
    return sum;
  };
}

function multiplied(left: Approximate, right: Approximate): Approximate {
  return (run, at) => {
    const a = left(run, at);
    const ea = run.error;
    const b = right(run, at);
    const eb = run.error;
    const product = a * b;
    run.error = Math.abs(a) * eb + Math.abs(b) * ea + ea * eb + Math.abs(product) * ROUNDING + Number.MIN_VALUE;
    return product;
  };
}

function divided(left: Approximate, right: Approximate): Approximate {
  return (run, at) => {
    const a = left(run, at);
    const ea = run.error;
    const b = right(run, at);
    const least = Math.abs(b) - run.error;
    if (!(least > 0)) return NaN;
    const quotient = a / b;
    const bound = Math.abs(quotient);
    run.error = (ea + bound * run.error) / least + bound * 2 * ROUNDING + Number.MIN_VALUE;
    return quotient;
  };
}

function chosen({ test, left, right }: Condition, yes: Approximate, no: Approximate): Approximate {
  const a = approximately(left);
  const b = approximately(right);
  return (run, at) => {
    const first = a(run, at);
    const error = run.error;
    const difference = first - b(run, at);
    const unsure = error + run.error;
    // A difference of two numbers that are exact has the sign of the exact one.
    if (!(unsure === 0 || Math.abs(difference) > unsure * (1 + ROUNDING)) || Number.isNaN(difference)) return NaN;
    return holdsFor(test, difference) ? yes(run, at) : no(run, at);
  };
}

function folded(by: Fold, count: number, run: Approximation, part: (i: number) => number): number {
  let result = part(0);
  let error = run.error;
  for (let i = 1; i < count; i += 1) {
    const next = part(i);
    if (by === 'sum' || by === 'avg') {
      result += next;
      error += run.error + Math.abs(result) * ROUNDING;
    } else {
      result = by === 'min' ? Math.min(result, next) : Math.max(result, next);
      error = Math.max(error, run.error);
    }
  }
  const mean = by === 'avg' ? result / count : result;
  run.error = by === 'avg' ? error / count + Math.abs(mean) * ROUNDING : error;
  return mean;
}

function banded(index: number, key: Approximate): Approximate {
  return (run, at) => {
    const value = key(run, at);
    const unsure = run.error + Math.abs(value) * ROUNDING;
    const { content } = run.tableOf(index);
    let found = NaN;
    for (const band of 'bands' in content ? content.bands : []) {
      const from = Number(band.from);
      if (!(Math.abs(value - from) > unsure)) return NaN;
      if (from < value) found = Number(band.value);
    }
    run.error = Math.abs(found) * ROUNDING;
    return found;
  };
}
