/** Questions that are answered from the projections: totals, lists, records by id. Reads only. */
import type { Database, StoredConflict } from './database.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import { expenseRowsOf, type ExpenseRow } from './expense-row.ts';
import { knownLike, type KnownExpense, type SoughtRow } from './known-expenses.ts';
import { listing, pageOf, type Listing, type ListPage, type ListQuery } from './list.ts';
import { largest, movers, type Largest, type Mover } from './movers.ts';
import { makeOverview, type Overview } from './overview.ts';
import { overviewGround } from './overview-ground.ts';
import type { ProjectionMemory } from './projection-memory.ts';
import { ranksOf } from './ranks.ts';
import type { ReferenceCollections } from './reference-mirror.ts';
import { report, type Report, type ReportQuery } from './report.ts';
import { partsOf, type RowId } from './row-id.ts';
import { storedOverview } from './stored-overview.ts';

const LISTINGS_KEPT = 4;

export class ProjectionQuestions {
  readonly #database: Database;
  readonly #memory: ProjectionMemory;
  readonly #now: () => string;
  /** Listings that somebody is paging through, by question. */
  #listings = new Map<string, Listing>();
  #generation = -1;

  constructor(database: Database, memory: ProjectionMemory, now: () => string) {
    this.#database = database;
    this.#memory = memory;
    this.#now = now;
  }

  report(query: ReportQuery): Report {
    return report(this.#memory.columns, query);
  }

  largest(query: Parameters<typeof largest>[1]): readonly Largest[] {
    return largest(this.#memory.columns, query);
  }

  movers(query: Parameters<typeof movers>[1]): readonly Mover[] {
    return movers(this.#memory.columns, query);
  }

  list({ filter, sort, offset, limit }: ListQuery): ListPage {
    const found = this.#listing({ filter, sort });
    return { ids: pageOf(found, offset, limit), totals: found.totals };
  }

  /** Rows in full, in the order asked for; what is not here any more is left out. */
  async rowsByIds(ids: readonly RowId[]): Promise<readonly ExpenseRow[]> {
    const trails = await this.#database.trails.bulkGet(ids.map((id) => partsOf(id).expenseId));
    const context = this.#memory.reference.context();
    return ids.flatMap((id, i) => {
      const trail = trails[i];
      return trail === undefined ? [] : expenseRowsOf(trail, context).filter((row) => row.id === id);
    });
  }

  /** Every row that an expense counts as or ever made: what became of it. */
  async rowsOfExpense(expenseId: string): Promise<readonly ExpenseRow[]> {
    const trail = await this.#database.trails.get(expenseId);
    return trail === undefined ? [] : expenseRowsOf(trail, this.#memory.reference.context());
  }

  /** What rows about to be imported are compared with. */
  knownLike(sought: readonly SoughtRow[]): Promise<readonly KnownExpense[]> {
    return knownLike(this.#database, this.#memory.columns, this.#memory.reference.context(), sought);
  }

  /** Ids of expenses that these fingerprints of imported rows belong to already. */
  async byFingerprint(fingerprints: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await this.#database.trails
      .where('fingerprint')
      .anyOf([...fingerprints])
      .toArray();
    return new Map(found.flatMap(({ fingerprint, id }) => (fingerprint === null ? [] : [[fingerprint, id] as const])));
  }

  /** Every row of an import, to undo it as a whole. */
  async rowsOfBatch(batchId: string): Promise<readonly ExpenseRow[]> {
    const trails = await this.#database.trails.where('batchId').equals(batchId).toArray();
    const context = this.#memory.reference.context();
    return trails.flatMap((trail) => expenseRowsOf(trail, context));
  }

  /** With the figures that count: worked out where a line has a formula. */
  lines(version: string): Promise<readonly EffectiveLine[]> {
    return this.#memory.lines(version);
  }

  reference<C extends keyof ReferenceCollections>(collection: C): readonly ReferenceCollections[C][] {
    return this.#memory.reference.all(collection);
  }

  conflicts(): Promise<StoredConflict[]> {
    return this.#database.conflicts.toArray();
  }

  overview(): Promise<Overview | null> {
    return storedOverview(this.#database);
  }

  /** The overview of any fiscal year, worked out now; null while the workspace's founding is not here. */
  async overviewOf(fiscalYear: number): Promise<Overview | null> {
    const context = this.#memory.reference.context();
    if (context === null) return null;
    const ground = await overviewGround(this.#database, this.#memory, context, this.#now());
    return makeOverview(ground, fiscalYear);
  }

  #listing(query: Pick<ListQuery, 'filter' | 'sort'>): Listing {
    const { columns, reference } = this.#memory;
    if (this.#generation !== columns.generation) this.#listings.clear();
    this.#generation = columns.generation;
    const key = JSON.stringify(query);
    const found = this.#listings.get(key) ?? listing(columns, query, ranksOf(columns, reference));
    this.#listings.set(key, found);
    const [oldest] = this.#listings.keys();
    if (this.#listings.size > LISTINGS_KEPT && oldest !== undefined) this.#listings.delete(oldest);
    return found;
  }
}
