/**
 * Mistakes that are written into the server's own modules while they are loaded: into a thread that plays schedules, or
 * into a real server's process when `BUG` names one (`--import` of `mistaken-server.ts`).
 */
import { registerHooks } from 'node:module';

/** In modules whose path ends so, what is found becomes something else. */
interface Change {
  readonly module: RegExp;
  readonly found: RegExp;
  readonly becomes: string;
}

const AUDIT = /sync-server\/storage\/audit-entries\.ts$/;

export const MISTAKES = {
  /** Everybody may write everything. */
  'skipped-check': [
    {
      module: /sync-server\/workspace\/standing\.ts$/,
      found: /export (async )?function refusalToWrite\(/,
      becomes: 'export function refusalToWrite() { return null; }\n$1function asked(',
    },
  ],
  /** Now and then a row comes into no entry of the audit chain. */
  'entry-left-out': [
    {
      module: AUDIT,
      found: /rows\.map\(\(\{ row, seq \}\) =>/,
      becomes: 'rows.filter(({ seq }) => seq % 5 !== 4).map(({ row, seq }) =>',
    },
  ],
  /** Now and then an entry names something else as the one before it. */
  'chain-broken': [
    {
      module: AUDIT,
      found: /chainEntries\(head,/,
      becomes: "chainEntries(head.seq % 5 === 4 ? { ...head, hash: 'f'.repeat(64) } : head,",
    },
  ],
  /** A seal keeps nobody from writing. */
  'write-through-seal': [
    {
      module: /sync-server\/storage\/sqlite-seals\.ts$/,
      found: /return sealOf\(row\.workspace, row\.document\) === null \? null : /,
      becomes: 'return row.epoch >= 0 ? null : ',
    },
    {
      module: /sync-server\/storage\/postgres-batch\.ts$/,
      found: /return this\.#sealed\.has\(placeOf\(workspace, document\)\) \? /,
      becomes: 'return epoch < 0 ? ',
    },
  ],
  /** What was sealed is not kept with its seal. */
  'snapshot-left-out': [
    {
      module: /sync-server\/storage\/sqlite-seals\.ts$/,
      found: /keep\.run\(workspace, hash, bytes\)/,
      becomes: 'void bytes',
    },
    {
      module: /sync-server\/storage\/postgres-decisions\.ts$/,
      found: /session\.query\(KEEP, [^\n]*\]\),\n/,
      becomes: '\n',
    },
  ],
  /** What was sealed is sealed anew, as something else, without a decision. */
  'seal-overwritten': [
    {
      module: /sync-server\/storage\/sqlite-seals\.ts$/,
      found: /put\.run\(workspace, document, head, hash\)/,
      becomes: "put.run(workspace, document, head, hash.replace(/^./, 'x'))",
    },
    {
      module: /sync-server\/storage\/postgres-decisions\.ts$/,
      found: /, hashes\]\),\n {2}\]\);\n {2}return true/,
      becomes: ", hashes.map((hash) => hash.replace(/^./, 'x'))]),\n  ]);\n  return true",
    },
  ],
  /** What is posted again counts again. */
  'posted-again': [
    {
      module: /src\/lib\/governance\/decide-posting\.ts$/,
      found: /if \(!isNew\.ok\) return isNew;\n {2}if \(!isNew\.value\) return ok\(null\);/,
      becomes: '',
    },
    {
      module: /src\/lib\/governance\/decide-posting\.ts$/,
      found: /id: entryId\(expense\.id, generation, 'entry'\)/,
      becomes: "id: entryId(expense.id + stamp.at, generation, 'entry')",
    },
  ],
  /** What is posted is said to be, and comes into no month. */
  'posting-dropped': [
    {
      module: /src\/lib\/governance\/decide-posting\.ts$/,
      found: /return ok\(postings\.length === 0 \? /,
      becomes: 'return ok(postings.length >= 0 ? ',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Change[]>>;

export type Mistake = keyof typeof MISTAKES;

export function isMistake(name: string | null | undefined): name is Mistake {
  return Object.hasOwn(MISTAKES, name ?? '');
}

/** Before the server's modules are loaded. */
export function mistake(name: Mistake): void {
  const changes: readonly Change[] = MISTAKES[name];
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      const here = changes.filter(({ module }) => module.test(url));
      if (here.length === 0) return loaded;
      const { source: bytes = '' } = loaded;
      const text = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
      return { ...loaded, source: here.reduce((source, change) => changed(source, change, url), text) };
    },
  });
}

function changed(source: string, { found, becomes }: Change, url: string): string {
  if (!found.test(source)) throw new Error(`${url} has no ${String(found)} any more that could be mistaken.`);
  return source.replace(found, becomes);
}
