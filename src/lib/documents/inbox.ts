/** `inbox/<member>`: what one person captured or imported and nobody has posted yet. */
import * as v from 'valibot';
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import {
  coding,
  count,
  currencyCode,
  minorUnits,
  optionalDate,
  optionalText,
  reference,
  text,
} from './field-readers.ts';
import { plainSchema } from './record-schema.ts';

const expenses = plainSchema<Expense>(
  [
    'kind',
    'date',
    'amount',
    'currency',
    'vendorText',
    'description',
    'invoiceNumber',
    'receipts',
    'batchId',
    'batchLine',
    'fingerprint',
    'capturedAt',
    'capturedBy',
    'returnedReason',
    'vendorId',
    'categoryId',
    'departmentId',
    'projectId',
    'lineId',
  ],
  v.object({
    ...coding,
    id: text,
    kind: v.picklist(['expense', 'credit', 'revenue']),
    date: optionalDate,
    amount: minorUnits,
    currency: currencyCode,
    vendorText: text,
    description: text,
    invoiceNumber: text,
    receipts: v.array(text),
    batchId: reference,
    batchLine: v.nullish(count, null),
    fingerprint: optionalText,
    capturedAt: text,
    capturedBy: text,
    returnedReason: optionalText,
  }),
);

const batches = plainSchema<ImportBatch>(
  ['fileName', 'fileHash', 'importedAt', 'rows', 'matched', 'rejected', 'controlTotal', 'currency'],
  v.object({
    id: text,
    fileName: text,
    fileHash: text,
    importedAt: text,
    rows: count,
    matched: count,
    rejected: count,
    controlTotal: minorUnits,
    currency: currencyCode,
  }),
);

export const inboxSchemas = { expenses, batches };
