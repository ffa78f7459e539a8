/** Data and meetings for the tests of documents. */
import * as Y from 'yjs';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import type { PlannedLine } from '#lib/documents/plan.ts';
import { makeLine } from '#tests/support/make-line.ts';

export const ann = { member: 'ann', at: '2027-03-01T09:00:00.000Z' };
export const ben = { member: 'ben', at: '2027-03-01T09:05:00.000Z' };

/** A line in EUR with its phases. */
export function plannedLine({ phases = {}, formula = null, ...line }: Partial<PlannedLine>): PlannedLine {
  return { ...makeLine(line), phases, formula };
}

/** A plan document with these lines in it. */
export function planOf(...lines: readonly PlannedLine[]): Y.Doc {
  const doc = newDocument();
  for (const line of lines) openPlan(doc).lines.insert(line);
  return doc;
}

/** Two documents meet: each receives what it has not got. */
export function exchange(left: Y.Doc, right: Y.Doc): void {
  const forRight = Y.encodeStateAsUpdate(left, Y.encodeStateVector(right));
  const forLeft = Y.encodeStateAsUpdate(right, Y.encodeStateVector(left));
  Y.applyUpdate(right, forRight);
  Y.applyUpdate(left, forLeft);
}
