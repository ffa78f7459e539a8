/** A model of drivers and lines: worked out whole once, then only what a change reaches. (E17 to E21) */
import { minorDigits } from '#lib/domain/money/currency.ts';
import { fraction, fractionOf, type Fraction } from '#lib/domain/money/fraction.ts';
import { assert, err, ok, type Result } from '#lib/domain/result.ts';
import type { Approximation } from './approximate.ts';
import {
  areSame,
  driverCells,
  figureIn,
  lineCells,
  putDriver,
  putRounded,
  roundedSurely,
  type Cells,
  type LineCells,
} from './cells.ts';
import { compile, nameKey, namesOf, unitTextOf, type DefinitionFault, type Names, type Node } from './compile.ts';
import type { Definition, Driver, ModelLine, Table } from './definition.ts';
import { exactly, type Figure, type FigureFault, type Figures } from './exact.ts';
import { isInOrder, orderOf, type Group } from './order.ts';
import type { Timeline } from './timeline.ts';

/** Never changes: a change makes another model, which shares all that stays as it is. */
export interface Model {
  readonly timeline: Timeline;
  readonly nodes: readonly Node[];
  /** By the place of the node. */
  readonly cells: readonly Cells[];
  readonly names: Names;
  readonly placeById: ReadonlyMap<string, number>;
  readonly groups: readonly Group[];
  /** By the place of the node: who needs it. */
  readonly dependents: readonly (readonly number[])[];
}

export type ModelFault =
  | { readonly kind: 'in-definition'; readonly id: string; readonly name: string; readonly fault: DefinitionFault }
  | { readonly kind: 'duplicate-id'; readonly id: string }
  /** The ids and names on the way round, the first again at the end. */
  | { readonly kind: 'cycle'; readonly ids: readonly string[]; readonly names: readonly string[] };

export interface Changed {
  readonly model: Model;
  /** Ids of the drivers and lines whose figures are others than before, in the order they were worked out. */
  readonly ids: readonly string[];
}

/** The model of some definitions, worked out; or everything that is wrong with them. */
export function modelOf(definitions: readonly Definition[], timeline: Timeline): Result<Model, readonly ModelFault[]> {
  const names = namesOf(definitions, timeline);
  const placeById = new Map(definitions.map(({ id }, at) => [id, at]));
  const twice = definitions.find(({ id }, at) => placeById.get(id) !== at);
  if (twice) return err([{ kind: 'duplicate-id', id: twice.id }]);
  const nodes = compiled(definitions, definitions, names, placeById);
  if (!nodes.ok) return nodes;
  const structure = structureOf(nodes.value);
  if (!structure.ok) return structure;
  const all = new Uint8Array(definitions.length).fill(1);
  const base = { timeline, nodes: nodes.value, names, placeById, ...structure.value };
  return ok({ ...base, cells: workOut(base, [], all).cells });
}

/** The model with some definitions replaced, or added where their id is new. What they do not reach is shared. */
export function changed(model: Model, definitions: readonly Definition[]): Result<Changed, readonly ModelFault[]> {
  const all = model.nodes.map(({ definition }) => definition);
  const placeById = new Map(model.placeById);
  let isFaceNew = false;
  for (const definition of definitions) {
    const place = placeById.get(definition.id) ?? all.length;
    isFaceNew ||= faceOf(all[place]) !== faceOf(definition);
    placeById.set(definition.id, place);
    all[place] = definition;
  }
  // Who is known by which name and counts what concerns the formulas of others: these are checked again.
  const names = isFaceNew ? namesOf(all, model.timeline) : model.names;
  const fresh = compiled(isFaceNew ? all : definitions, all, names, placeById);
  if (!fresh.ok) return fresh;

  const nodes = isFaceNew ? fresh.value : [...model.nodes];
  const dirty = new Uint8Array(all.length);
  let isOrderNew = isFaceNew;
  for (const node of fresh.value) {
    const place = placeById.get(node.definition.id)!;
    isOrderNew ||= !areSameNeeds(node, model.nodes[place]);
    nodes[place] = node;
  }
  for (const { id } of definitions) dirty[placeById.get(id)!] = 1;
  const structure = isOrderNew ? structureOf(nodes, isFaceNew ? [] : model.groups) : ok(structureIn(model));
  if (!structure.ok) return structure;
  const base = { timeline: model.timeline, nodes, names, placeById, ...structure.value };
  const { cells, ids } = workOut(base, model.cells, dirty);
  return ok({ model: { ...base, cells }, ids });
}

/** The amounts of a line in minor units, period by period; a fault where one cannot be worked out. */
export function amountsIn(model: Model, id: string): readonly Result<number, FigureFault>[] {
  const cells = cellsOf(model, id);
  assert(cells.kind === 'line', `${id} is not a line`);
  return Array.from(cells.minor, (amount, at) => {
    const fault = cells.faults?.get(at);
    return fault ? err(fault) : ok(amount);
  });
}

/** The exact figures of a driver or line in whole units, period by period. */
export function figuresIn(model: Model, id: string): readonly Figure[] {
  const cells = cellsOf(model, id);
  return model.timeline.map((_, at) => figureIn(cells, at));
}

function cellsOf(model: Model, id: string): Cells {
  const cells = model.cells[model.placeById.get(id) ?? -1];
  assert(cells !== undefined, `no definition ${id}`);
  return cells;
}

