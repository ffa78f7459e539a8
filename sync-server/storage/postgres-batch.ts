/**
 * Rows of one transaction: what they touch is read at once, each is judged in memory in its turn, and what follows is
 * written at once. Nobody else writes in these workspaces meanwhile.
 */
import { EMPTY_CHAIN } from '#lib/governance/audit/entry.ts';
import type { ChainHead } from '#lib/governance/audit/entry.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import type { ClientBinding } from '#lib/sync/protocol.ts';
import { bindRange } from '../update/client-binding.ts';
import type { BoundClient, ClientRange } from '../update/client-binding.ts';
import { AUDIT_MEANS, auditEntries } from './audit-entries.ts';
import type { Session } from './postgres-transaction.ts';
import type { Appended, IncomingRow } from './storage.ts';

interface BatchDocument {
  readonly workspace: string;
  readonly name: string;
  readonly incarnation: string;
  head: number;
  readonly keys: Map<string, number>;
  readonly clients: Map<number, BatchClient>;
}

interface BatchClient {
  bound: BoundClient;
  readonly firstSeq: number;
  isChanged: boolean;
}

interface NewRow {
  readonly document: BatchDocument;
  readonly seq: number;
  readonly row: IncomingRow;
  readonly hasGap: boolean;
}

/** The workspace in which something was decided, what its log gets, and whether rights changed. */
interface Decided {
  readonly workspace: string;
  readonly nextEpoch: boolean;
  readonly entries: readonly LogEntry[];
}

/** Where a workspace stands: the number of its last change, and the epoch of its rights. */
interface Position {
  readonly version: number;
  readonly epoch: number;
}

export class Batch {
  readonly #documents = new Map<string, BatchDocument>();
  readonly #positions = new Map<string, Position>();
  readonly #sealed = new Set<string>();
  readonly #rows: NewRow[] = [];
  readonly #chains = new Map<string, ChainHead>();

  /** Reads what the rows touch, in one journey. */
  static async load(session: Session, workspaces: readonly string[], rows: readonly IncomingRow[]): Promise<Batch> {
    const batch = new Batch();
    const clients = rows.flatMap((row) => row.ranges.map(({ client }) => ({ row, client })));
    const [chains, positions, seals, documents, keys, known] = await Promise.all([
      session.query<ChainHead & { workspace: string }>(CHAINS, [workspaces], 'batch-chains'),
      session.query<Position & { workspace: string }>(POSITIONS, [workspaces], 'batch-positions'),
      session.query<{ workspace: string; document: string }>(SEALS, namesOf(rows), 'batch-seals'),
      session.query<DocumentRow>(DOCUMENTS, namesOf(rows), 'batch-documents'),
      session.query<KeyRow>(KEYS, [...namesOf(rows), rows.map(({ key }) => Buffer.from(key))], 'batch-keys'),
      session.query<ClientRow>(
        CLIENTS,
        [...namesOf(clients.map(({ row }) => row)), clients.map(({ client }) => client)],
        'batch-clients',
      ),
    ]);
    for (const { workspace, ...head } of chains.rows) batch.#chains.set(workspace, head);
    for (const { workspace, ...position } of positions.rows) batch.#positions.set(workspace, position);
    for (const { workspace, document } of seals.rows) batch.#sealed.add(placeOf(workspace, document));
    for (const { workspace, name, incarnation, head } of documents.rows) {
      batch.#documents.set(placeOf(workspace, name), newDocument(workspace, name, incarnation, head));
    }
    for (const { workspace, name, key, seq } of keys.rows) {
      batch.#documents.get(placeOf(workspace, name))?.keys.set(key.toString(), seq);
    }
    for (const { workspace, name, client, first_seq: firstSeq, ...kept } of known.rows) {
      const bound = { ...kept, beyond: JSON.parse(kept.beyond) as readonly ClientRange[] };
      batch.#documents.get(placeOf(workspace, name))?.clients.set(client, { bound, firstSeq, isChanged: false });
    }
    return batch;
  }

  /** Somebody's row: not into a sealed document, and not by what they were allowed once. */
  appendTheirs(row: IncomingRow): Appended {
    return this.#append(row, () => this.#objection(row));
  }

  /** A row of the decider's own. */
  appendOwn(row: IncomingRow): Appended {
    return this.#append(row, () => null);
  }

