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
import type { Identified, RecordSchema } from './record-schema.ts';
import { openTable, type Table } from './record-table.ts';
import { returnsSchemas } from './returns.ts';
import { scenarioSchemas } from './scenario.ts';
import { talkSchemas } from './talk.ts';

export const openCore = (doc: Y.Doc) => openTables(doc, coreSchemas);
export const openPlan = (doc: Y.Doc) => openTables(doc, planSchemas);
export const openScenario = (doc: Y.Doc) => openTables(doc, scenarioSchemas);
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
  scenario: scenarioSchemas,
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

type AnySchema = Pick<RecordSchema<Identified>, 'columns' | 'reader'>;
type Schemas = Readonly<Record<string, AnySchema>>;
type Tables<S> = { readonly [C in keyof S]: S[C] extends RecordSchema<infer R> ? Table<R> : never };

function openTables<S extends Schemas>(doc: Y.Doc, schemas: S): Tables<S> {
  const tables = Object.entries(schemas).map(([collection, schema]) => [
    collection,
    openTable(doc, collection, schema as RecordSchema<Identified>),
  ]);
  return Object.fromEntries(tables) as Tables<S>;
}
