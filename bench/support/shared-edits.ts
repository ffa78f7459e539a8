/** Edits at a steady rate by many people in a few documents, each followed to the disk and to everybody's document. */
import type * as Y from 'yjs';
import type { Person } from '#tests/sync/support/person.ts';

interface EditTimes {
  readonly ackP50Ms: number;
  readonly ackP99Ms: number;
  readonly seenP50Ms: number;
  readonly seenP99Ms: number;
}

export interface SharedEdits {
  readonly summary: EditTimes & { readonly edits: number };
  /** One more edit, not timed. */
  readonly type: (person: Person, document: string) => void;
  /** Every edit that was acknowledged so far. */
  readonly acknowledged: () => readonly string[];
}

/** Edits before the counting begins: code is compiled, documents are open. */
const WARM_UP_MS = 2000;

export async function measureEdits(
  people: readonly Person[],
  documents: readonly string[],
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<SharedEdits> {
  const typedAt = new Map<string, number>();
  const editOfRow = new Map<string, string>();
  const acknowledged = new Set<string>();
  const acks: number[] = [];
  const sights: number[] = [];
  let count = 0;
  let isCounting = false;

  for (const [n, person] of people.entries()) {
    const document = documents[n % documents.length] as string;
    person.attach(document);
    watch(person.doc(document), (edit) => {
      const since = typedAt.get(edit);
      if (since !== undefined && isCounting) sights.push(performance.now() - since);
    });
    const acknowledge = person.store.acknowledge.bind(person.store);
    person.store.acknowledge = async (name, message) => {
      await acknowledge(name, message);
      for (const { key } of message.rows) {
        const edit = editOfRow.get(key);
        if (edit === undefined) continue;
        acknowledged.add(edit);
        if (isCounting) acks.push(performance.now() - (typedAt.get(edit) ?? 0));
      }
    };
  }

  const type = (person: Person, document: string): void => {
    count += 1;
    const edit = `e${count}`;
    typedAt.set(edit, performance.now());
    person.type(edit, 125_000 + count, document);
    const row = person.store.lastRow(document);
    if (row !== null) editOfRow.set(row.key, edit);
  };

  const start = performance.now();
  for (let at = start; at < start + WARM_UP_MS + seconds * 1000; at += 1000 / rate) {
    const early = at - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    isCounting = at >= start + WARM_UP_MS;
    const n = Math.floor(Math.random() * people.length);
    type(people[n] as Person, documents[n % documents.length] as string);
  }
  await Promise.all(people.map((person) => person.synced()));
  const summary = {
    edits: acks.length,
    ackP50Ms: percentile(acks, 0.5),
    ackP99Ms: percentile(acks, 0.99),
    seenP50Ms: percentile(sights, 0.5),
    seenP99Ms: percentile(sights, 0.99),
  };
  return { summary, type, acknowledged: () => [...acknowledged] };
}

/** Calls back with every edit of somebody else as it appears in the document. */
function watch(doc: Y.Doc, callback: (edit: string) => void): void {
  doc.getMap('entries').observe((event, transaction) => {
    if (!transaction.local) for (const edit of event.keysChanged as Set<string>) callback(edit);
  });
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2));
}
