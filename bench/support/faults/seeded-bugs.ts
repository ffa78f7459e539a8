/** Mistakes that the bench makes on purpose, to show that it would find them. The server itself has no switch for them. */
import type { Appended, IncomingRow, Storage } from '#server/storage/storage.ts';
import { isMistake, MISTAKES } from './mistaken-source.ts';
import type { Mistake } from './mistaken-source.ts';

/** These two stand between the server and its storage; the others are written into its modules. */
const BETWEEN = ['early-acknowledgement', 'dropped-update'] as const;
export const SEEDED_BUGS = [...BETWEEN, ...Object.keys(MISTAKES).filter(isMistake)] as const;
export type SeededBug = (typeof BETWEEN)[number] | Mistake;

const COMMITTED_AFTER_MS = 25;
const DROPPED = 7;

/** Puts the mistake between the server and its storage. */
export function spoilWith(bug: SeededBug | null): (storage: Storage) => Storage {
  if (bug === 'early-acknowledgement') return acknowledgedEarly;
  if (bug === 'dropped-update') return dropping;
  return (storage) => storage;
}

/** Says that rows are written some time before they are. */
function acknowledgedEarly(storage: Storage): Storage {
  return withAppend(storage, async (rows) => {
    const seqs = new Map<string, number>();
    for (const { workspace, document } of rows) {
      if (!seqs.has(document)) seqs.set(document, (await storage.head(workspace, document))?.head ?? 0);
    }
    setTimeout(() => void storage.append(rows).catch(() => undefined), COMMITTED_AFTER_MS);
    return rows.map(({ document }) => {
      const seq = (seqs.get(document) ?? 0) + 1;
      seqs.set(document, seq);
      return { kind: 'appended', seq, bound: [] };
    });
  });
}

/** Takes a row now and then for one that it has already. */
function dropping(storage: Storage): Storage {
  let count = 0;
  return withAppend(storage, async (rows) => {
    const appended: Appended[] = [];
    for (const row of rows) {
      count += 1;
      const known = count % DROPPED === 0 ? await storage.head(row.workspace, row.document) : null;
      if (known !== null) appended.push({ kind: 'duplicate', seq: known.head });
      else appended.push(...(await storage.append([row])));
    }
    return appended;
  });
}

function withAppend(storage: Storage, append: (rows: readonly IncomingRow[]) => Promise<readonly Appended[]>): Storage {
  return new Proxy(storage, {
    get: (target, name) => (name === 'append' ? append : (Reflect.get(target, name) as unknown)),
  });
}
