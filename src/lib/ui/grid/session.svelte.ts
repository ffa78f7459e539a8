/** One person's work in the grid: what is selected, typed, about to be pasted or filled. */
import { askApp } from './ask.ts';
import type { GridCallbacks } from './callbacks.ts';
import { isRagged, tableFromText, type TextTable } from './clipboard.ts';
import { emptyCells, fillDown, fillRight, fillTarget, fillTo, type FigureText, type FillPlan } from './fill.ts';
import { tableFromHtml } from './html-table.ts';
import { readKey, type AfterCommit, type GridAction, type KeyStroke } from './keyboard.ts';
import { columnOf, entryOf, figureAt, lineOf, lockAt, spreadsAt, type Sheet } from './locks.ts';
import { refOf, type CellRef } from './marks.ts';
import { figureFromText, needsPreview, planPaste, type PastePlan } from './paste.ts';
import { rowAgain, toggled } from './rows.ts';
import {
  afterEnter,
  isSingle,
  move,
  rangeOf,
  selectAll,
  selectCell,
  within,
  type Bounds,
  type Cell,
  type Range,
  type Selection,
} from './selection.ts';
import { refusalAt, writeFigure } from './writing.ts';
import { counted, doneSentence, lockSentence, type CountText } from './wording.ts';

/** What the session needs to know and may ask for; read anew at every use. */
export interface SessionHost {
  readonly sheet: Sheet;
  readonly bounds: Bounds;
  readonly folded: ReadonlySet<string>;
  readonly figureText: FigureText;
  readonly count: CountText;
  readonly callbacks: GridCallbacks;
  readonly conflicts: readonly (CellRef & { readonly id: string })[];
  /** Scroll so that a cell can be seen. */
  readonly reveal: (cell: Cell) => void;
}

export interface Editing extends CellRef {
  /** Where it began, for when its line goes away meanwhile. */
  readonly cell: Cell;
  readonly currency: string;
  readonly typing: 'replacing' | 'revising';
  readonly text: string;
  /** Why the text could not be taken; empty until it was tried. */
  readonly refusal: string;
}

export class GridSession {
  readonly #host: SessionHost;
  #selection = $state.raw<Selection>(selectCell({ row: 0, column: 1 }));
  #editing = $state.raw<Editing | null>(null);
  #pasting = $state.raw<PastePlan | null>(null);
  #filling = $state.raw<Range | null>(null);
  #choosing = $state.raw<string | null>(null);
  #notice = $state.raw('');
  #draft = '';
  #pasted: TextTable = [];
  #leaving = false;
  #seen: Sheet | null = null;

  constructor(host: SessionHost) {
    this.#host = host;
  }

  get selection(): Selection {
    return this.#selection;
  }

  get editing(): Editing | null {
    return this.#editing;
  }

  /** A paste that waits for a yes. */
  get pasting(): PastePlan | null {
    return this.#pasting;
  }

  /** What the handle would fill if it were let go now. */
  get filling(): Range | null {
    return this.#filling;
  }

  /** The conflict whose two values are open. */
  get choosing(): string | null {
    return this.#choosing;
  }

  /** The last thing worth saying, as a sentence. */
  get notice(): string {
    return this.#notice;
  }

