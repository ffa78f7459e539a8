/** What can be measured about the running server, for Prometheus. Counts and durations only: no names, no amounts. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { NackReason } from '#lib/sync/protocol.ts';
import type { WriteState } from '../workspace/committer.ts';
import type { Shed } from './load.ts';

/** Values that are looked up when somebody asks. */
export interface Standing {
  readonly connections: () => { readonly device: number; readonly stock: number };
  readonly rooms: () => number;
  readonly state: () => WriteState;
  readonly load: () => number;
}

const STATES: readonly WriteState[] = ['writable', 'disk-full', 'storage-failed'];
const ACK_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export class Figures {
  readonly #registry = new Registry();
  readonly #commits = this.#counter('outlay_commits_total', 'Transactions of document rows written');
  readonly #rows = this.#counter('outlay_rows_total', 'Rows written');
  readonly #refused = this.#counter('outlay_rows_refused_total', 'Rows refused, by reason', ['reason']);
  readonly #shed = this.#counter('outlay_shed_total', 'Work let go of under load, by what', ['what']);
  readonly #receipts = this.#counter('outlay_receipts_total', 'Receipts kept');
  readonly #receiptBytes = this.#counter('outlay_receipt_bytes_total', 'Bytes of receipts kept');
  readonly #acknowledged = new Histogram({
    name: 'outlay_ack_seconds',
    help: 'From a row arriving to its being on disk and acknowledged',
    buckets: ACK_SECONDS,
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  /** One transaction was written; `seconds` that each of its rows had waited. */
  committed(seconds: readonly number[]): void {
    this.#commits.inc();
    this.#rows.inc(seconds.length);
    for (const each of seconds) this.#acknowledged.observe(each);
  }

  refused(reason: NackReason): void {
    this.#refused.inc({ reason });
  }

  shed(what: Shed): void {
    this.#shed.inc({ what });
  }

  keptReceipt(bytes: number): void {
    this.#receipts.inc();
    this.#receiptBytes.inc(bytes);
  }

  /** Adds what is looked up. */
  watch({ connections, rooms, state, load }: Standing): void {
    this.#gauge('outlay_connections', 'Open sockets, by kind', ['kind'], (gauge) => {
      for (const [kind, count] of Object.entries(connections())) gauge.set({ kind }, count);
    });
    this.#gauge('outlay_rooms', 'Workspaces somebody is connected to', [], (gauge) => gauge.set(rooms()));
    this.#gauge('outlay_load_level', '0 to 4: what is let go of, see docs/decisions/0010', [], (gauge) =>
      gauge.set(load()),
    );
    this.#gauge('outlay_storage_state', '1 for the state the storage is in', ['state'], (gauge) => {
      for (const each of STATES) gauge.set({ state: each }, each === state() ? 1 : 0);
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Everything, as Prometheus reads it. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #counter<L extends string>(name: string, help: string, labelNames: L[] = []): Counter<L> {
    return new Counter({ name, help, labelNames, registers: [this.#registry] });
  }

  #gauge<L extends string>(name: string, help: string, labelNames: L[], look: (gauge: Gauge<L>) => void): void {
    new Gauge({
      name,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        look(this);
      },
    });
  }
}
