/**
 * One plan version open for editing: its lines and their money as the grid reads them, live with everybody's edits,
 * with this person's own undo.
 */
import { trackConflicts, type ConflictTracker } from '#lib/documents/conflict-tracker.ts';
import type { Conflict, Version } from '#lib/documents/conflicts.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { YEAR, type PlannedDriver } from '#lib/domain/budget/driver.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import type { Fields } from '#lib/documents/record-layout.ts';
import { onChange, type Transaction } from '#lib/documents/replica.ts';
import { resolveConflict } from '#lib/documents/resolve-conflict.ts';
import { inParts } from '#lib/documents/split-transactions.ts';
import { recordStep } from '#lib/documents/undo-step.ts';
import {
  documentsOf,
  EMPTY_HISTORY,
  pushStep,
  redoStep,
  undoStep,
  type Undone,
  type UndoHistory,
} from '#lib/documents/undo.ts';
import type { BudgetLine, Phases } from '#lib/domain/budget/line.ts';
import type { Period, PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { keepUndo, undoOf } from '#lib/store/undo-history.ts';
import type { OpenDocument } from './open-documents.ts';
import { PlanFigures } from './plan-figures.ts';
import type { WorkedPart } from './plan-model.ts';
import { PlanPresence } from './plan-presence.ts';
import type { Workspace } from './workspace.svelte.ts';

export interface PhaseEdit {
  readonly line: string;
  readonly period: PeriodKey;
  readonly minor: number;
}

type PlanTables = ReturnType<typeof openPlan>;
type PlanModel = typeof import('./plan-model.ts');

interface Part {
  readonly document: OpenDocument;
  readonly area: string;
  readonly tables: PlanTables;
  readonly lines: PlanTables['lines'];
  /** Lines as they were last read, so that a change reads only what it touched. */
  readonly read: Map<string, PlannedLine>;
  readonly conflicts: ConflictTracker;
  readonly stop: () => void;
  /** Null while nothing here is by formula. */
  worked: WorkedPart | null;
}

/** The fiscal year of a version. */
export interface SheetYear {
  readonly fiscalYear: number;
  readonly periods: readonly Period[];
}

export class BudgetSheet {
  readonly version: string;
  readonly year: SheetYear;
  /** Money of the lines in their order, by period. Changes in place: read `epoch` to hear of it. */
  readonly figures = new PlanFigures();
  /** Who else is here. */
  readonly presence: PlanPresence;
  readonly #workspace: Workspace;
  readonly #parts: readonly Part[];
  /** Loaded once something here is by formula. */
  #model: PlanModel | null = null;
  #lines = $state.raw<readonly EffectiveLine[]>([]);
  #epoch = $state(0);
  #conflicts = $state.raw<readonly Conflict[]>([]);
  #history = $state.raw<UndoHistory>(EMPTY_HISTORY);

  private constructor(
    workspace: Workspace,
    version: string,
    year: SheetYear,
    documents: readonly OpenDocument[],
    history: UndoHistory,
  ) {
    this.#workspace = workspace;
    this.version = version;
    this.year = year;
    this.#history = history;
    this.presence = new PlanPresence(documents);
    this.#parts = documents.map((document) => this.#partOf(document));
    this.#readLines();
    this.#readConflicts();
  }

  /** Opens the documents of a version; `names` as `planNames` gives them, the root area's first. */
  static async open(
    workspace: Workspace,
    version: string,
    names: readonly string[],
    year: SheetYear,
  ): Promise<Result<BudgetSheet, StoreFailure>> {
    const documents: OpenDocument[] = [];
    for (const name of names) {
      const opened = await workspace.document(name);
      if (!opened.ok) {
        for (const document of documents) document.release();
        return opened;
      }
      documents.push(opened.value);
    }
    const history = await undoOf(workspace.log.database, ownerOf(version));
    const sheet = new BudgetSheet(workspace, version, year, documents, history);
    if (sheet.hasFormulas) await sheet.model();
    return ok(sheet);
  }

  /** Lines that are not archived, by order, then id, with what they come to. */
  get lines(): readonly EffectiveLine[] {
    return this.#lines;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get conflicts(): readonly Conflict[] {
    return this.#conflicts;
  }

  get canUndo(): boolean {
    return this.#history.undo.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.redo.length > 0;
  }

  /** Whether parts of a document have not arrived: totals would be wrong. */
  get incomplete(): boolean {
    return this.#parts.some(({ document }) => document.incomplete());
  }

  /** Says to whoever reads the line where this person is; null: nowhere. A row of no part, such as a group, is in the first. */
  showCursor(line: string | null, state: Readonly<Record<string, unknown>> | null): void {
    const part = line === null ? undefined : (this.#partHolding(line) ?? this.#parts[0]);
    this.presence.show(part?.document ?? null, state);
  }

  /** A line as it is stored: what was typed, and its formula. */
  line(id: string): PlannedLine | undefined {
    return this.#partHolding(id)?.lines.get(id);
  }

  get hasFormulas(): boolean {
    return this.#parts.some(({ read }) => [...read.values()].some(({ formula }) => formula !== null));
  }

  /** What works formulas out, loaded; from then on every part is worked out at every change. */
  async model(): Promise<PlanModel> {
    if (this.#model === null) {
      this.#model = await import('./plan-model.ts');
      this.#readLines();
    }
    return this.#model;
  }

  /** The parts as they are worked out, by area; none before `model` is there. */
  get worked(): ReadonlyMap<string, WorkedPart> {
    return this.#epoch < 0
      ? new Map()
      : new Map(this.#parts.flatMap(({ area, worked }) => (worked === null ? [] : [[area, worked] as const])));
  }

  /** Why a line or driver has no figures, as a sentence. */
  faultOf(id: string): string | undefined {
    return this.#parts.map(({ worked }) => worked?.faults.get(id)).find((fault) => fault !== undefined);
  }

  /** Sets or, with null, takes away the formula of a line. Taking it away leaves the figures it gave. */
  setFormula(id: string, formula: string | null, label: string): void {
    const part = this.#partHolding(id);
    const shown = this.#lines.find((line) => line.id === id);
    if (part === undefined) return;
    const figures = formula !== null || shown === undefined || shown.fault !== undefined ? {} : shown.phases;
    this.#sayYear(part);
    this.#step(label, [id], () => part.lines.revise(id, { formula, ...figures }, this.#workspace.author()));
  }

  addDriver(driver: PlannedDriver, area: string): void {
    const part = this.#parts.find((each) => each.area === area) ?? this.#parts[0];
    if (part === undefined) return;
    this.#sayYear(part);
    this.#step(`Add driver ${driver.name}`, [driver.id], () => part.tables.drivers.insert(driver));
  }

  /** `fields` as they are stored: dated values under their days; undefined takes one away. */
  reviseDriver(id: string, fields: Fields, label: string): void {
    const part = this.#parts.find(({ tables }) => tables.drivers.has(id));
    this.#step(label, [id], () => part?.tables.drivers.revise(id, fields, this.#workspace.author()));
  }

  removeDriver(id: string, label: string): void {
    const part = this.#parts.find(({ tables }) => tables.drivers.has(id));
    this.#step(label, [id], () => part?.tables.drivers.remove(id, this.#workspace.author()));
  }

  /** The area whose part holds a line; undefined where none does. */
  areaOf(id: string): string | undefined {
    const part = this.#partHolding(id);
    return part === undefined ? undefined : areaIn(part.document.name);
  }

  /** Writes cells as one step to undo. */
  edit(edits: readonly PhaseEdit[], label: string): void {
    const byLine = Map.groupBy(edits, ({ line }) => line);
    this.#step(label, edits.map(({ line, period }) => [line, period]).slice(0, 1), () => {
      for (const part of this.#parts) {
        // What was typed under a formula would not be seen.
        const mine = [...byLine].filter(([line]) => part.read.get(line)?.formula === null);
        inParts(part.document.doc, mine, ([line, cells]) =>
          part.lines.revise(line, fieldsOf(cells), this.#workspace.author()),
        );
      }
    });
  }

  /** Adds a line to the part of an area. */
  add(line: PlannedLine, area: string, label = `Add ${line.name}`): void {
    // An area that was made while the version is open has no part here yet.
    const part = this.#parts.find(({ document }) => areaIn(document.name) === area) ?? this.#parts[0];
    this.#step(label, [line.id], () => part?.lines.insert(line));
  }

  revise(id: string, fields: Partial<Omit<BudgetLine, 'id'>>, label: string): void {
    this.#step(label, [id], () => this.#partHolding(id)?.lines.revise(id, fields, this.#workspace.author()));
  }

  /** Writes all the given phases of a line, e.g. a total spread over the year. */
  setPhases(id: string, phases: Phases, label: string): void {
    this.edit(
      Object.entries(phases).map(([period, minor]) => ({ line: id, period, minor })),
      label,
    );
  }

  archive(ids: readonly string[], label: string): void {
    this.#step(label, [...ids], () => {
      for (const id of ids) this.#partHolding(id)?.lines.revise(id, { archived: true }, this.#workspace.author());
    });
  }

  /** The areas whose parts the next undo or redo would write in. */
  areasOf(way: 'undo' | 'redo'): readonly string[] {
    const step = this.#history[way].at(-1);
    return step === undefined ? [] : [...documentsOf(step)].map(areaIn);
  }

  /** Takes this person's last step back; null when there is none. */
  undo(): Undone | null {
    return this.#travel(undoStep);
  }

  redo(): Undone | null {
    return this.#travel(redoStep);
  }

  /** Settles a conflict with one of its values; false when it changed meanwhile and has to be looked at again. */
  resolve(conflict: Conflict, chosen: Version): boolean {
    const part = this.#parts.find(({ conflicts }) => conflicts.all().includes(conflict));
    return part !== undefined && resolveConflict(part.document.doc, conflict, chosen, this.#workspace.author()).ok;
  }

  close(): void {
    for (const { stop, conflicts, document } of this.#parts) {
      stop();
      conflicts.close();
      document.release();
    }
  }

  #partOf(document: OpenDocument): Part {
    const tables = openPlan(document.doc);
    const { lines } = tables;
    const read = new Map([...lines.all()].map((line) => [line.id, line]));
    const stop = onChange(document.doc, (transaction) => this.#changed(part, transaction));
    const conflicts = trackConflicts(document.doc, () => this.#readConflicts());
    const part: Part = { document, area: areaIn(document.name), tables, lines, read, conflicts, stop, worked: null };
    return part;
  }

  #partHolding(id: string): Part | undefined {
    return this.#parts.find(({ lines }) => lines.has(id));
  }

  #changed(part: Part, transaction: Transaction): void {
    const ids = part.lines.changed(transaction);
    const isModelChanged = part.tables.drivers.changed(transaction).size > 0;
    if (ids.size === 0 && !isModelChanged) return;
    const before = new Map([...ids].map((id) => [id, part.read.get(id)]));
    for (const id of ids) {
      const line = part.lines.get(id);
      if (line === undefined) part.read.delete(id);
      else part.read.set(id, line);
    }
    const onlyMoney = [...ids].every((id) => isSameLine(shownLine(before.get(id)), shownLine(part.read.get(id))));
    if (!onlyMoney || part.worked !== null) this.#readLines();
    else for (const id of ids) this.figures.take(part.read.get(id));
    this.#epoch += 1;
  }

  #readLines(): void {
    const all = this.#parts.flatMap((part) => this.#workedLines(part).filter(({ archived }) => !archived));
    this.#lines = all.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
    this.figures.reset(this.#lines);
    this.#epoch += 1;
  }

  #workedLines(part: Part): readonly EffectiveLine[] {
    const lines = [...part.read.values()];
    const isModelWanted = lines.some(({ formula }) => formula !== null);
    if (this.#model !== null) {
      part.worked = this.#model.workOutPart(lines, [...part.tables.drivers.all()], this.year.periods);
      return part.worked.lines;
    }
    if (!isModelWanted) return lines;
    // The first formula of this plan, by somebody else: until what works it out is here, it has no figures.
    void this.model();
    const none = Object.fromEntries(this.year.periods.map(({ key }) => [key, NaN]));
    return lines.map((line) => (line.formula === null ? line : { ...line, phases: none }));
  }

  /** The year stands in every document with formulas, also when the first of them is undone: others may rest on it. (D23) */
  #sayYear({ tables }: Part): void {
    if (!tables.years.has(YEAR)) tables.years.insert({ id: YEAR, fiscalYear: this.year.fiscalYear });
  }

  #readConflicts(): void {
    // Called once while the parts are still being opened.
    this.#conflicts = (this.#parts as readonly Part[] | undefined)?.flatMap(({ conflicts }) => conflicts.all()) ?? [];
  }

  #step(label: string, range: JsonValue, work: () => void): void {
    const docs = new Map(this.#parts.map(({ document }) => [document.name, document.doc]));
    this.#remember(pushStep(this.#history, recordStep(docs, label, range, work)));
  }

  #travel(move: typeof undoStep): Undone | null {
    const docs = new Map(this.#parts.map(({ document }) => [document.name, document.doc]));
    const undone = move(this.#history, docs, this.#workspace.author());
    if (undone !== null) this.#remember(undone.history);
    return undone;
  }

  #remember(history: UndoHistory): void {
    this.#history = history;
    void keepUndo(this.#workspace.log.database, ownerOf(this.version), history);
  }
}

function ownerOf(version: string): string {
  return `plan/${version}`;
}

function areaIn(document: string): string {
  return document.split('/')[2] ?? '';
}

function fieldsOf(edits: readonly PhaseEdit[]): Record<string, JsonValue> {
  return Object.fromEntries(edits.map(({ period, minor }) => [period, minor]));
}

function shownLine(line: PlannedLine | undefined): PlannedLine | undefined {
  return line === undefined || line.archived ? undefined : line;
}

/** Whether two states of a line differ in nothing but money. */
function isSameLine(a: PlannedLine | undefined, b: PlannedLine | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (Object.keys(a) as (keyof PlannedLine)[]).every((field) => field === 'phases' || a[field] === b[field]);
}