  #objection({ workspace, document, epoch }: IncomingRow): Appended | null {
    const now = this.#positionOf(workspace).epoch;
    if (epoch !== now) return { kind: 'epoch-moved', epoch: now };
    return this.#sealed.has(placeOf(workspace, document)) ? { kind: 'refused', reason: 'sealed' } : null;
  }

  #positionOf(workspace: string): Position {
    return this.#positions.get(workspace) ?? { version: 0, epoch: 0 };
  }

  #append(row: IncomingRow, objection: () => Appended | null): Appended {
    const place = placeOf(row.workspace, row.document);
    const existing = this.#documents.get(place);
    if (existing !== undefined && existing.incarnation !== row.incarnation) return { kind: 'stale' };
    const duplicate = existing?.keys.get(row.key);
    if (duplicate !== undefined) return { kind: 'duplicate', seq: duplicate };
    const objected = objection();
    if (objected !== null) return objected;

    const bounds = new Map<number, BoundClient>();
    let hasGap = false;
    for (const range of row.ranges) {
      const known = bounds.get(range.client) ?? existing?.clients.get(range.client)?.bound ?? null;
      const next = bindRange(known, row.author, range);
      if (!next.ok) return { kind: 'refused', reason: next.error };
      bounds.set(range.client, next.value.bound);
      hasGap ||= next.value.gap;
    }

    const document = existing ?? newDocument(row.workspace, row.document, row.incarnation, 0);
    this.#documents.set(place, document);
    const seq = document.head + 1;
    document.head = seq;
    document.keys.set(row.key, seq);
    this.#rows.push({ document, seq, row, hasGap });
    return { kind: 'appended', seq, bound: bind(document, bounds, seq) };
  }

  /** Writes what was appended, and the audit entries that follow. `decided`: in which workspace more than rows changes. */
  async write(session: Session, decided?: Decided): Promise<void> {
    const workspaces = new Set(this.#rows.map(({ row }) => row.workspace));
    if (decided !== undefined) workspaces.add(decided.workspace);
    if (workspaces.size === 0) return;
    const versions = new Map<string, number>();
    const epochs: number[] = [];
    for (const workspace of workspaces) {
      const { version, epoch } = this.#positionOf(workspace);
      versions.set(workspace, version + 1);
      epochs.push(epoch + (decided?.workspace === workspace && decided.nextEpoch ? 1 : 0));
    }
    await Promise.all([
      session.query(MOVE, [[...workspaces], [...versions.values()], epochs], 'batch-move'),
      this.#rows.length === 0 ? null : session.query(WRITE, this.#written(versions), 'batch-write'),
      session.query(CHAIN, this.#chained([...workspaces], decided), 'batch-chain'),
    ]);
  }

  #chained(workspaces: readonly string[], decided: Decided | undefined): readonly unknown[] {
    const rows = Map.groupBy(this.#rows, ({ row }) => row.workspace);
    const chained = workspaces.flatMap((workspace) => {
      const head = this.#chains.get(workspace) ?? EMPTY_CHAIN;
      const log = decided?.workspace === workspace ? decided.entries : [];
      return auditEntries(head, log, rows.get(workspace) ?? [], AUDIT_MEANS).map((entry) => ({ workspace, ...entry }));
    });
    return [
      chained.map(({ workspace }) => workspace),
      chained.map(({ seq }) => seq),
      chained.map(({ previous }) => previous),
      chained.map(({ at }) => at),
      chained.map(({ kind }) => kind),
      chained.map(({ digest }) => digest),
      chained.map(({ hash }) => hash),
      chained.map(({ contents }) => JSON.stringify(contents)),
    ];
  }

  #written(versions: ReadonlyMap<string, number>): readonly unknown[] {
    const rows = this.#rows;
    const documents = [...new Set(rows.map(({ document }) => document))];
    const numbers = new Map(documents.map((document, n) => [document, n + 1]));
    const clients = documents.flatMap((document) =>
      [...document.clients].flatMap(([id, client]) => (client.isChanged ? [{ document, id, ...client }] : [])),
    );
    return [
      documents.map(({ workspace }) => workspace),
      documents.map(({ name }) => name),
      documents.map(({ incarnation }) => incarnation),
      documents.map(({ head }) => head),
      documents.map(({ workspace }) => versions.get(workspace)),
      rows.map(({ document }) => numbers.get(document)),
      rows.map(({ seq }) => seq),
      rows.map(({ row }) => Buffer.from(row.key)),
      rows.map(({ row }) => row.bytes),
      rows.map(({ row }) => row.checksum),
      rows.map(({ hasGap }) => hasGap),
      rows.map(({ row }) => row.author.member),
      rows.map(({ row }) => row.author.device),
      rows.map(({ row }) => row.receivedAt),
      clients.map(({ document }) => numbers.get(document)),
      clients.map(({ id }) => id),
      clients.map(({ bound }) => bound.member),
      clients.map(({ bound }) => bound.device),
      clients.map(({ bound }) => bound.clock),
      clients.map(({ bound }) => JSON.stringify(bound.beyond)),
      clients.map(({ firstSeq }) => firstSeq),
    ];
  }
}

