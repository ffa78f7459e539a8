/**
 * `analysis/<yyyy>/<area>`: what people know and decide about the future of an area's lines, and the forecasts that were
 * published of them, in the fiscal year in which they were written.
 */
import * as v from 'valibot';
import {
  count,
  currencyCode,
  isoDate,
  minorUnits,
  nature,
  optionalDate,
  periodKey,
  reference,
  text,
} from './field-readers.ts';
import { plainSchema } from './record-schema.ts';

/** What comes again and again on a line, for the same amount each time. */
export interface RecurringRecord {
  readonly id: string;
  readonly lineId: string;
  readonly label: string;
  /** Minor units each time. */
  readonly amount: number;
  readonly currency: string;
  /** ISO date of the first one. */
  readonly first: string;
  readonly every: { readonly count: number; readonly unit: 'week' | 'month' };
  /** ISO date after which none comes; null while no end is known. */
  readonly last: string | null;
}

/** A price step, start, end or one-off of a line: of an amount in a currency, or by a factor, or (an end) of it all. */
export interface ChangeRecord {
  readonly id: string;
  readonly lineId: string;
  readonly label: string;
  /** ISO date: the first day it holds; of an end, the last day before it. */
  readonly on: string;
  readonly kind: 'price-step' | 'start' | 'end' | 'one-off';
  /** Minor units a period, of a one-off once. */
  readonly amount: number | null;
  readonly factor: number | null;
  readonly currency: string | null;
}

interface JudgementRecord {
  readonly id: string;
  readonly lineId: string;
  readonly period: string;
  readonly reason: string;
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  /** ISO date, the last day it holds; null until somebody takes it back. */
  readonly expires: string | null;
}

/** A figure of the history that is not to be taken as it is booked. */
export interface AdjustmentRecord extends JudgementRecord {
  readonly kind: 'replace' | 'exclude' | 'level-shift';
  /** Minor units, of one that replaces. */
  readonly amount: number | null;
}

/** A figure that a person expects in place of the one calculated. */
export interface OverrideRecord extends JudgementRecord {
  /** Minor units. */
  readonly amount: number;
}

/** By which method a line is forecast; its id is the line's. An empty method is the default again. */
export interface MethodRecord {
  readonly id: string;
  readonly method: string;
}

/** A forecast that was published, to be held against what came. */
export interface Publication {
  readonly id: string;
  readonly name: string;
  /** ISO instant, and the ISO date by which expired judgements were told. */
  readonly at: string;
  readonly today: string;
  readonly by: string;
  /** The plan it stood beside, or null. */
  readonly versionId: string | null;
  /** Key of the last closed period: the end of the history. */
  readonly until: string;
}

/** One line of a publication. Lists have one figure for each period, in minor units; ranges are empty without any. */
export interface PublishedLine {
  readonly id: string;
  readonly publicationId: string;
  readonly lineId: string;
  readonly ownerId: string | null;
  readonly nature: 'cost' | 'revenue';
  readonly currency: string;
  readonly method: string;
  readonly periods: readonly string[];
  readonly mean: readonly number[];
  /** The mean before any override. */
  readonly calculated: readonly number[];
  /** What of it was scheduled. */
  readonly known: readonly number[];
  /** What the same period of the last year would have said. */
  readonly naive: readonly number[];
  readonly lower80: readonly number[];
  readonly upper80: readonly number[];
  readonly lower95: readonly number[];
  readonly upper95: readonly number[];
  /** By how much the history differs from a year before, on average: what errors are measured in. Null without a year. */
  readonly scale: number | null;
}

const optionalAmount = v.nullish(minorUnits, null);

const recurring = plainSchema<RecurringRecord>(
  ['lineId', 'label', 'amount', 'currency', 'first', 'every', 'last'],
  v.object({
    id: text,
    lineId: text,
    label: text,
    amount: minorUnits,
    currency: currencyCode,
    first: isoDate,
    every: v.object({ count: v.pipe(count, v.minValue(1)), unit: v.picklist(['week', 'month']) }),
    last: optionalDate,
  }),
);

const lineChanges = plainSchema<ChangeRecord>(
  ['lineId', 'label', 'on', 'kind', 'amount', 'factor', 'currency'],
  v.object({
    id: text,
    lineId: text,
    label: text,
    on: isoDate,
    kind: v.picklist(['price-step', 'start', 'end', 'one-off']),
    amount: optionalAmount,
    factor: v.nullish(v.pipe(v.number(), v.finite(), v.minValue(0)), null),
    currency: v.nullish(currencyCode, null),
  }),
);

const judgement = {
  id: text,
  lineId: text,
  period: periodKey,
  reason: text,
  by: text,
  at: text,
  expires: optionalDate,
};

const adjustments = plainSchema<AdjustmentRecord>(
  ['lineId', 'period', 'kind', 'amount', 'reason', 'by', 'at', 'expires'],
  v.object({ ...judgement, kind: v.picklist(['replace', 'exclude', 'level-shift']), amount: optionalAmount }),
);

const overrides = plainSchema<OverrideRecord>(
  ['lineId', 'period', 'amount', 'reason', 'by', 'at', 'expires'],
  v.object({ ...judgement, amount: minorUnits }),
);

const methods = plainSchema<MethodRecord>(['method'], v.object({ id: text, method: text }));

const publications = plainSchema<Publication>(
  ['name', 'at', 'by', 'today', 'versionId', 'until'],
  v.object({ id: text, name: text, at: text, by: text, today: isoDate, versionId: reference, until: periodKey }),
);

const figures = v.array(minorUnits);

const published = plainSchema<PublishedLine>(
  [
    'publicationId',
    'lineId',
    'ownerId',
    'currency',
    'method',
    'periods',
    'mean',
    'calculated',
    'known',
    'naive',
    'lower80',
    'upper80',
    'lower95',
    'upper95',
    'scale',
    'nature',
  ],
  v.object({
    id: text,
    publicationId: text,
    lineId: text,
    ownerId: reference,
    currency: currencyCode,
    method: text,
    periods: v.array(periodKey),
    mean: figures,
    calculated: figures,
    known: figures,
    naive: figures,
    lower80: figures,
    upper80: figures,
    lower95: figures,
    upper95: figures,
    scale: optionalAmount,
    nature,
  }),
);

export const analysisSchemas = { recurring, lineChanges, adjustments, overrides, methods, publications, published };
