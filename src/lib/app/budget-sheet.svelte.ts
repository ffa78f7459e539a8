/**
 * One plan version open for editing: its lines and their money as the grid reads them, live with everybody's edits,
 * with this person's own undo.
 */
import { trackConflicts, type ConflictTracker } from '#lib/documents/conflict-tracker.ts';
import type { Conflict, Version } from '#lib/documents/conflicts.ts';
import { openPlan } from '#lib/documents/documents.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
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
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { JsonValue } from '#lib/domain/json.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { keepUndo, undoOf } from '#lib/store/undo-history.ts';
import type { OpenDocument } from './open-documents.ts';
import { PlanFigures } from './plan-figures.ts';
import { PlanPresence } from './plan-presence.ts';
import type { Workspace } from './workspace.svelte.ts';

export interface PhaseEdit {
  readonly line: string;
  readonly period: PeriodKey;
  readonly minor: number;
}

type PlanTable = ReturnType<typeof openPlan>['lines'];

interface Part {
  readonly document: OpenDocument;
  readonly lines: PlanTable;
  readonly conflicts: ConflictTracker;
  readonly stop: () => void;
}

export class BudgetSheet {
  readonly version: string;
  /** Money of the lines in their order, by period. Changes in place: read `epoch` to hear of it. */
  readonly figures = new PlanFigures();
  /** Who else is here. */
  readonly presence: PlanPresence;
  readonly #workspace: Workspace;
  readonly #parts: readonly Part[];
  #lines = $state.raw<readonly PlannedLine[]>([]);
  #epoch = $state(0);
  #conflicts = $state.raw<readonly Conflict[]>([]);
  #history = $state.raw<UndoHistory>(EMPTY_HISTORY);

  private constructor(workspace: Workspace, version: string, documents: readonly OpenDocument[], history: UndoHistory) {
    this.#workspace = workspace;
    this.version = version;
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
    return ok(new BudgetSheet(workspace, version, documents, history));
  }

  /** Lines that are not archived, by order, then id. */
  get lines(): readonly PlannedLine[] {
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

  line(id: string): PlannedLine | undefined {
    return this.#partHolding(id)?.lines.get(id);
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
        const mine = [...byLine].filter(([line]) => part.lines.has(line));
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
    const { lines } = openPlan(document.doc);
    const stop = onChange(document.doc, (transaction) => this.#changed(lines, transaction));
    const conflicts = trackConflicts(document.doc, () => this.#readConflicts());
    return { document, lines, conflicts, stop };
  }

  #partHolding(id: string): Part | undefined {
    return this.#parts.find(({ lines }) => lines.has(id));
  }

  #changed(table: PlanTable, transaction: Transaction): void {
    const ids = table.changed(transaction);
    if (ids.size === 0) return;
    const shown = new Map(this.#lines.map((line) => [line.id, line]));
    const onlyMoney = [...ids].every((id) => isSameLine(shown.get(id), shownLine(table.get(id))));
    if (!onlyMoney) this.#readLines();
    else for (const id of ids) this.figures.take(table.get(id));
    this.#epoch += 1;
  }

  #readLines(): void {
    const all = this.#parts.flatMap(({ lines }) => [...lines.all()].filter(({ archived }) => !archived));
    this.#lines = all.sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
    this.figures.reset(this.#lines);
    this.#epoch += 1;
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
