/** A sample of what the auditor chose, stated so that another auditor draws the same one. (A15, A16, A18) */
import { populationOf, sampleOf, statementOf, type Population, type Statement } from '#lib/governance/audit/sample.ts';
import { EVERYTHING, journalFound } from './journal-filter.ts';
import type { JournalEntry } from './journal.ts';
import { changedRecordsIn, type ChangedRecord } from './sample-changes.ts';
import { decisionsIn, type Decided, type SampledDecision } from './sample-decisions.ts';
import { postingsIn, type SampledPosting } from './sample-postings.ts';

/** What a population consists of, and which of it. All of `from` and `to` are included, an empty text is no bound. */
export type Asked =
  /** Keys of periods. */
  | { readonly what: 'postings'; readonly from: string; readonly to: string }
  /** ISO dates. An empty kind is for every kind: of decision, or of record. */
  | {
      readonly what: 'decisions' | 'changed-records';
      readonly kind: string;
      readonly from: string;
      readonly to: string;
    };

export type Sampled = SampledPosting | SampledDecision | ChangedRecord;

export interface DrawnSample {
  readonly population: Population;
  /** What the control total is the sum of. */
  readonly controlTotalOf: string;
  readonly seed: string;
  readonly size: number;
  readonly drawn: Statement;
  readonly sample: readonly Sampled[];
}

/** Where the records are: the journal and the mirrored decisions of this device. */
export interface SampledFrom {
  readonly journal: readonly JournalEntry[];
  readonly governed: Decided;
}

/** The whole population that was asked for. */
export function recordsAsked({ journal, governed }: SampledFrom, asked: Asked): readonly Sampled[] {
  const { from, to } = asked;
  const isWithin = (value: string): boolean => value >= from && (to === '' || value <= to);
  if (asked.what === 'postings') return postingsIn(journal).filter(({ period }) => isWithin(period));
  const kind = asked.kind === '' ? null : asked.kind;
  if (asked.what === 'decisions') {
    return decisionsIn(governed).filter((each) => (kind === null || each.kind === kind) && isWithin(day(each.at)));
  }
  const filter = { ...EVERYTHING, kind, from: from === '' ? null : from, until: to === '' ? null : to };
  return changedRecordsIn(journalFound(journal, filter, () => ''));
}

/** The same records, seed and size give the same sample to anybody. */
export function drawSample(
  records: readonly Sampled[],
  asked: Asked,
  { seed, size, currency }: { readonly seed: string; readonly size: number; readonly currency: string },
): DrawnSample {
  const sample = sampleOf(records, seed, size);
  return {
    population: populationOf(records, asked),
    controlTotalOf: asked.what === 'changed-records' ? 'changes' : `minor units of ${currency}`,
    seed,
    size,
    drawn: statementOf(sample),
    sample,
  };
}

/** Everything another auditor needs to draw it again, as a file. */
export function sampleFile(drawn: DrawnSample): Blob {
  const method = {
    rule: 'Records in the order of SHA-256 of the canonical JSON of [seed, id]; the first ones are the sample.',
    hash: 'SHA-256 of the canonical JSON of [id, amount] of every record, in order of ids.',
  };
  return new Blob([`${JSON.stringify({ method, ...drawn }, null, 2)}\n`], { type: 'application/json' });
}

function day(at: string): string {
  return at.slice(0, 10);
}
