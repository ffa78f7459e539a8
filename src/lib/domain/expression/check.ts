/** Gives a parsed formula its meaning: names resolved, units checked. (E8 to E12) */
import { isIsoDate } from '#lib/domain/fiscal/iso-date.ts';
import { fraction, fractionOf } from '#lib/domain/money/fraction.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Expression, FunctionName, Operator, Span } from './ast.ts';
import type { Comparison, Condition, Term } from './term.ts';
import { isSameUnit, plainNumber, unitOf, unitText, unitTimes, type Unit } from './unit.ts';

export type CheckFault =
  /** `nearest` is the known name that looks most like it. */
  | { readonly kind: 'unknown-name'; readonly name: string; readonly nearest: string | null; readonly at: Span }
  | { readonly kind: 'ambiguous-name'; readonly name: string; readonly at: Span }
  | { readonly kind: 'unknown-unit'; readonly unit: string; readonly at: Span }
  /** Figures that do not count the same; a plain number is ''. */
  | { readonly kind: 'unit-clash'; readonly left: string; readonly right: string; readonly at: Span }
  | { readonly kind: 'wrong-unit'; readonly wanted: string; readonly found: string; readonly at: Span }
  | { readonly kind: 'wrong-arguments'; readonly name: FunctionName; readonly at: Span }
  | { readonly kind: 'not-a-figure' | 'not-a-condition' | 'nested-window'; readonly at: Span }
  | { readonly kind: 'unknown-date'; readonly text: string; readonly at: Span };

/** Something that a name can stand for. */
export interface Referent {
  readonly index: number;
  /** For a table: what its values count. */
  readonly unit: Unit;
  /** The decimals of a line's minor unit; null for what is no line. */
  readonly digits: number | null;
  /** What a table is looked up by; null for what is no table. */
  readonly table: { readonly by: 'rows' } | { readonly by: 'bands'; readonly keyUnit: Unit } | null;
}

export interface Scope {
  /** All that has this id or name. */
  find(name: string): readonly Referent[];
  nearest(name: string): string | null;
  /** Whether a word behind a number is a unit that something here counts. */
  isUnit(word: string): boolean;
  /** The place of a period's key, or of the period that a date lies in; -1 outside the timeline. */
  periodAt(keyOrDate: string): number;
  /** The definition whose formula is checked. */
  readonly self: Referent;
}

/** When another figure is needed: in the same period, in earlier ones only, or in all of them. */
type When = 'now' | 'earlier' | 'all';

export interface Checked {
  readonly term: Term;
  readonly needs: readonly { readonly index: number; readonly when: When }[];
}

/** The meaning of a formula whose figure counts `wanted`. A figure made of bare numbers alone fits any unit. */
export function checkFormula(expression: Expression, wanted: Unit, scope: Scope): Result<Checked, CheckFault> {
  const checker: Checker = { scope, needs: [], inWindow: false };
  const typed = check(checker, expression, 'now');
  if (!typed.ok) return typed;
  const { term, unit, bare } = typed.value;
  if (bare || isSameUnit(unit, wanted) || (checker.needs.length === 0 && unit.size === 0)) {
    return ok({ term, needs: checker.needs });
  }
  return err({ kind: 'wrong-unit', wanted: unitText(wanted), found: unitText(unit), at: expression.at });
}

interface Checker {
  readonly scope: Scope;
  readonly needs: { index: number; when: When }[];
  inWindow: boolean;
}

interface Typed {
  readonly term: Term;
  readonly unit: Unit;
  /** Whether it is of bare numbers only, which count whatever stands beside them. */
  readonly bare: boolean;
}

type Check<T = Typed> = Result<T, CheckFault>;

function check(checker: Checker, expression: Expression, when: When): Check {
  switch (expression.kind) {
    case 'number':
      return checkNumber(checker, expression);
    case 'text':
      return err({ kind: 'not-a-figure', at: expression.at });
    case 'name':
      return checkName(checker, expression, when);
    case 'negative': {
      const of = check(checker, expression.of, when);
      return of.ok ? ok({ ...of.value, term: { kind: 'negative', of: of.value.term } }) : of;
    }
    case 'percent': {
      const of = check(checker, expression.of, when);
      if (!of.ok) return of;
      if (of.value.unit.size > 0) return clash(of.value.unit, plainNumber, expression.at);
      return ok({ term: { kind: 'times', left: of.value.term, right: HUNDREDTH }, unit: plainNumber, bare: false });
    }
    case 'operation':
      return checkOperation(checker, expression, when);
    case 'call':
      return checkCall(checker, expression, when);
  }
}

const HUNDREDTH: Term = { kind: 'number', value: fraction(1n, 100n) };
const ZERO: Term = { kind: 'number', value: fraction(0n) };

