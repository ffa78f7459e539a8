/** Writing down what is known and decided of a line's future, each act with its way back. */
import type { MethodName } from '#lib/analysis/forecast/methods.ts';
import type { AdjustmentRecord, ChangeRecord, OverrideRecord, RecurringRecord } from '#lib/documents/analysis.ts';
import { openAnalysis } from '#lib/documents/documents.ts';
import type { Doc } from '#lib/documents/new-document.ts';
import { areaOf } from '#lib/domain/organisation/department-tree.ts';
import { periodOf } from '#lib/domain/fiscal/period.ts';
import type { Placed } from '#lib/store/reference-mirror.ts';
import type { Told } from '../expense-acts.ts';
import { explainStore } from '../explain-store.ts';
import type { Reference } from '../reference.ts';
import type { Workspace } from '../workspace.svelte.ts';

export type Writing = Pick<Workspace, 'edit' | 'rights' | 'newId' | 'nowIso' | 'member' | 'author'>;

/** The line that is judged, as far as it says where the judgement belongs. */
export interface JudgedLine {
  readonly id: string;
  readonly departmentId: string | null;
}

type Said<R, Filled extends keyof R> = Omit<R, 'id' | 'lineId' | Filled>;

/** What a person says of a line; who and when are filled in. Amounts are minor units of the base currency. */
export type Judging =
  | { readonly collection: 'recurring'; readonly said: Said<RecurringRecord, never> }
  | { readonly collection: 'lineChanges'; readonly said: Said<ChangeRecord, never> }
  | { readonly collection: 'adjustments'; readonly said: Said<AdjustmentRecord, 'by' | 'at'> }
  | { readonly collection: 'overrides'; readonly said: Said<OverrideRecord, 'by' | 'at'> };

/** Name of the document in which something about lines of an area is written today. */
export function analysisName(
  { calendar, departments }: Pick<Reference, 'calendar' | 'departments'>,
  departmentId: string | null,
  today: string,
): string {
  return `analysis/${periodOf(calendar, today).fiscalYear}/${areaOf(departments, departmentId)}`;
}

/** Writes a known event, an adjustment or an override down. */
export async function judge(
  workspace: Writing,
  reference: Pick<Reference, 'calendar' | 'departments'>,
  line: JudgedLine,
  judging: Judging,
): Promise<Told> {
  const document = analysisName(reference, line.departmentId, workspace.nowIso().slice(0, 10));
  const id = workspace.newId();
  const own = { id, lineId: line.id };
  const decided = { ...own, by: workspace.member, at: workspace.nowIso() };
  const { collection } = judging;
  return written(workspace, document, `${NOUNS[collection]} added`, {
    act: (doc) => {
      const tables = openAnalysis(doc);
      switch (judging.collection) {
        case 'recurring':
          tables.recurring.insert({ ...judging.said, ...own });
          return;
        case 'lineChanges':
          tables.lineChanges.insert({ ...judging.said, ...own });
          return;
        case 'adjustments':
          tables.adjustments.insert({ ...judging.said, ...decided });
          return;
        case 'overrides':
          tables.overrides.insert({ ...judging.said, ...decided });
      }
    },
    back: (doc) => openAnalysis(doc)[collection].remove(id, workspace.author()),
    text: `${NOUNS[collection]} taken back`,
  });
}

/** Takes away what was written down; it can be brought back. */
export function dropJudgement(
  workspace: Writing,
  collection: Judging['collection'],
  { id, document }: Placed<{ readonly id: string }>,
): Promise<Told> {
  return written(workspace, document, `${NOUNS[collection]} removed`, {
    act: (doc) => openAnalysis(doc)[collection].remove(id, workspace.author()),
    back: (doc) => openAnalysis(doc)[collection].restore(id, workspace.author()),
    text: `${NOUNS[collection]} brought back`,
  });
}

/** Has a line forecast by one method from now on, or with null by the default. `before`: what it was until now. */
export function pinMethod(
  workspace: Writing,
  reference: Pick<Reference, 'calendar' | 'departments'>,
  line: JudgedLine,
  { method, before }: { readonly method: MethodName | null; readonly before: MethodName | null },
): Promise<Told> {
  const document = analysisName(reference, line.departmentId, workspace.nowIso().slice(0, 10));
  const set = (doc: Doc, to: MethodName | null): void => {
    const { methods } = openAnalysis(doc);
    if (methods.has(line.id)) methods.revise(line.id, { method: to ?? '' }, workspace.author());
    else methods.insert({ id: line.id, method: to ?? '' });
  };
  return written(workspace, document, method === null ? 'The default method is used' : 'Method chosen', {
    act: (doc) => set(doc, method),
    back: (doc) => set(doc, before),
    text: 'The method is as it was',
  });
}

const NOUNS: Readonly<Record<Judging['collection'], string>> = {
  recurring: 'Recurring entry',
  lineChanges: 'Dated change',
  adjustments: 'Adjustment',
  overrides: 'Override',
};

interface Act {
  readonly act: (doc: Doc) => void;
  readonly back: (doc: Doc) => void;
  /** What is said once it is taken back. */
  readonly text: string;
}

async function written(workspace: Writing, document: string, what: string, { act, back, text }: Act): Promise<Told> {
  const why = workspace.rights?.whyReadOnly(document) ?? null;
  if (why !== null) return { kind: 'not-done', text: why };
  const done = await workspace.edit(document, act);
  if (!done.ok) return { kind: 'not-done', text: explainStore(done.error) };
  return {
    kind: 'done',
    text: what,
    undo: async () => {
      const undone = await workspace.edit(document, back);
      return undone.ok ? { kind: 'done', text } : { kind: 'not-done', text: explainStore(undone.error) };
    },
  };
}