  /** Act on a key pressed over the cells; answers whether the key was taken. */
  press(stroke: KeyStroke): boolean {
    const action = readKey(stroke, 'none');
    if (action === undefined) return false;
    this.follow(this.#host.sheet);
    const leaves = this.#leaving && stroke.key === 'Tab';
    this.#leaving = false;
    if (leaves) return false;
    return this.#act(action);
  }

  /** Act on a key pressed in the editor; answers whether the key was taken. */
  pressTyping(stroke: KeyStroke): boolean {
    if (this.#editing === null) return false;
    const action = readKey(stroke, this.#editing.typing);
    if (action?.kind === 'cancel') this.cancel();
    else if (action?.kind === 'commit') {
      if (this.commit()) this.#goOn(action.then);
    } else return false;
    return true;
  }

  /** The text in the editor as it stands now. */
  draft(text: string): void {
    this.#draft = text;
  }

  /** Take what was typed. Text that cannot be read stays in the editor with the reason, and the answer is false. */
  commit(): boolean {
    const editing = this.#editing;
    if (editing === null) return true;
    const { sheet, figureText, callbacks } = this.#host;
    const figure = figureFromText(this.#draft, editing.currency, figureText.parse);
    if (!figure.ok) {
      if (!namesSomething(this.#draft) || callbacks.onformula === undefined) return this.#refuse(figure.error);
      this.#editing = null;
      callbacks.onformula({ line: editing.line, column: editing.column }, this.#draft.trim());
      this.#report();
      return true;
    }
    const refusal = refusalAt(sheet, editing);
    if (refusal !== '') return this.#refuse(refusal);
    this.#editing = null;
    writeFigure(sheet, editing, figure.value, callbacks);
    this.#report();
    return true;
  }

  /** Let go of what is typed, or of the range. */
  cancel(): void {
    this.#editing = null;
    this.#pasting = null;
    this.#choosing = null;
    this.#report();
  }

  /** Open the editor on a cell, or say why it does not open. */
  edit(cell: Cell, text?: string): void {
    const { sheet, figureText } = this.#host;
    const lock = spreadsAt(sheet, cell) ? undefined : lockAt(sheet, cell);
    const line = lineOf(sheet, cell.row);
    const ref = refOf(sheet, cell);
    if (lock !== undefined || line === undefined || ref === undefined) {
      const column = columnOf(sheet, cell.column)?.name ?? '';
      this.#notice = lockSentence(lock ?? 'total', sheet.mode, column, line?.locked);
      return;
    }
    const minor = figureAt(sheet, cell);
    this.#notice = '';
    this.#editing = {
      ...ref,
      cell,
      currency: line.currency,
      typing: text === undefined ? 'revising' : 'replacing',
      text: text ?? (Number.isNaN(minor) || minor === 0 ? '' : figureText.exact(minor, line.currency)),
      refusal: '',
    };
    this.#draft = this.#editing.text;
    this.#host.reveal(cell);
    this.#report();
  }

  /** Enter, a double click or a second tap on a cell. */
  enter(cell: Cell): void {
    const line = lineOf(this.#host.sheet, cell.row);
    if (cell.column > 0) this.edit(cell);
    else if (line === undefined) this.toggle(cell.row);
    else this.#host.callbacks.onopen?.(line.id);
  }

  /** Fold or unfold the group in a row; answers false where there is none. */
  toggle(row: number): boolean {
    const { sheet, folded, callbacks } = this.#host;
    const group = sheet.reading.tree.groups[~entryOf(sheet, row)];
    if (group === undefined || callbacks.onfold === undefined) return false;
    callbacks.onfold(toggled(folded, group.id));
    return true;
  }

  select(selection: Selection): void {
    this.follow(this.#host.sheet);
    this.#selection = selection;
    this.#choosing = null;
    this.#pasting = null;
    if (this.#notice !== '') this.#notice = '';
    this.#report();
  }

  selectTo(cell: Cell, extend: boolean): void {
    this.select(extend ? { ...this.#selection, far: cell, tabColumn: null } : selectCell(cell));
  }

  /** Paste from the clipboard: at once, or after a look at what it would do. */
  paste(text: string, html: string): void {
    const { sheet, figureText } = this.#host;
    this.follow(sheet);
    const range = rangeOf(this.#selection);
    if (sheet.mode !== 'plan') {
      this.edit(this.#selection.active);
      return;
    }
    const table = pastedTable(text, html);
    const only = table.length === 1 && table[0]?.length === 1 ? table[0][0] : undefined;
    if (isSingle(range) && only !== undefined && this.#pasteOne(only)) return;
    if (table.length === 0) return;
    const plan = planPaste(sheet, range, table, figureText.parse);
    this.#pasted = table;
    if (needsPreview(plan)) this.#pasting = plan;
    else this.#applyPaste(plan);
  }

  /** Answer the look at a paste. It is planned anew: others may have written meanwhile. */
  settlePaste(go: boolean): void {
    const { sheet, figureText } = this.#host;
    this.#pasting = null;
    if (go) this.#applyPaste(planPaste(sheet, rangeOf(this.#selection), this.#pasted, figureText.parse));
    this.#pasted = [];
  }

  /** Empty the cells of the selection. */
  clear(verb = 'Clear'): void {
    const plan = emptyCells(this.#host.sheet, rangeOf(this.#selection));
    if (plan.cells === 0) this.edit(this.#selection.active);
    else this.#apply(verb, plan);
  }

  /** Drag the fill handle to a cell; null lets it go without filling. */
  dragFill(to: Cell | null): void {
    const target = to === null ? undefined : fillTarget(rangeOf(this.#selection), to);
    this.#filling = target ?? null;
  }

  /** Let the fill handle go where it is. */
  dropFill(): void {
    const target = this.#filling;
    const source = rangeOf(this.#selection);
    this.#filling = null;
    if (target === null) return;
    const plan = fillTo(this.#host.sheet, source, target, this.#host.figureText);
    this.select({
      active: { row: Math.min(source.top, target.top), column: Math.min(source.left, target.left) },
      far: { row: Math.max(source.bottom, target.bottom), column: Math.max(source.right, target.right) },
      tabColumn: null,
    });
    this.#apply('Fill', plan);
  }

  /** Open the two values of a conflict. */
  choose(conflict: string | null): void {
    this.#choosing = conflict;
  }

  resolve(conflict: string, choice: 'keep' | 'other'): void {
    this.#choosing = null;
    this.#host.callbacks.onresolve?.(conflict, choice);
  }

  /** Stay on the same lines when rows came, went or moved. */
  follow(sheet: Sheet): void {
    const before = this.#seen;
    this.#seen = sheet;
    if (before === null || (before.rows === sheet.rows && before.reading === sheet.reading)) return;
    const again = (cell: Cell): Cell => {
      const row = rowAgain(entryOf(before, cell.row), before.reading.tree, sheet.reading.tree, sheet.rows);
      return within({ row: row ?? cell.row, column: cell.column }, this.#host.bounds);
    };
    const { active, far, tabColumn } = this.#selection;
    this.#selection = { active: again(active), far: again(far), tabColumn };
  }

  #act(action: GridAction): boolean {
    switch (action.kind) {
      case 'move':
        this.#step(move(this.#selection, action.step, action.extend, this.#host.bounds, this.#filled));
        return true;
      case 'edit':
        this.enter(this.#selection.active);
        return true;
      case 'replace':
        this.edit(this.#selection.active, action.text);
        return true;
      case 'cancel':
        this.#leaving = true;
        this.cancel();
        this.select(selectCell(this.#selection.active));
        return true;
      case 'clear':
        this.clear();
        return true;
      case 'select-all':
        this.select(selectAll(this.#host.bounds));
        return true;
      case 'fill':
        this.#fillFromNeighbour(action.to);
        return true;
      case 'toggle':
        this.toggle(this.#selection.active.row);
        return true;
      case 'choose':
        return this.#chooseHere();
      case 'commit':
        return false;
      default:
        return askApp(action, this.#host.sheet, this.#selection, this.#host.callbacks);
    }
  }

  readonly #filled = (cell: Cell): boolean => {
    const figure = figureAt(this.#host.sheet, cell);
    return cell.column === 0 || (figure !== 0 && !Number.isNaN(figure));
  };

  #step(selection: Selection): void {
    this.select(selection);
    this.#host.reveal(selection.far);
  }

  #goOn(then: AfterCommit): void {
    const { bounds } = this.#host;
    const alongTab = then === 'next' || then === 'previous' || then === 'left' || then === 'right';
    this.#step(
      alongTab ? move(this.#selection, then, false, bounds, this.#filled) : afterEnter(this.#selection, then, bounds),
    );
  }

  #refuse(refusal: string): false {
    if (this.#editing !== null) this.#editing = { ...this.#editing, text: this.#draft, refusal };
    return false;
  }

  #pasteOne(text: string): boolean {
    const { sheet } = this.#host;
    const { active } = this.#selection;
    if (!spreadsAt(sheet, active)) return false;
    this.edit(active, text);
    this.commit();
    return true;
  }

  #applyPaste(plan: PastePlan): void {
    this.#apply('Paste', { edits: plan.edits, cells: plan.values, skipped: 0 });
  }

  #fillFromNeighbour(to: 'down' | 'right'): void {
    const { sheet, figureText } = this.#host;
    const range = rangeOf(this.#selection);
    const plan = to === 'down' ? fillDown(sheet, range, figureText) : fillRight(sheet, range, figureText);
    this.#apply(`Fill ${to}`, plan);
  }

  #apply(verb: string, { edits, cells, skipped }: FillPlan): void {
    const label = `${verb}, ${counted(cells, 'cell', this.#host.count)}`;
    if (edits.length > 0) this.#host.callbacks.onedit({ label, edits });
    this.#notice = cells === 0 && skipped === 0 ? '' : doneSentence(label, skipped, this.#host.count);
  }

  #chooseHere(): boolean {
    const ref = refOf(this.#host.sheet, this.#selection.active);
    const found = this.#host.conflicts.find(({ line, column }) => line === ref?.line && column === ref.column);
    this.#choosing = found?.id ?? null;
    return true;
  }

  #report(): void {
    const { sheet, callbacks } = this.#host;
    const { active, far } = this.#selection;
    callbacks.onselect?.({
      cell: refOf(sheet, active) ?? null,
      far: refOf(sheet, far) ?? null,
      editing: this.#editing !== null,
    });
  }
}

function pastedTable(text: string, html: string): TextTable {
  const table = tableFromText(text);
  if (!isRagged(table) || html === '') return table;
  const better = tableFromHtml(html);
  return better === undefined || isRagged(better) ? table : better;
}

/** Whether it is a calculation with words in it, which only a formula can have; one of figures alone is an amount. */
function namesSomething(draft: string): boolean {
  return /^\s*=.*\p{L}/u.test(draft);
}
