/** One scenario open for editing, all its parts that this person reads, live with everybody's edits and with own undo. */
import { openScenario } from '#lib/documents/scenario.ts';
import { onChange } from '#lib/documents/replica.ts';
import { changeFields, type ScenarioHead } from '#lib/documents/scenario.ts';
import type { ScenarioCorrelation, ScenarioDistribution } from '#lib/documents/scenario.ts';
import { recordStep } from '#lib/documents/undo-step.ts';
import { documentsOf, EMPTY_HISTORY, pushStep, redoStep, undoStep } from '#lib/documents/undo.ts';
import type { Undone, UndoHistory } from '#lib/documents/undo.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { Change } from '#lib/domain/scenario/scenario.ts';
import type { StoreFailure } from '#lib/store/failure.ts';
import { keepUndo, undoOf } from '#lib/store/undo-history.ts';
import type { OpenDocument } from '../open-documents.ts';
import { PlanPresence } from '../plan-presence.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { scenarioOf, type KeptScenario } from './read-scenarios.ts';

type Tables = ReturnType<typeof openScenario>;

interface Part extends Tables {
  readonly area: string;
  readonly document: OpenDocument;
  readonly stop: () => void;
}

/** A change that is to be added, and the area whose lines or drivers it is about. */
export interface NewChange {
  readonly change: Change;
  readonly area: string;
}

export class ScenarioSheet {
  readonly id: string;
  /** Who else has it open. */
  readonly presence: PlanPresence;
  readonly #workspace: Workspace;
  readonly #parts: readonly Part[];
  #scenario = $state.raw<KeptScenario | null>(null);
  #history = $state.raw<UndoHistory>(EMPTY_HISTORY);