function checkNumber({ scope }: Checker, { value, unit, at }: Extract<Expression, { kind: 'number' }>): Check {
  const term: Term = { kind: 'number', value: fractionOf(value) };
  if (unit === null) return ok({ term, unit: plainNumber, bare: true });
  const counted = scope.isUnit(unit) ? unitOf(unit) : undefined;
  return counted ? ok({ term, unit: counted, bare: false }) : err({ kind: 'unknown-unit', unit, at });
}

function checkName(checker: Checker, { name, at }: Extract<Expression, { kind: 'name' }>, when: When): Check {
  const found = refer(checker.scope, name, at);
  if (!found.ok) return found;
  if (found.value.table) return err({ kind: 'not-a-figure', at });
  return ok(figure(checker, found.value, when));
}

function figure(checker: Checker, { index, unit, digits }: Referent, when: When): Typed {
  checker.needs.push({ index, when });
  return { term: { kind: 'figure', index, digits }, unit, bare: false };
}

function refer(scope: Scope, name: string, at: Span): Check<Referent> {
  const [found, other] = scope.find(name);
  if (found === undefined) return err({ kind: 'unknown-name', name, nearest: scope.nearest(name), at });
  return other === undefined ? ok(found) : err({ kind: 'ambiguous-name', name, at });
}

function checkOperation(
  checker: Checker,
  { operator, left, right, at }: Extract<Expression, { kind: 'operation' }>,
  when: When,
): Check {
  if (isComparison(operator)) return err({ kind: 'not-a-figure', at });
  const a = check(checker, left, when);
  if (!a.ok) return a;
  const b = check(checker, right, when);
  if (!b.ok) return b;
  const kind = KINDS[operator];
  const term: Term = { kind, left: a.value.term, right: b.value.term };
  if (kind === 'plus' || kind === 'minus') {
    const unit = common([a.value, b.value], at);
    return unit.ok ? ok({ ...unit.value, term }) : unit;
  }
  const unit = unitTimes(a.value.unit, b.value.unit, kind === 'times' ? 1 : -1);
  return ok({ term, unit, bare: a.value.bare && b.value.bare });
}

const KINDS = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'over' } as const;

function isComparison(operator: Operator): operator is Comparison {
  return !(operator in KINDS);
}

/** What several figures count together, when they are added, compared or chosen from. */
function common(figures: readonly Typed[], at: Span): Check<Omit<Typed, 'term'>> {
  const [first, ...others] = figures.filter(({ bare }) => !bare);
  if (first === undefined) return ok({ unit: plainNumber, bare: true });
  const other = others.find(({ unit }) => !isSameUnit(unit, first.unit));
  return other ? clash(first.unit, other.unit, at) : ok({ unit: first.unit, bare: false });
}

function clash(left: Unit, right: Unit, at: Span): Result<never, CheckFault> {
  return err({ kind: 'unit-clash', left: unitText(left), right: unitText(right), at });
}

type Call = Extract<Expression, { kind: 'call' }>;

function checkCall(checker: Checker, call: Call, when: When): Check {
  const { name, given, over, at } = call;
  if (!hasRightArguments(call)) return err({ kind: 'wrong-arguments', name, at });
  const [first, second] = given;
  switch (name) {
    case 'period':
    case 'year':
      return ok({ term: { kind: 'clock', shows: name }, unit: plainNumber, bare: false });
    case 'if':
      return checkIf(checker, call, when);
    case 'lookup':
      return checkLookup(checker, call, when);
    case 'dated':
      return checkDated(checker, call, when);
    case 'at':
      return checkAt(checker, call);
    case 'prev':
      return checkEarlier(checker, call, when);
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      break;
  }
  if (over === null || first === undefined || second !== undefined) {
    const all = checkAll(checker, given, when, at);
    return all.ok ? ok({ ...all.value.kind, term: { kind: 'fold', by: name, of: all.value.terms } }) : all;
  }
  if (checker.inWindow) return err({ kind: 'nested-window', at });
  checker.inWindow = true;
  const of = check(checker, first, over.kind === 'ytd' || over.kind === 'last' ? when : 'all');
  checker.inWindow = false;
  return of.ok ? ok({ ...of.value, term: { kind: 'window', by: name, of: of.value.term, window: over } }) : of;
}

/** How many arguments each function takes, least and most. */
const ARGUMENTS: Readonly<Record<FunctionName, readonly [number, number]>> = {
  prev: [0, 2],
  sum: [2, 200],
  avg: [2, 200],
  min: [2, 200],
  max: [2, 200],
  if: [3, 3],
  lookup: [2, 2],
  dated: [3, 199],
  at: [2, 2],
  period: [0, 0],
  year: [0, 0],
};

function hasRightArguments({ name, given, over }: Call): boolean {
  const [least, most] = ARGUMENTS[name];
  if (over !== null)
    return (name === 'sum' || name === 'avg' || name === 'min' || name === 'max') && given.length === 1;
  return given.length >= least && given.length <= most && (name !== 'dated' || given.length % 2 === 1);
}

