/** The records that commands and events carry, read strictly: what is not known here could not be honoured either. */
import * as v from 'valibot';
import { isFiscalCalendar, type FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense, ImportBatch } from '#lib/domain/ledger/expense.ts';
import { isRate, type ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { DepartmentVersion } from '#lib/domain/organisation/department.ts';
import {
  count,
  generation,
  id,
  instant,
  integer,
  isoDate,
  longText,
  optionalId,
  periodKey,
  shortText,
  tellingText,
} from './fields.ts';

type Reads<T> = v.GenericSchema<unknown, T>;

export const coding = {
  vendorId: optionalId,
  categoryId: optionalId,
  departmentId: optionalId,
  projectId: optionalId,
  lineId: optionalId,
};

const receipts = v.pipe(v.array(shortText), v.maxLength(100), v.readonly());

/** Currency and date are text here: whether they exist is decided, and refused in words of its own. */
export const expense: Reads<Expense> = v.strictObject({
  ...coding,
  id,
  kind: v.picklist(['expense', 'credit', 'revenue']),
  date: v.nullable(shortText),
  amount: integer,
  currency: shortText,
  vendorText: longText,
  description: longText,
  invoiceNumber: shortText,
  receipts,
  batchId: optionalId,
  batchLine: v.nullable(count),
  fingerprint: v.nullable(shortText),
  capturedAt: instant,
  capturedBy: id,
  returnedReason: v.nullable(longText),
});

export const batch: Reads<ImportBatch> = v.strictObject({
  id,
  fileName: shortText,
  fileHash: shortText,
  importedAt: instant,
  rows: count,
  matched: count,
  rejected: count,
  controlTotal: integer,
  currency: shortText,
});

export const entry: Reads<LedgerEntry> = v.strictObject({
  ...coding,
  id,
  expenseId: id,
  generation,
  kind: v.picklist(['expense', 'credit', 'revenue', 'reversal']),
  nature: v.picklist(['cost', 'revenue']),
  reverses: optionalId,
  period: periodKey,
  area: id,
  date: v.nullable(isoDate),
  amount: integer,
  currency: shortText,
  baseAmount: integer,
  rate: shortText,
  rateDate: v.nullable(isoDate),
  rateSource: longText,
  vendorText: longText,
  description: longText,
  invoiceNumber: shortText,
  receipts,
  batchId: optionalId,
  reason: v.nullable(longText),
  postedAt: instant,
  postedBy: id,
  capturedBy: v.exactOptional(id),
});

export const departmentVersion: Reads<DepartmentVersion> = v.strictObject({
  from: v.nullable(isoDate),
  name: tellingText,
  code: shortText,
  parentId: optionalId,
  managerId: optionalId,
});

export const calendar: Reads<FiscalCalendar> = v.custom<FiscalCalendar>(isFiscalCalendar, 'a fiscal calendar');

const rateFields = v.strictObject({
  from: shortText,
  to: shortText,
  rate: v.custom<string>(isRate, 'a rate'),
  date: isoDate,
  source: shortText,
});

export const rate: Reads<ExchangeRate> = v.pipe(
  rateFields,
  v.check(({ from, to }) => from !== to, 'two currencies'),
);
