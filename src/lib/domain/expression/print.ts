/** Writes a formula the one way that every device reads alike: points before decimals, `;` between arguments. (E7) */
import { functionNames, type Expression, type Operator, type Window } from './ast.ts';

/** `parseFormula(printFormula(x), '.')` says what x says. */
export function printFormula(expression: Expression): string {
  switch (expression.kind) {
    case 'number':
      return expression.unit === null ? expression.value : `${expression.value} ${expression.unit}`;
    case 'text':
      return `"${expression.text}"`;
    case 'name':
      return printName(expression.name);
    case 'negative':
      return `-${enclosed(expression.of, SIGN)}`;
    case 'percent':
      return `${enclosed(expression.of, ATOM)}%`;
    case 'operation': {
      const { operator, left, right } = expression;
      const rank = RANKS[operator];
      // What stands left may be of the same rank (2 - 3 - 4), but a comparison is never compared.
      return `${enclosed(left, rank === 0 ? 1 : rank)} ${operator} ${enclosed(right, rank + 1)}`;
    }
    case 'call':
      return expression.given.length === 0
        ? expression.name
        : `${expression.name}(${expression.given.map(printFormula).join('; ')}${printWindow(expression.over)})`;
  }
}

/** A name as it stands in a formula: bare where it is a word, else in brackets. */
function printName(name: string): string {
  const isWord = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name);
  const isTaken = name === 'over' || functionNames.some((each) => each === name.toLowerCase());
  return isWord && !isTaken ? name : `[${name.replaceAll(']', ']]')}]`;
}

const RANKS: Readonly<Record<Operator, number>> = {
  '<': 0,
  '<=': 0,
  '>': 0,
  '>=': 0,
  '=': 0,
  '<>': 0,
  '+': 1,
  '-': 1,
  '*': 2,
  '/': 2,
};
const SIGN = 3;
const ATOM = 4;

function enclosed(expression: Expression, least: number): string {
  const text = printFormula(expression);
  return rankOf(expression) < least ? `(${text})` : text;
}

function rankOf(expression: Expression): number {
  if (expression.kind === 'operation') return RANKS[expression.operator];
  return expression.kind === 'negative' ? SIGN : ATOM;
}

function printWindow(window: Window | null): string {
  if (window === null) return '';
  return window.kind === 'last' ? ` over last ${window.periods}` : ` over ${window.kind}`;
}