  private constructor(workspace: Workspace, id: string, documents: readonly OpenDocument[], history: UndoHistory) {
    this.#workspace = workspace;
    this.id = id;
    this.#history = history;
    this.presence = new PlanPresence(documents);
    this.#parts = documents.map((document) => {
      const stop = onChange(document.doc, () => this.#read());
      return { ...openScenario(document.doc), area: document.name.split('/')[2] ?? '', document, stop };
    });
    this.#read();
  }

  /** Opens the parts of some areas: those that this person may read. */
  static async open(
    workspace: Workspace,
    id: string,
    areas: readonly string[],
  ): Promise<Result<ScenarioSheet, StoreFailure>> {
    const documents: OpenDocument[] = [];
    for (const area of areas) {
      const opened = await workspace.document(scenarioName(id, area));
      if (!opened.ok) {
        for (const document of documents) document.release();
        return opened;
      }
      documents.push(opened.value);
    }
    const history = await undoOf(workspace.log.database, `scenario/${id}`);
    return ok(new ScenarioSheet(workspace, id, documents, history));
  }

  /** Null while no part of it has arrived. */
  get scenario(): KeptScenario | null {
    return this.#scenario;
  }

  /** Areas whose part this person may write. */
  get areas(): readonly string[] {
    return this.#parts.filter((part) => this.#mayWrite(part)).map(({ area }) => area);
  }

  get canUndo(): boolean {
    return this.#history.undo.length > 0;
  }

  get canRedo(): boolean {
    return this.#history.redo.length > 0;
  }

  /** Tells the others who have it open that this person has. */
  show(state: Readonly<Record<string, unknown>>): void {
    this.presence.show(this.#parts[0]?.document ?? null, state);
  }

  /** Writes what the scenario is in every part of it that this person may write. */
  revise(fields: Partial<Omit<ScenarioHead, 'id' | 'createdAt' | 'createdBy'>>, label: string): void {
    this.#step(label, () => {
      for (const part of this.#parts.filter((each) => this.#mayWrite(each))) {
        this.#begin(part);
        part.heads.revise(this.id, fields, this.#workspace.author());
      }
    });
  }

  /** Adds changes behind the others, as one step to undo. */
  add(changes: readonly NewChange[], label: string): void {
    const last = this.#scenario?.entries.at(-1)?.order ?? 0;
    this.#step(label, () => {
      for (const [at, { change, area }] of changes.entries()) {
        const part = this.#partOf(area);
        part?.changes.insert({ id: this.#workspace.newId(), order: last + 1 + at, change });
      }
    });
  }

  /** Puts another change in the place of one. */
  replace(id: string, change: Change, label: string): void {
    const part = this.#parts.find(({ changes }) => changes.has(id));
    const before = part?.changes.get(id);
    if (part === undefined || before === undefined) return;
    const unset = Object.keys(changeFields(before.change)).map((field) => [field, undefined] as const);
    const fields = { ...Object.fromEntries(unset), ...changeFields(change) };
    this.#step(label, () => part.changes.revise(id, fields, this.#workspace.author()));
  }

  /** Takes changes out, as one step to undo. */
  remove(ids: readonly string[], label: string): void {
    this.#step(label, () => {
      for (const { changes } of this.#parts) {
        for (const id of ids.filter((each) => changes.has(each))) changes.remove(id, this.#workspace.author());
      }
    });
  }

  assume(text: string, source: string): void {
    const order = (this.#scenario?.assumptions.length ?? 0) + 1;
    this.#step('Add an assumption', () => {
      this.#partOf(this.areas[0] ?? '')?.assumptions.insert({ id: this.#workspace.newId(), text, source, order });
    });
  }

  removeAssumption(id: string): void {
    this.#step('Take an assumption out', () =>
      this.#parts.find(({ assumptions }) => assumptions.has(id))?.assumptions.remove(id, this.#workspace.author()),
    );
  }

  /** Says how a driver may turn out; null: it is as it is. `area` is the one whose plan has the driver. */
  distribute(driver: string, area: string, distribution: Omit<ScenarioDistribution, 'id'> | null): void {
    const by = this.#workspace.author();
    this.#step('Change the range of a driver', () => {
      const table = (this.#parts.find(({ distributions }) => distributions.has(driver)) ?? this.#partOf(area))
        ?.distributions;
      if (table === undefined) return;
      if (distribution === null) {
        if (table.has(driver)) table.remove(driver, by);
      } else if (table.has(driver)) {
        table.restore(driver, by);
        table.revise(driver, { ...distribution }, by);
      } else table.insert({ id: driver, ...distribution });
    });
  }

  /** Says how two drivers move together; null takes it back. */
  correlate(one: string, other: string, area: string, value: ScenarioCorrelation['value'] | null): void {
    const by = this.#workspace.author();
    const known = this.#scenario?.correlations.find(
      (each) => (each.one === one && each.other === other) || (each.one === other && each.other === one),
    );
    this.#step('Change a correlation', () => {
      const holding = this.#parts.find(({ correlations }) => known !== undefined && correlations.has(known.id));
      if (holding === undefined || known === undefined) {
        if (value === null) return;
        this.#partOf(area)?.correlations.insert({ id: this.#workspace.newId(), one, other, value });
      } else if (value === null) holding.correlations.remove(known.id, by);
      else holding.correlations.revise(known.id, { value }, by);
    });
  }

  /** Takes this person's last step back; null when there is none, or where it may not be written any more. */
  undo(): Undone | null {
    return this.#travel('undo', undoStep);
  }

  redo(): Undone | null {
    return this.#travel('redo', redoStep);
  }

  close(): void {
    for (const { stop, document } of this.#parts) {
      stop();
      document.release();
    }
  }

  #mayWrite({ document }: Part): boolean {
    return this.#workspace.rights?.whyReadOnly(document.name) === null;
  }

  /** The part to write in for an area, begun where nothing stands in it yet. */
  #partOf(area: string): Part | undefined {
    const part = this.#parts.find((each) => each.area === area);
    if (part !== undefined) this.#begin(part);
    return part;
  }

  #begin(part: Part): void {
    if (part.heads.has(this.id) || this.#scenario === null) return;
    const { name, ownerId, over, probability, note, archived, createdAt, createdBy } = this.#scenario;
    part.heads.insert({ id: this.id, name, ownerId, over, probability, note, archived, createdAt, createdBy });
  }

  #read(): void {
    // Called while the parts are still being opened.
    const parts = (this.#parts as readonly Part[] | undefined) ?? [];
    const heads = parts.flatMap(({ heads, area }) => [...heads.all()].map((head) => ({ ...head, area })));
    if (heads.length === 0) this.#scenario = null;
    else
      this.#scenario = scenarioOf({
        heads,
        changes: parts.flatMap(({ changes, area }) => [...changes.all()].map((change) => ({ ...change, area }))),
        assumptions: parts.flatMap(({ assumptions }) => [...assumptions.all()]),
        distributions: parts.flatMap(({ distributions }) => [...distributions.all()]),
        correlations: parts.flatMap(({ correlations }) => [...correlations.all()]),
      });
  }

  #docs(): ReadonlyMap<string, OpenDocument['doc']> {
    return new Map(this.#parts.map(({ document }) => [document.name, document.doc]));
  }

  #step(label: string, work: () => void): void {
    this.#remember(pushStep(this.#history, recordStep(this.#docs(), label, null, work)));
  }

  #travel(way: 'undo' | 'redo', move: typeof undoStep): Undone | null {
    const step = this.#history[way].at(-1);
    if (step === undefined) return null;
    const sealed = [...documentsOf(step)].some((name) => this.#workspace.rights?.whyReadOnly(name) !== null);
    const undone = sealed ? null : move(this.#history, this.#docs(), this.#workspace.author());
    if (undone !== null) this.#remember(undone.history);
    return undone;
  }

  #remember(history: UndoHistory): void {
    this.#history = history;
    void keepUndo(this.#workspace.log.database, `scenario/${this.id}`, history);
  }
}

export function scenarioName(id: string, area: string): string {
  return `scenario/${id}/${area}`;
}
