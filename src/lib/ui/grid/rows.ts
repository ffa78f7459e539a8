/** Which rows the grid shows: groups over their lines, folded groups without them, the grand total last. */
import type { SheetGroup, SheetLine } from './sheet.ts';

/**
 * One row: the index of a line, or the complement (`~`) of the index of a group. The grand total counts as the group
 * after the last one.
 */
export type RowEntry = number;

export function isLine(entry: RowEntry): boolean {
  return entry >= 0;
}

export interface Tree {
  readonly groups: readonly SheetGroup[];
  readonly lines: readonly SheetLine[];
  /** Index of the grand total among the groups. */
  readonly total: number;
  /** For each group the group above it; the top ones stand under the total. */
  readonly parents: Int32Array;
  readonly groupOfLine: Int32Array;
  readonly indexOfLine: ReadonlyMap<string, number>;
  readonly indexOfGroup: ReadonlyMap<string, number>;
  /** How many lines stand under each group and under the total, at any depth. */
  readonly sizes: Int32Array;
  /** Costs count up and revenue counts down; a group of revenue alone is shown the other way round. */
  readonly lineSigns: Int8Array;
  readonly groupSigns: Int8Array;
}

export interface Rows {
  readonly entries: Int32Array;
  readonly depths: Uint8Array;
  /** Row of each line, -1 while its group is folded. */
  readonly rowOfLine: Int32Array;
  readonly rowOfGroup: Int32Array;
}

/** Arrange lines under groups. A group with an unknown parent, or one that is its own ancestor, stands on top. */
export function treeOf(groups: readonly SheetGroup[], lines: readonly SheetLine[]): Tree {
  const total = groups.length;
  const indexOfGroup = new Map(groups.map((group, index) => [group.id, index]));
  const indexOfLine = new Map(lines.map((line, index) => [line.id, index]));
  const parents = parentsOf(groups, indexOfGroup);
  const groupOfLine = Int32Array.from(lines, (line) => indexOfGroup.get(line.groupId ?? '') ?? total);
  const lineSigns = Int8Array.from(lines, (line) => (line.nature === 'revenue' ? -1 : 1));
  const sizes = new Int32Array(total + 1);
  const revenues = new Int32Array(total + 1);
  groupOfLine.forEach((group, line) => {
    for (const above of ancestors(parents, group, total)) {
      sizes[above] = at(sizes, above) + 1;
      if (at(lineSigns, line) < 0) revenues[above] = at(revenues, above) + 1;
    }
  });
  const groupSigns = Int8Array.from(sizes, (size, group) => (size > 0 && at(revenues, group) === size ? -1 : 1));
  return {
    groups,
    lines,
    total,
    parents,
    groupOfLine,
    indexOfLine,
    indexOfGroup,
    sizes,
    lineSigns,
    groupSigns,
  };
}

/** The rows to show, from top to bottom; lines stand before the groups inside their group. */
export function flatten(tree: Tree, folded: ReadonlySet<string>): Rows {
  const linesIn = childrenOf(tree.groupOfLine, tree.total + 1);
  const groupsIn = childrenOf(tree.parents, tree.total + 1);
  const entries: number[] = [];
  const depths: number[] = [];
  const walk = (group: number, depth: number): void => {
    for (const line of linesIn[group] ?? []) {
      entries.push(line);
      depths.push(depth);
    }
    for (const child of groupsIn[group] ?? []) {
      entries.push(~child);
      depths.push(depth);
      if (!folded.has(tree.groups[child]?.id ?? '')) walk(child, depth + 1);
    }
  };
  walk(tree.total, 0);
  entries.push(~tree.total);
  depths.push(0);
  return indexed(tree, Int32Array.from(entries), Uint8Array.from(depths));
}

/** Where a row of another arrangement stands now: itself, or the folded group it went into; undefined when it is gone. */
export function rowAgain(entry: RowEntry, before: Tree, after: Tree, rows: Rows): number | undefined {
  if (isLine(entry)) {
    const line = after.indexOfLine.get(before.lines[entry]?.id ?? '');
    if (line === undefined) return undefined;
    const row = at(rows.rowOfLine, line);
    return row >= 0 ? row : shownAncestor(at(after.groupOfLine, line), after, rows);
  }
  if (~entry === before.total) return rows.entries.length - 1;
  const group = after.indexOfGroup.get(before.groups[~entry]?.id ?? '');
  return group === undefined ? undefined : shownAncestor(group, after, rows);
}

/** The folded groups after one was folded or unfolded. */
export function toggled(folded: ReadonlySet<string>, group: string): ReadonlySet<string> {
  const one = new Set([group]);
  return folded.has(group) ? folded.difference(one) : folded.union(one);
}

/** The folded groups with those left out that hide a line; the same set when none does. */
export function unfoldedFor(tree: Tree, folded: ReadonlySet<string>, lineId: string): ReadonlySet<string> {
  const home = tree.groupOfLine[tree.indexOfLine.get(lineId) ?? -1];
  if (home === undefined) return folded;
  const above = new Set(Array.from(ancestors(tree.parents, home, tree.total), (group) => tree.groups[group]?.id ?? ''));
  return folded.isDisjointFrom(above) ? folded : folded.difference(above);
}

/** The group and everything above it up to the total. */
export function* ancestors(parents: Int32Array, group: number, total: number): Generator<number> {
  let above = group;
  while (above !== total) {
    yield above;
    above = at(parents, above);
  }
  yield total;
}

function shownAncestor(group: number, tree: Tree, rows: Rows): number {
  for (const above of ancestors(tree.parents, group, tree.total)) {
    const row = at(rows.rowOfGroup, above);
    if (row >= 0) return row;
  }
  return rows.entries.length - 1;
}

function parentsOf(groups: readonly SheetGroup[], indexOf: ReadonlyMap<string, number>): Int32Array {
  const total = groups.length;
  const parents = Int32Array.from(groups, (group) => indexOf.get(group.parentId ?? '') ?? total);
  for (let group = 0; group < total; group += 1) {
    let above = at(parents, group);
    for (let steps = 0; above !== total && above !== group && steps < total; steps += 1) above = at(parents, above);
    if (above !== total) parents[group] = total;
  }
  return parents;
}

function childrenOf(parents: Int32Array, count: number): readonly (readonly number[])[] {
  const children = Array.from({ length: count }, (): number[] => []);
  parents.forEach((parent, child) => children[parent]?.push(child));
  return children;
}

function indexed(tree: Tree, entries: Int32Array, depths: Uint8Array): Rows {
  const rowOfLine = new Int32Array(tree.lines.length).fill(-1);
  const rowOfGroup = new Int32Array(tree.total + 1).fill(-1);
  entries.forEach((entry, row) => {
    if (isLine(entry)) rowOfLine[entry] = row;
    else rowOfGroup[~entry] = row;
  });
  return { entries, depths, rowOfLine, rowOfGroup };
}

function at(array: Int32Array | Int8Array, index: number): number {
  return array[index] ?? 0;
}