/** What the formulas of others see of a definition. */
function faceOf(definition: Definition | undefined): string {
  if (!definition) return '';
  const keys = definition.kind === 'table' && ('bands' in definition.content ? definition.content.keyUnit : 'rows');
  return JSON.stringify([definition.kind, nameKey(definition.name), unitTextOf(definition), keys]);
}

function compiled(
  wanted: readonly Definition[],
  all: readonly Definition[],
  names: Names,
  placeById: ReadonlyMap<string, number>,
): Result<Node[], readonly ModelFault[]> {
  const nodes: Node[] = [];
  const faults: ModelFault[] = [];
  for (const definition of wanted) {
    const node = compile(definition, placeById.get(definition.id)!, names, all);
    if (node.ok) nodes.push(node.value);
    else faults.push({ kind: 'in-definition', id: definition.id, name: definition.name, fault: node.error });
  }
  return faults.length > 0 ? err(faults) : ok(nodes);
}

function structureIn({ groups, dependents }: Model): Pick<Model, 'groups' | 'dependents'> {
  return { groups, dependents };
}

/** An order that was right before is looked for anew only where it no longer is. */
function structureOf(
  nodes: readonly Node[],
  known: readonly Group[] = [],
): Result<Pick<Model, 'groups' | 'dependents'>, readonly ModelFault[]> {
  const needs = nodes.map((node) => node.needs);
  const groups = isInOrder(known, needs) ? ok(known) : orderOf(needs);
  if (!groups.ok) {
    const round = groups.error.map((at) => nodes[at]!.definition);
    return err([{ kind: 'cycle', ids: round.map(({ id }) => id), names: round.map(({ name }) => name) }]);
  }
  const dependents: number[][] = nodes.map(() => []);
  nodes.forEach(({ needs }, at) => {
    for (const { index } of needs) dependents[index]!.push(at);
  });
  return ok({ groups: groups.value, dependents });
}

function areSameNeeds(node: Node, other: Node | undefined): boolean {
  if (node.needs.length !== other?.needs.length) return false;
  return node.needs.every(({ index, when }, i) => index === other.needs[i]!.index && when === other.needs[i]!.when);
}

/** Works out the groups with a dirty member, and those whose needs turn out other than before. */
function workOut(
  model: Omit<Model, 'cells'>,
  before: readonly Cells[],
  dirty: Uint8Array,
): { readonly cells: Cells[]; readonly ids: string[] } {
  const { nodes, timeline } = model;
  const cells = nodes.map((_, at) => before[at] ?? NONE);
  const run: Run = {
    timeline,
    cells,
    error: 0,
    figureOf: (index, at) => figureIn(cells[index]!, at),
    tableOf: (index) => nodes[index]!.definition as Table,
  };
  const ids: string[] = [];
  for (const group of model.groups) {
    if (!group.some((index) => dirty[index] === 1)) continue;
    for (const index of group) cells[index] = cellsFor(nodes[index]!.definition, timeline.length);
    for (let at = 0; at < timeline.length; at += 1) {
      for (const index of group) workOutCell(nodes[index]!, cells[index]!, at, run);
    }
    for (const index of group) {
      const { definition } = nodes[index]!;
      const old = before[index];
      if (old && definition.kind !== 'table' && areSame(old, cells[index]!)) {
        cells[index] = old;
        continue;
      }
      if (definition.kind !== 'table') ids.push(definition.id);
      for (const dependent of model.dependents[index]!) dirty[dependent] = 1;
    }
  }
  return { cells, ids };
}

type Run = Approximation & Figures;

const NONE = driverCells(0);

function cellsFor(definition: Definition, count: number): Cells {
  if (definition.kind === 'table') return NONE;
  return definition.kind === 'driver' ? driverCells(count) : lineCells(count, minorDigits(definition.currency));
}

function workOutCell({ definition, term, approximate }: Node, cells: Cells, at: number, run: Run): void {
  const period = run.timeline[at]!;
  if (definition.kind === 'driver' && cells.kind === 'driver') {
    const figure = term ? exactly(term, at, run, definition.id) : ok(givenIn(definition, period.end));
    putDriver(cells, at, figure, definition.id, period);
  } else if (definition.kind === 'line' && cells.kind === 'line') {
    workOutLine(definition, cells, at, run, term, approximate);
  }
}

function workOutLine(
  { id, content }: ModelLine,
  cells: LineCells,
  at: number,
  run: Run,
  term: Node['term'],
  approximate: Node['approximate'],
): void {
  const period = run.timeline[at]!;
  if (!term || !approximate) {
    cells.minor[at] = 'phases' in content ? (content.phases[period.key] ?? 0) + 0 : 0;
    return;
  }
  const value = approximate(run, at);
  const minor = roundedSurely(value, run.error, cells.digits);
  if (Number.isSafeInteger(minor)) cells.minor[at] = minor + 0;
  else putRounded(cells, at, exactly(term, at, run, id), id, period);
}

/** The value that holds at the end of a period; nothing before the first. */
function givenIn({ content }: Driver, end: string): Fraction {
  const held = 'values' in content ? content.values.findLast(({ from }) => from === null || from <= end) : undefined;
  return held ? fractionOf(held.value) : fraction(0n);
}
