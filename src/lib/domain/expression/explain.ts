/** What is wrong with a formula, in a sentence that says where and what to do. */
import type { FunctionName, Span } from './ast.ts';
import type { DefinitionFault } from './compile.ts';
import type { FigureFault } from './exact.ts';
import type { ModelFault } from './model.ts';

/** `text` is the formula as the person typed it. */
export function explainFault(fault: DefinitionFault, text: string): string {
  switch (fault.kind) {
    case 'unreadable':
      return `“${fault.found}” at ${where(fault.at)} means nothing in a formula. Take it out, or put a name that has it in [brackets].`;
    case 'unexpected':
      return fault.found === ''
        ? `The formula ends too soon: ${fault.wanted} is missing at the end.`
        : `“${fault.found}” at ${where(fault.at)} cannot stand there: write ${fault.wanted} first.`;
    case 'not-a-number':
      return `“${fault.found}” at ${where(fault.at)} is not a number. Write 1234.50, or 12k for thousands.`;
    case 'ambiguous':
      return `The number at ${where(fault.at)} can be ${fault.readings[0]} or ${fault.readings[1]}. Write it one of these ways.`;
    case 'comma-in-list':
      return `“${fault.found}” at ${where(fault.at)} can be one number or two. Write ; between the arguments and a point before decimals.`;
    case 'unknown-function':
      return `There is no function “${fault.name}” (${where(fault.at)}). Use prev, sum, avg, min, max, if, lookup, dated or at.`;
    case 'too-long':
      return `The formula is longer than ${fault.most} characters. Give a part of it a name, as a driver of its own.`;
    case 'too-deep':
      return `More than ${fault.most} parentheses stand in each other. Give a part of the formula a name, as a driver of its own.`;
    case 'unknown-name': {
      const meant = fault.nearest === null ? '' : ` Did you mean “${fault.nearest}”?`;
      return `There is nothing called “${fault.name}” here (${where(fault.at)}).${meant} Add a driver of that name or correct it.`;
    }
    case 'ambiguous-name':
      return `Several things are called “${fault.name}” (${where(fault.at)}). Give the one you mean a name of its own.`;
    case 'unknown-unit':
      return `Nothing here counts “${fault.unit}” (${where(fault.at)}). Leave it out, or use the unit of a driver.`;
    case 'unit-clash':
      return clash(fault.left, fault.right, quoted(text, fault.at));
    case 'wrong-unit':
      return `The formula gives ${counted(fault.found)}, but ${counted(fault.wanted)} ${fault.wanted === '' ? 'is' : 'are'} wanted. ${remedy(fault.wanted, fault.found)}`;
    case 'wrong-arguments':
      return `“${fault.name}” at ${where(fault.at)} is written ${USES[fault.name]}.`;
    case 'not-a-figure':
      return `${quoted(text, fault.at)} is no figure. Comparisons stand in if(...), texts and tables in lookup(...).`;
    case 'not-a-condition':
      return `${quoted(text, fault.at)} is not a comparison. Write if(headcount > 20; this; that).`;
    case 'nested-window':
      return `${quoted(text, fault.at)} runs over periods inside something that runs over periods. Make the inner one a driver of its own.`;
    case 'unknown-date':
      return `“${fault.text}” at ${where(fault.at)} is not a date or period here. Write dates as "2027-07-01", the earliest first.`;
    case 'not-a-unit':
      return `“${fault.unit}” is not a currency or unit. Write EUR, head or EUR/head.`;
    case 'not-a-decimal':
      return `“${fault.text}” is not a figure that can be kept. Write plain digits with a point: 1234.5.`;
    case 'out-of-order':
      return `“${fault.text}” comes too early or twice. Put the rows in order, each once.`;
  }
}

/** `shownName` is the name of what `fault.id` stands for. */
export function explainFigure(fault: FigureFault, shownName: string): string {
  switch (fault.kind) {
    case 'division-by-zero':
      return `“${shownName}” divides by zero in ${fault.period}. Write if(x = 0; 0; y / x), or give x a value there.`;
    case 'too-large':
      return `“${shownName}” becomes too large in ${fault.period}. Look for growth that is multiplied twice.`;
    case 'no-row':
      return `“${shownName}” looks up “${fault.key}” in “${fault.table}” in ${fault.period}, which has no row for it. Add the row.`;
  }
}

export function explainModel(fault: ModelFault, textOf: (id: string) => string): string {
  switch (fault.kind) {
    case 'in-definition':
      return `${fault.name}: ${explainFault(fault.fault, textOf(fault.id))}`;
    case 'duplicate-id':
      return `Two definitions have the id ${fault.id}. Keep one of them.`;
    case 'cycle':
      return `These wait for each other: ${fault.names.join(' -> ')}. Let one of them use prev(...), or a value of its own.`;
  }
}

const USES: Readonly<Record<FunctionName, string>> = {
  prev: 'prev, prev(x) or prev(x; value before the first period)',
  sum: 'sum(a; b) or sum(x over year)',
  avg: 'avg(a; b) or avg(x over last 3)',
  min: 'min(a; b) or min(x over year)',
  max: 'max(a; b) or max(x over year)',
  if: 'if(a > b; this; that)',
  lookup: 'lookup(table; quantity) or lookup(table; "row")',
  dated: 'dated(value; "2027-07-01"; value from then on)',
  at: 'at(x; "2027-03")',
  period: 'period, without anything behind it',
  year: 'year, without anything behind it',
};

function where({ start }: Span): string {
  return `character ${start + 1}`;
}

function quoted(text: string, { start, end }: Span): string {
  return `“${text.slice(start, end)}” at ${where({ start, end })}`;
}

function counted(unit: string): string {
  return unit === '' ? 'a plain number' : unit;
}

function clash(left: string, right: string, quote: string): string {
  return `${quote} puts ${counted(left)} and ${counted(right)} together. ${remedy(left, right)}`;
}

function remedy(left: string, right: string): string {
  if (left === '' || right === '') {
    return `Give numbers their unit (500 ${left || right}); for a percentage more write x * (1 + 4%).`;
  }
  return `Multiply one by a rate in ${left}/${right} first.`;
}