interface All {
  readonly terms: readonly Term[];
  readonly kind: Omit<Typed, 'term'>;
}

/** Arguments that all count the same. */
function checkAll(checker: Checker, given: readonly Expression[], when: When, at: Span): Check<All> {
  const typed: Typed[] = [];
  for (const each of given) {
    const checked = check(checker, each, when);
    if (!checked.ok) return checked;
    typed.push(checked.value);
  }
  const kind = common(typed, at);
  return kind.ok ? ok({ terms: typed.map(({ term }) => term), kind: kind.value }) : kind;
}

function checkIf(checker: Checker, { given, at }: Call, when: When): Check {
  const [test, ...branches] = given;
  const condition = checkCondition(checker, test, when, at);
  if (!condition.ok) return condition;
  const both = checkAll(checker, branches, when, at);
  if (!both.ok) return both;
  const [yes = ZERO, no = ZERO] = both.value.terms;
  return ok({ ...both.value.kind, term: { kind: 'if', condition: condition.value, yes, no } });
}

function checkCondition(checker: Checker, test: Expression | undefined, when: When, at: Span): Check<Condition> {
  if (test?.kind !== 'operation' || !isComparison(test.operator)) {
    return err({ kind: 'not-a-condition', at: test?.at ?? at });
  }
  const sides = checkAll(checker, [test.left, test.right], when, test.at);
  if (!sides.ok) return sides;
  const [left = ZERO, right = ZERO] = sides.value.terms;
  return ok({ test: test.operator, left, right });
}

/** `prev` alone is the figure's own; `prev(x; start)` is x one period earlier. */
function checkEarlier(checker: Checker, { given, at }: Call, when: When): Check {
  const before = when === 'all' ? 'all' : 'earlier';
  const [of, start] = given;
  if (of === undefined) {
    const typed = figure(checker, checker.scope.self, before);
    return ok({ ...typed, term: { kind: 'earlier', of: typed.term, start: ZERO } });
  }
  const earlier = check(checker, of, before);
  if (!earlier.ok) return earlier;
  if (start === undefined)
    return ok({ ...earlier.value, term: { kind: 'earlier', of: earlier.value.term, start: ZERO } });
  const first = check(checker, start, when);
  if (!first.ok) return first;
  const kind = common([earlier.value, first.value], at);
  if (!kind.ok) return kind;
  return ok({ ...kind.value, term: { kind: 'earlier', of: earlier.value.term, start: first.value.term } });
}

function checkAt(checker: Checker, { given: [of, key], at }: Call): Check {
  const period = key?.kind === 'text' ? checker.scope.periodAt(key.text) : -1;
  if (period < 0) return err({ kind: 'unknown-date', text: key?.kind === 'text' ? key.text : '', at: key?.at ?? at });
  const typed = of ? check(checker, of, 'all') : err<CheckFault>({ kind: 'wrong-arguments', name: 'at', at });
  return typed.ok ? ok({ ...typed.value, term: { kind: 'in', period, of: typed.value.term } }) : typed;
}

function checkDated(checker: Checker, { given, at }: Call, when: When): Check {
  const dates: string[] = [];
  for (let i = 1; i < given.length; i += 2) {
    const date = given[i];
    const text = date?.kind === 'text' ? date.text : '';
    if (!isIsoDate(text) || text <= (dates.at(-1) ?? ''))
      return err({ kind: 'unknown-date', text, at: date?.at ?? at });
    dates.push(text);
  }
  const values = given.filter((_, i) => i === 0 || i % 2 === 0);
  const all = checkAll(checker, values, when, at);
  if (!all.ok) return all;
  const [first = ZERO, ...rest] = all.value.terms;
  const later = rest.map((value, i) => ({ from: dates[i] ?? '', value }));
  return ok({ ...all.value.kind, term: { kind: 'dated', first, later } });
}

function checkLookup(checker: Checker, { given: [table, key], at }: Call, when: When): Check {
  if (table?.kind !== 'name' || key === undefined) return err({ kind: 'wrong-arguments', name: 'lookup', at });
  const found = refer(checker.scope, table.name, table.at);
  if (!found.ok) return found;
  const { index, unit, table: rows } = found.value;
  if (rows === null || (rows.by === 'rows') !== (key.kind === 'text')) {
    return err({ kind: 'wrong-arguments', name: 'lookup', at });
  }
  checker.needs.push({ index, when: 'now' });
  if (key.kind === 'text') return ok({ term: { kind: 'row', table: index, key: key.text }, unit, bare: false });
  const typed = check(checker, key, when);
  if (!typed.ok) return typed;
  const keyUnit = rows.by === 'bands' ? rows.keyUnit : plainNumber;
  const same = common([typed.value, { term: ZERO, unit: keyUnit, bare: false }], key.at);
  return same.ok ? ok({ term: { kind: 'band', table: index, key: typed.value.term }, unit, bare: false }) : same;
}
