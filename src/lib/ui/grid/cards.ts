/** A month of the budget as cards: one for each top group, with its lines. */
import type { Reading } from './reading.ts';
import { ancestors, isLine, type RowEntry, type Tree } from './rows.ts';
import type { SheetLine } from './sheet.ts';

export interface Card {
  readonly id: string;
  readonly label: string;
  readonly standing: Standing;
  readonly lines: readonly CardLine[];
}

interface CardLine {
  readonly line: SheetLine;
  readonly standing: Standing;
}

/** Plan against what was spent, in minor units of one currency. */
export interface Standing {
  readonly currency: string;
  readonly revenue: boolean;
  /** Not a number while it is not known. */
  readonly plan: number;
  readonly spent: number;
  readonly left: number;
  /** How much of the plan is used, from 0 to 1; more than all is 1. */
  readonly used: number;
  /** Costs above the plan. A revenue above its plan is no trouble. */
  readonly over: boolean;
}

export interface CardFigures {
  readonly plan: Reading;
  readonly spent: Reading | null;
  /** The shown column of the month, counted from 0. */
  readonly column: number;
  /** The currency of groups. */
  readonly currency: string;
}

/** The cards of a month, groups without lines left out; lines without a group come last, under `ungrouped`. */
export function cardsOf(tree: Tree, figures: CardFigures, ungrouped: string): readonly Card[] {
  const linesOf = linesByTopGroup(tree);
  const indexes = [...tree.groups.keys(), tree.total];
  return indexes.flatMap((group) => {
    const lines = linesOf.get(group) ?? [];
    if (lines.length === 0) return [];
    const cardLines = lines.flatMap((index) => {
      const line = tree.lines[index];
      return line === undefined ? [] : [{ line, standing: standingOf(tree, index, line.currency, figures) }];
    });
    const given = tree.groups[group];
    if (given !== undefined) {
      const standing = standingOf(tree, ~group, figures.currency, figures);
      return [{ id: given.id, label: given.label, standing, lines: cardLines }];
    }
    return [{ id: '', label: ungrouped, standing: summed(lines, figures), lines: cardLines }];
  });
}

/** The whole month. */
export function monthOf(tree: Tree, figures: CardFigures): Standing {
  return standingOf(tree, ~tree.total, figures.currency, figures);
}

function standingOf(tree: Tree, entry: RowEntry, currency: string, { plan, spent, column }: CardFigures): Standing {
  const sign = isLine(entry) ? tree.lineSigns[entry] : tree.groupSigns[~entry];
  return standing(plan.figure(entry, column), spent?.figure(entry, column) ?? NaN, currency, sign === -1);
}

function summed(lines: readonly number[], { plan, spent, column, currency }: CardFigures): Standing {
  const sum = (reading: Reading | null): number =>
    lines.reduce((total, line) => total + (reading?.baseFigure(line, column) ?? NaN), 0);
  return standing(sum(plan), sum(spent), currency, false);
}

function standing(plan: number, spent: number, currency: string, revenue: boolean): Standing {
  const used = spent > 0 ? (plan > 0 ? Math.min(1, spent / plan) : 1) : 0;
  return { currency, revenue, plan, spent, left: plan - spent, used, over: !revenue && spent > plan };
}

function linesByTopGroup(tree: Tree): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  tree.groupOfLine.forEach((group, line) => {
    let top = tree.total;
    for (const above of ancestors(tree.parents, group, tree.total)) if (above !== tree.total) top = above;
    found.set(top, [...(found.get(top) ?? []), line]);
  });
  return found;
}
