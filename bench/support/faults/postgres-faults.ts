/**
 * Loaded into a server's process before the server: breaks its work with PostgreSQL as `FAULT` names it, at the first
 * commit after the process was sent SIGUSR2 and has said `armed`. What happened is written on the standard output: `fired name`.
 */
import pg from 'pg';

const name = process.env['FAULT'] ?? '';
const SLOW_SYNC_MS = 500;
const FULL_MS = 1500;
const SLOW_SYNCS = 4;
/** What PostgreSQL says when a file cannot be extended, and when one cannot be written. */
const CODES: Readonly<Record<string, string>> = { 'disk-full': '53100', 'input-output-error': '58030' };

type Query = (...args: readonly unknown[]) => Promise<unknown>;

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the client it is taken from
const reallyQuery = pg.Client.prototype.query as unknown as Query;
let isArmed = false;
let times = 0;
/** In this transaction or an earlier one. */
let hasSealed = false;
let firedAt: number | null = null;
process.on('SIGUSR2', () => {
  isArmed = true;
  process.stdout.write('armed\n');
});

/** Runs with each `COMMIT` once the fault is armed. */
const AROUND_COMMIT: Readonly<Record<string, (commit: () => Promise<unknown>, undo: Query) => Promise<unknown>>> = {
  'killed-before-commit': () => die(),
  // It is under way, and nobody will ever know here what became of it.
  'killed-inside-commit': (commit) => {
    void commit();
    setImmediate(die);
    return new Promise(() => undefined);
  },
  'killed-after-commit': async (commit) => {
    await commit();
    return die();
  },
  'killed-after-seal': async (commit) => {
    const result = await commit();
    return hasSealed ? die() : result;
  },
  'input-output-error': (_commit, undo) => fail(undo),
  'disk-full': (commit, undo) => {
    firedAt ??= performance.now();
    return performance.now() - firedAt < FULL_MS ? fail(undo) : commit();
  },
  'slow-sync': async (commit) => {
    times += 1;
    if (times <= SLOW_SYNCS) {
      fired();
      await new Promise((resolve) => setTimeout(resolve, SLOW_SYNC_MS));
    }
    return commit();
  },
};

const SEAL = 'INSERT INTO seals';
/** The process dies when the first statement that begins so has been carried out. */
const AT_STATEMENT: Readonly<Record<string, string>> = {
  'killed-in-compaction': 'DELETE FROM rows WHERE document = $1 AND seq BETWEEN',
  'killed-in-seal': SEAL,
};

pg.Client.prototype.query = function query(this: pg.Client, ...args: readonly unknown[]) {
  const really: Query = (...given) => reallyQuery.apply(this, given as unknown[]);
  const text = textOf(args[0]);
  if (isArmed && text === 'COMMIT') {
    const around = AROUND_COMMIT[name];
    if (around !== undefined) return around(() => really(...args), really);
  }
  const deadly = AT_STATEMENT[name];
  if (isArmed && deadly !== undefined && text.trimStart().startsWith(deadly)) return really(...args).then(die);
  hasSealed ||= isArmed && text.trimStart().startsWith(SEAL);
  return really(...args);
} as unknown as typeof pg.Client.prototype.query;

function textOf(asked: unknown): string {
  if (typeof asked === 'string') return asked;
  return typeof asked === 'object' && asked !== null && 'text' in asked ? String(asked.text) : '';
}

async function fail(undo: Query): Promise<never> {
  fired();
  await undo({ text: 'ROLLBACK' });
  const failure = new pg.DatabaseError(`made on purpose: ${name}`, 0, 'error');
  failure.code = CODES[name];
  throw failure;
}

function fired(): void {
  process.stdout.write(`fired ${name}\n`);
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal takes a moment; nothing more is done meanwhile.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}
