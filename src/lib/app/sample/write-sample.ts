/** Fills a freshly founded workspace with the sample: by the same commands and edits as anybody's. */
import type { Doc } from '#lib/documents/new-document.ts';
import { openCore, openInbox, openPlan } from '#lib/documents/documents.ts';
import { planName } from '../area-documents.ts';
import { postExpenses } from '../commands/expenses.ts';
import type { Outcome } from '../decider.ts';
import { insertInParts } from '../insert-in-parts.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { sampleWorkspace, type SampleOptions, type SampleWorkspace } from './sample.ts';

/** Throws when this device cannot keep it: then the half-made workspace is to be removed. */
export async function writeSample(workspace: Workspace, options: Omit<SampleOptions, 'member'>): Promise<void> {
  const sample = sampleWorkspace({ ...options, member: workspace.member });
  for (const { id, name, code, parentId } of sample.departments) {
    const version = { from: null, name, code, parentId, managerId: null };
    expectDone(await workspace.give({ kind: 'add-department', id, version, area: false }));
  }
  expectDone(await workspace.give({ kind: 'set-rates', rates: sample.rates }));
  await kept(workspace, 'core', (doc) => writeReference(doc, sample));
  await kept(workspace, planName(sample.version.id), (doc) => {
    const lines = sample.plan.map(({ line, phases }) => ({ ...line, phases, formula: null }));
    return insertInParts(doc, openPlan(doc).lines, lines);
  });
  expectDone(await postExpenses(workspace, sample.posted));
  await kept(workspace, `inbox/${workspace.member}`, (doc) =>
    insertInParts(doc, openInbox(doc).expenses, sample.waiting),
  );
}

function writeReference(doc: Doc, sample: SampleWorkspace): void {
  const core = openCore(doc);
  doc.transact(() => {
    for (const vendor of sample.vendors) core.vendors.insert(vendor);
    for (const project of sample.projects) core.projects.insert(project);
    for (const objective of sample.objectives) core.objectives.insert(objective);
    core.versions.insert(sample.version);
  });
}

async function kept(workspace: Workspace, document: string, work: (doc: Doc) => void | Promise<void>): Promise<void> {
  const written = await workspace.add(document, work);
  if (!written.ok) throw new Error(`The sample could not be kept: ${written.error.kind}`);
}

function expectDone(outcome: Outcome): void {
  if (outcome.kind !== 'done') throw new Error(`The sample was not accepted: ${JSON.stringify(outcome)}`);
}
