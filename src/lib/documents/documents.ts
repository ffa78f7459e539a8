/** What stands in which document: the collections of every kind, and how each kind is opened. (D11) */
import type * as Y from 'yjs';
import { analysisSchemas } from './analysis.ts';
import { approvalsSchemas } from './approvals.ts';
import { coreSchemas } from './core.ts';
import { decisionsSchemas } from './decisions.ts';
import type { DocumentName } from './document-name.ts';
import { inboxSchemas } from './inbox.ts';
import { ledgerSchemas } from './ledger.ts';
import { planSchemas } from './plan.ts';
import { openTables, type Schemas } from './open-tables.ts';
import { returnsSchemas } from './returns.ts';
import { talkSchemas } from './talk.ts';

export const openCore = (doc: Y.Doc) => openTables(doc, coreSchemas);
export const openPlan = (doc: Y.Doc) => openTables(doc, planSchemas);
export const openInbox = (doc: Y.Doc) => openTables(doc, inboxSchemas);
export const openLedger = (doc: Y.Doc) => openTables(doc, ledgerSchemas);
export const openTalk = (doc: Y.Doc) => openTables(doc, talkSchemas);
export const openAnalysis = (doc: Y.Doc) => openTables(doc, analysisSchemas);
export const openReturns = (doc: Y.Doc) => openTables(doc, returnsSchemas);
export const openApprovals = (doc: Y.Doc) => openTables(doc, approvalsSchemas);
export const openDecisions = (doc: Y.Doc) => openTables(doc, decisionsSchemas);

const schemasByKind: Readonly<Record<DocumentName['kind'], Schemas>> = {
  core: coreSchemas,
  plan: planSchemas,
  // Its collections have no columns, and what only scenarios need is not loaded with what every page needs.
  scenario: {},
  inbox: inboxSchemas,
  ledger: ledgerSchemas,
  talk: talkSchemas,
  analysis: analysisSchemas,
  returns: returnsSchemas,
  approvals: approvalsSchemas,
  decisions: decisionsSchemas,
};

/** The columns of a collection's bases; none for a collection that only a newer app knows. */
export function columnsOf(name: DocumentName | null, collection: string): readonly string[] {
  const schemas = name === null ? {} : schemasByKind[name.kind];
  return Object.hasOwn(schemas, collection) ? (schemas[collection]?.columns ?? []) : [];
}
