/** A population stated so that somebody else can find it again, and a sample of it that anybody can draw again. (A15, A16) */
import type { JsonValue } from '#lib/domain/json.ts';
import { fullDigest } from '../digest.ts';

/** A record of the population: what is booked, and its amount in minor units of the base currency. */
export interface SampledRecord {
  readonly id: string;
  readonly amount: number;
}

export interface Population {
  /** What was asked for: the filters, in words or as data. */
  readonly parameters: JsonValue;
  readonly count: number;
  /** Sum of all amounts, minor units of the base currency. */
  readonly controlTotal: number;
  /** SHA-256 over every id with its amount, in order of ids. */
  readonly hash: string;
}

/** Count, control total and hash: the same for the same records in whatever order. */
export function populationOf(records: readonly SampledRecord[], parameters: JsonValue): Population {
  const stated = records.map(({ id, amount }) => [id, amount] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    parameters,
    count: records.length,
    controlTotal: records.reduce((sum, { amount }) => sum + amount, 0),
    hash: fullDigest(stated),
  };
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