/** Notes what the clients are after a row; gives those it was the first of. */
function bind(document: BatchDocument, bounds: ReadonlyMap<number, BoundClient>, seq: number): ClientBinding[] {
  const fresh: ClientBinding[] = [];
  for (const [client, bound] of bounds) {
    const known = document.clients.get(client);
    if (known === undefined) fresh.push({ client, member: bound.member });
    document.clients.set(client, { bound, firstSeq: known?.firstSeq ?? seq, isChanged: true });
  }
  return fresh;
}

function newDocument(workspace: string, name: string, incarnation: string, head: number): BatchDocument {
  return { workspace, name, incarnation, head, keys: new Map(), clients: new Map() };
}

function placeOf(workspace: string, name: string): string {
  return `${workspace}\n${name}`;
}

function namesOf(rows: readonly IncomingRow[]): [string[], string[]] {
  return [rows.map(({ workspace }) => workspace), rows.map(({ document }) => document)];
}

interface DocumentRow {
  readonly workspace: string;
  readonly name: string;
  readonly incarnation: string;
  readonly head: number;
}

interface KeyRow {
  readonly workspace: string;
  readonly name: string;
  readonly key: Buffer;
  readonly seq: number;
}

interface ClientRow {
  readonly workspace: string;
  readonly name: string;
  readonly client: number;
  readonly first_seq: number;
  readonly member: string;
  readonly device: string;
  readonly clock: number;
  readonly beyond: string;
}

const CHAINS = `
  SELECT asked.workspace, seq, hash FROM unnest($1::text[]) AS asked (workspace)
  CROSS JOIN LATERAL (
    SELECT seq, hash FROM audit WHERE workspace = asked.workspace ORDER BY seq DESC LIMIT 1) AS last`;

const CHAIN = `
  INSERT INTO audit
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`;

const POSITIONS = 'SELECT workspace, version, epoch FROM positions WHERE workspace = ANY($1::text[])';

const MOVE = `
  INSERT INTO positions SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[])
  ON CONFLICT (workspace) DO UPDATE SET version = excluded.version, epoch = excluded.epoch`;

const SEALS = `
  SELECT workspace, document FROM seals
  WHERE (workspace, document) IN (SELECT * FROM unnest($1::text[], $2::text[]))`;

const DOCUMENTS = `
  SELECT workspace, name, incarnation, head FROM documents
  WHERE (workspace, name) IN (SELECT * FROM unnest($1::text[], $2::text[]))`;

// The lookups are fenced off (OFFSET 0): joined freely, all keys of a document are read as soon as there are many.
const KEYS = `
  SELECT workspace, name, k.key, k.seq
  FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::bytea[]) AS asked (workspace, name, key)) AS asked
  JOIN documents AS d USING (workspace, name)
  CROSS JOIN LATERAL (SELECT * FROM row_keys AS r WHERE r.document = d.id AND r.key = asked.key OFFSET 0) AS k`;

const CLIENTS = `
  SELECT workspace, name, c.client, c.first_seq, c.member, c.device, c.clock, c.beyond
  FROM (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::bigint[]) AS asked (workspace, name, client)) AS asked
  JOIN documents AS d USING (workspace, name)
  CROSS JOIN LATERAL (SELECT * FROM clients AS r WHERE r.document = d.id AND r.client = asked.client OFFSET 0) AS c`;

const WRITE = `
  WITH asked AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
      WITH ORDINALITY AS t (workspace, name, incarnation, head, version, n)),
  stored AS (
    INSERT INTO documents (workspace, name, incarnation, head, version)
    SELECT workspace, name, incarnation, head, version FROM asked
    ON CONFLICT (workspace, name) DO UPDATE SET head = excluded.head, version = excluded.version
    RETURNING id, workspace, name),
  numbered AS (SELECT id, n FROM stored JOIN asked USING (workspace, name)),
  written AS (
    INSERT INTO rows
    SELECT id, seq, seq, key, bytes, checksum, gap, member, device, received_at
    FROM unnest($6::bigint[], $7::bigint[], $8::bytea[], $9::bytea[], $10::bigint[], $11::boolean[], $12::text[],
      $13::text[], $14::bigint[]) AS t (n, seq, key, bytes, checksum, gap, member, device, received_at)
    JOIN numbered USING (n)),
  keyed AS (
    INSERT INTO row_keys
    SELECT id, key, seq FROM unnest($6::bigint[], $7::bigint[], $8::bytea[]) AS t (n, seq, key) JOIN numbered USING (n))
  INSERT INTO clients
  SELECT id, client, member, device, clock, beyond, first_seq
  FROM unnest($15::bigint[], $16::bigint[], $17::text[], $18::text[], $19::bigint[], $20::text[], $21::bigint[])
    AS t (n, client, member, device, clock, beyond, first_seq)
  JOIN numbered USING (n)
  ON CONFLICT (document, client) DO UPDATE SET clock = excluded.clock, beyond = excluded.beyond`;
