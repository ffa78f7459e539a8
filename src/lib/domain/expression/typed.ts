/** Formulas between a person, who writes names, and what is kept, which has ids. (E7, E8) */
import type { DecimalMark } from '#lib/domain/money/numeral.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import { checkFormula } from './check.ts';
import { nameKey, namesOf, scopeOf, unitTextOf, type DefinitionFault } from './compile.ts';
import type { Definition } from './definition.ts';
import { withLeaves, withNames } from './names.ts';
import { parseFormula } from './parse.ts';
import { printFormula } from './print.ts';
import type { Timeline } from './timeline.ts';
import { plainNumber, unitOf } from './unit.ts';

/**
 * What a person typed as the formula of `definition`, made ready to be kept; or what is wrong with it, where it stands in
 * what was typed. Whether it goes round in a circle only the whole model tells. `definitions` are all that it may name.
 */
export function formulaFromTyped(
  typed: string,
  decimal: DecimalMark | undefined,
  definition: Definition,
  definitions: readonly Definition[],
  timeline: Timeline,
): Result<string, DefinitionFault> {
  const expression = parseFormula(typed, decimal);
  if (!expression.ok) return expression;
  const all = [...definitions.filter(({ id }) => id !== definition.id), definition];
  const names = namesOf(all, timeline);
  const unit = unitOf(unitTextOf(definition)) ?? plainNumber;
  const checked = checkFormula(expression.value, unit, scopeOf(all.length - 1, names, all));
  if (!checked.ok) return checked;
  const idOf = (name: string): string => {
    const [place] = names.places.get(name) ?? names.places.get(nameKey(name)) ?? [];
    return all[place ?? -1]?.id ?? name;
  };
  return ok(printFormula(withNames(expression.value, idOf)));
}

/** A kept formula as its reader writes it. `nameOf` gives undefined for what is gone, which then stands by its id. */
export function formulaToTyped(
  formula: string,
  decimal: DecimalMark,
  nameOf: (id: string) => string | undefined,
): string {
  const expression = parseFormula(formula, '.');
  if (!expression.ok) return formula;
  return printFormula(
    withLeaves(expression.value, (leaf) => {
      if (leaf.kind === 'name') return { ...leaf, name: nameOf(leaf.name) ?? leaf.name };
      return leaf.kind === 'number' ? { ...leaf, value: leaf.value.replace('.', decimal) } : leaf;
    }),
  );
}

/** Ids of what a kept formula names. */
export function idsIn(formula: string): ReadonlySet<string> {
  const ids = new Set<string>();
  const expression = parseFormula(formula, '.');
  if (expression.ok) {
    withNames(expression.value, (id) => {
      ids.add(id);
      return id;
    });
  }
  return ids;
}
