/** Definitions made ready to be worked out: formulas parsed and checked, what needs what. */
import { currencyOf } from '#lib/domain/money/currency.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import { approximately, type Approximate } from './approximate.ts';
import type { Expression } from './ast.ts';
import { checkFormula, type CheckFault, type Checked, type Referent, type Scope } from './check.ts';
import { isDecimal, type Definition } from './definition.ts';
import { parseFormula, type ParseFault } from './parse.ts';
import type { Term } from './term.ts';
import { placeOf, type Timeline } from './timeline.ts';
import { plainNumber, unitOf, type Unit } from './unit.ts';

export type DefinitionFault =
  | ParseFault
  | CheckFault
  | { readonly kind: 'not-a-unit'; readonly unit: string }
  | { readonly kind: 'not-a-decimal'; readonly text: string }
  | { readonly kind: 'out-of-order'; readonly text: string };

export interface Node {
  readonly definition: Definition;
  /** What it counts; for a table, what its values count. */
  readonly unit: Unit;
  /** Null for what is given, not worked out. */
  readonly term: Term | null;
  readonly approximate: Approximate | null;
  readonly needs: Checked['needs'];
}

/** All definitions by id and by name, and the units that occur among them. */
export interface Names {
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** By the place of the definition; undefined where it has none. */
  readonly units: readonly (Unit | undefined)[];
  /** All that is counted anywhere. */
  readonly bases: ReadonlySet<string>;
  readonly timeline: Timeline;
}

export function namesOf(definitions: readonly Definition[], timeline: Timeline): Names {
  const places = new Map<string, number[]>();
  const units = definitions.map((definition) => unitOf(unitTextOf(definition)));
  definitions.forEach((definition, index) => {
    for (const key of new Set([definition.id, nameKey(definition.name)])) {
      const known = places.get(key);
      if (known) known.push(index);
      else places.set(key, [index]);
    }
  });
  const bases = new Set(units.flatMap((unit) => [...(unit?.keys() ?? [])]));
  return { places, units, bases, timeline };
}

/** Names are the same whatever their case and spaces. */
export function nameKey(name: string): string {
  return name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** What a definition counts, as text. */
export function unitTextOf(definition: Definition): string {
  return definition.kind === 'line' ? definition.currency : definition.unit;
}

export function compile(
  definition: Definition,
  self: number,
  names: Names,
  definitions: readonly Definition[],
): Result<Node, DefinitionFault> {
  const unit = names.units[self];
  if (unit === undefined || (definition.kind === 'line' && !currencyOf(definition.currency))) {
    return err({ kind: 'not-a-unit', unit: unitTextOf(definition) });
  }
  if (!('formula' in definition.content)) {
    const fault = givenFault(definition);
    return fault ? err(fault) : ok({ definition, unit, term: null, approximate: null, needs: [] });
  }
  const expression = parsed(definition.content);
  if (!expression.ok) return expression;
  const checked = checkFormula(expression.value, unit, scopeOf(self, names, definitions));
  if (!checked.ok) return checked;
  const { term, needs } = checked.value;
  return ok({ definition, unit, term, approximate: definition.kind === 'line' ? approximately(term) : null, needs });
}

/** A formula is parsed once, however many models it stands in. */
const parsedFormulas = new WeakMap<object, Result<Expression, ParseFault>>();

function parsed(content: { readonly formula: string }): Result<Expression, ParseFault> {
  let expression = parsedFormulas.get(content);
  if (!expression) parsedFormulas.set(content, (expression = parseFormula(content.formula, '.')));
  return expression;
}

/** Where the formula of the definition at a place finds what it names. */
export function scopeOf(self: number, names: Names, definitions: readonly Definition[]): Scope {
  return {
    find: (name) =>
      (names.places.get(name) ?? names.places.get(nameKey(name)) ?? []).map((at) => referent(definitions, names, at)),
    nearest: (name) => nearestTo(nameKey(name), definitions),
    isUnit: (word) => names.bases.has(word) || currencyOf(word) !== undefined,
    periodAt: (text) => placeOf(names.timeline, text),
    self: referent(definitions, names, self),
  };
}

function referent(definitions: readonly Definition[], names: Names, index: number): Referent {
  const definition = definitions[index]!;
  const unit = names.units[index] ?? plainNumber;
  if (definition.kind === 'line')
    return { index, unit, digits: currencyOf(definition.currency)?.digits ?? 0, table: null };
  if (definition.kind === 'driver') return { index, unit, digits: null, table: null };
  if ('rows' in definition.content) return { index, unit, digits: null, table: { by: 'rows' } };
  const keyUnit = unitOf(definition.content.keyUnit) ?? plainNumber;
  return { index, unit, digits: null, table: { by: 'bands', keyUnit } };
}

function givenFault({ content }: Definition): DefinitionFault | undefined {
  if ('values' in content) return valuesFault(content.values);
  if ('bands' in content) {
    const wrongOrder = content.bands.find(({ from }, i) => i > 0 && Number(from) <= Number(content.bands[i - 1]!.from));
    if (unitOf(content.keyUnit) === undefined) return { kind: 'not-a-unit', unit: content.keyUnit };
    const fault = decimalFault(content.bands.flatMap(({ from, value }) => [from, value]));
    return fault ?? (wrongOrder && { kind: 'out-of-order', text: wrongOrder.from });
  }
  if ('rows' in content) return decimalFault(Object.values(content.rows));
  if (!('phases' in content)) return undefined;
  const wrong = Object.values(content.phases).find((minor) => !Number.isSafeInteger(minor));
  return wrong === undefined ? undefined : { kind: 'not-a-decimal', text: String(wrong) };
}

function valuesFault(values: readonly { from: string | null; value: string }[]): DefinitionFault | undefined {
  const wrongOrder = values.find(({ from }, i) => i > 0 && (from ?? '') <= (values[i - 1]!.from ?? ''));
  return (
    decimalFault(values.map(({ value }) => value)) ??
    (wrongOrder && { kind: 'out-of-order', text: wrongOrder.from ?? '' })
  );
}

function decimalFault(texts: readonly string[]): DefinitionFault | undefined {
  const wrong = texts.find((text) => !isDecimal(text));
  return wrong === undefined ? undefined : { kind: 'not-a-decimal', text: wrong };
}

/** The known name with the most pairs of letters in common (Dice's coefficient), if it is at least half alike. */
function nearestTo(name: string, definitions: readonly Definition[]): string | null {
  let [nearest, likeness]: [string | null, number] = [null, 0.5];
  const wanted = pairsOf(name);
  for (const definition of definitions) {
    const pairs = pairsOf(nameKey(definition.name));
    const shared = [...pairs].filter((pair) => wanted.has(pair)).length;
    const alike = (2 * shared) / (pairs.size + wanted.size);
    if (alike > likeness) [nearest, likeness] = [definition.name, alike];
  }
  return nearest;
}

function pairsOf(name: string): Set<string> {
  return new Set(Array.from({ length: name.length + 1 }, (_, i) => ` ${name} `.slice(i, i + 2)));
}
