/** A population stated so that somebody else can find it again, and a sample of it that anybody can draw again. (A15, A16) */
import type { JsonValue } from '#lib/domain/json.ts';
import { fullDigest } from '../digest.ts';

/** A record of the population, and what of it is summed: money in minor units, or a number; null where it has none. */
export interface SampledRecord {
  readonly id: string;
  readonly amount: number | null;
}

/** What records are checked by. */
export interface Statement {
  readonly count: number;
  /** Sum of all amounts; null where there are records and none has an amount. */
  readonly controlTotal: number | null;
  /** SHA-256 over every id with its amount, in order of ids. */
  readonly hash: string;
}

export interface Population extends Statement {
  /** What was asked for: the filters, in words or as data. */
  readonly parameters: JsonValue;
}

/** Count, control total and hash: the same for the same records in whatever order. */
export function statementOf(records: readonly SampledRecord[]): Statement {
  const stated = records.map(({ id, amount }) => [id, amount] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const hasNone = records.length > 0 && records.every(({ amount }) => amount === null);
  return {
    count: records.length,
    controlTotal: hasNone ? null : records.reduce((sum, { amount }) => sum + (amount ?? 0), 0),
    hash: fullDigest(stated),
  };
}

/** All records that were asked for, stated. */
export function populationOf(records: readonly SampledRecord[], parameters: JsonValue): Population {
  return { parameters, ...statementOf(records) };
}

/**
 * `size` records by chance, the same ones for the same seed: those whose SHA-256 of seed and id comes first. A sample
 * of more contains every smaller one, and a record that is not in the sample may leave the population unnoticed by it.
 */
export function sampleOf<R extends SampledRecord>(records: readonly R[], seed: string, size: number): readonly R[] {
  return records
    .map((record) => ({ record, place: fullDigest([seed, record.id]) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, size)
    .map(({ record }) => record);
}
