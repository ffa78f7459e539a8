/** What a projection worker keeps in memory: all columns, all reference data, and the budget lines it was asked for. */
import { decodeChunk, type StoredChunk } from './chunk-codec.ts';
import { Columns } from './columns.ts';
import type { EffectiveLine } from '#lib/documents/effective-lines.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import type { Database, StoredDriver, StoredLine, StoredReference } from './database.ts';
import { effectiveVersion } from './effective-version.ts';
import { stepsOn } from './projection-format.ts';
import { ReferenceMirror } from './reference-mirror.ts';
import type { ProjectionStep } from './tabs.ts';

export class ProjectionMemory {
  readonly columns = new Columns();
  readonly reference = new ReferenceMirror();
  readonly #database: Database;
  readonly #linesByVersion = new Map<string, Map<string, StoredLine | StoredDriver>>();
  /** What they come to, by version, with what they were worked out from. */
  readonly #effective = new Map<string, { readonly ground: string; readonly lines: readonly EffectiveLine[] }>();
  #lineChanges = 0;
  /** The last step that is in here. */
  #step = -1;

  constructor(database: Database) {
    this.#database = database;
  }

  get step(): number {
    return this.#step;
  }

  /** Reads everything from disk, as of one moment; nothing when it is of another format. */
  async load(): Promise<void> {
    const { columns, reference, figures } = this.#database;
    const [steps, chunks, records] = await this.#database.transaction('r', columns, reference, figures, async () => {
      const known = await stepsOn(this.#database);
      return known === null
        ? ([-1, [], []] as const)
        : ([known, await columns.toArray(), await reference.toArray()] as const);
    });
    // Replaced within one turn: no question is answered from half of it.
    this.columns.clear();
    this.#takeChunks(chunks);
    this.#takeReference(records);
    this.#linesByVersion.clear();
    this.#step = steps;
  }

  /** Reads what another worker's step wrote; everything, when a step was missed. */
  async follow(step: ProjectionStep): Promise<void> {
    if (step.number <= this.#step) return;
    if (step.number !== this.#step + 1) return this.load();
    const keys = step.chunks.map(({ document, index }): [string, number] => [document, index]);
    const chunks = await this.#database.columns.bulkGet(keys);
    this.#takeChunks(chunks.filter((chunk) => chunk !== undefined));
    if (step.hasReference) this.#takeReference(await this.#database.reference.toArray());
    this.forgetLines(step.lines);
    this.#step = step.number;
  }

  /** Notes that a step of one's own is on disk. */
  stepped(number: number): void {
    this.#step = number;
  }

  /** Brings memory up to the disk, if somebody else has written since. */
  async catchUp(): Promise<void> {
    if ((await stepsOn(this.#database)) !== this.#step) await this.load();
  }

  /** The lines of a version with what they come to. */
  async lines(version: string): Promise<readonly EffectiveLine[]> {
    const calendar = this.reference.context()?.calendar;
    const year = this.reference.get('versions', version)?.fiscalYear;
    const ground = JSON.stringify([calendar, year, this.#lineChanges]);
    const known = this.#effective.get(version);
    if (known?.ground === ground) return known.lines;
    const periods = calendar === undefined || year === undefined ? [] : periodsOfYear(calendar, year);
    const lines = effectiveVersion(await this.#records(version), periods);
    this.#effective.set(version, { ground, lines });
    return lines;
  }

  async #records(version: string): Promise<readonly (StoredLine | StoredDriver)[]> {
    const known = this.#linesByVersion.get(version);
    if (known !== undefined) return [...known.values()];
    const changes = this.#lineChanges;
    const stored = await this.#database.lines.where('version').equals(version).toArray();
    // Lines that changed while these were read may be missing in them: then they are not kept.
    if (changes === this.#lineChanges)
      this.#linesByVersion.set(version, new Map(stored.map((record) => [`${record.document}|${record.id}`, record])));
    return stored;
  }

  /** Takes changed lines of one document over into those kept in memory; null removes. */
  putLines(document: string, version: string, lines: ReadonlyMap<string, StoredLine | StoredDriver | null>): void {
    this.#lineChanges += 1;
    const known = this.#linesByVersion.get(version);
    if (known === undefined) return;
    for (const [id, line] of lines) {
      if (line === null) known.delete(`${document}|${id}`);
      else known.set(`${document}|${id}`, line);
    }
  }

  /** Lets go of the lines of these documents' versions; they are read again when asked for. */
  forgetLines(documents: readonly string[]): void {
    this.#lineChanges += 1;
    for (const document of documents) this.#linesByVersion.delete(document.split('/')[1] ?? '');
  }

  #takeChunks(chunks: readonly StoredChunk[]): void {
    for (const chunk of chunks) {
      this.columns.chunksOf(chunk.document)[chunk.index] = decodeChunk(chunk, this.columns.dictionaries);
    }
    this.columns.changed();
  }

  #takeReference(records: readonly StoredReference[]): void {
    this.reference.clear();
    for (const record of records) this.reference.put(record);
  }
}
