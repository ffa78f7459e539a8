import { MemoryStore } from '#tests/sync/support/memory-store.ts';

const LONGEST_MS = 12;

/** A device's store that takes its time, as IndexedDB does, and tells which rows the server acknowledged. */
export class SlowStore extends MemoryStore {
  onacknowledged: (document: string, key: string) => void = () => undefined;

  override async receive(...args: Parameters<MemoryStore['receive']>): Promise<void> {
    await taken();
    await super.receive(...args);
  }

  override async acknowledge(...args: Parameters<MemoryStore['acknowledge']>): Promise<void> {
    await taken();
    await super.acknowledge(...args);
    const [document, { rows }] = args;
    for (const { key } of rows) this.onacknowledged(document, key);
  }

  override async unacknowledged(document: string) {
    await taken();
    return super.unacknowledged(document);
  }

  override async durable(document: string, after: number) {
    await taken();
    return super.durable(document, after);
  }

  override async reject(...args: Parameters<MemoryStore['reject']>): Promise<void> {
    await taken();
    await super.reject(...args);
  }

  override async answered(...args: Parameters<MemoryStore['answered']>): Promise<void> {
    await taken();
    await super.answered(...args);
  }
}

function taken(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_MS));
}
