/**
 * Loaded into a server's process before the server: breaks its disk as `FAULT` names it, at the first commit after the
 * process was sent SIGUSR2 and has said `armed`. What happened is written on the standard output: `fired name`.
 */
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

const name = process.env['FAULT'] ?? '';
const SLOW_SYNC_MS = 500;
const FULL_MS = 1500;
const NO_LIMIT = 1_073_741_823;

const SLOW_SYNCS = 4;
const SEAL = 'INSERT OR REPLACE INTO seals';

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the database it is taken from
const { exec: reallyExec, prepare: reallyPrepare } = DatabaseSync.prototype;
let isArmed = false;
let times = 0;
/** In this transaction or an earlier one. */
let hasSealed = false;
process.on('SIGUSR2', () => {
  isArmed = true;
  process.stdout.write('armed\n');
});

/** Runs with each `COMMIT` once the fault is armed. */
const AROUND_COMMIT: Readonly<Record<string, (db: DatabaseSync, commit: () => void) => void>> = {
  'killed-before-commit': () => die(),
  'killed-after-commit': (_db, commit) => {
    commit();
    die();
  },
  'killed-after-seal': (_db, commit) => {
    commit();
    if (hasSealed) die();
  },
  'input-output-error': (db) => {
    reallyExec.call(db, 'ROLLBACK');
    fired();
    throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 1034 });
  },
  'slow-sync': (_db, commit) => {
    if (times <= SLOW_SYNCS) {
      fired();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, SLOW_SYNC_MS);
    }
    commit();
  },
  'disk-full': (db, commit) => {
    if (times === 1) fill(db);
    commit();
  },
};

/** Runs instead of the first statement that begins so. */
const AT_STATEMENT: Readonly<Record<string, string>> = {
  'killed-inside-commit': 'INSERT INTO row_keys',
  'killed-in-compaction': 'DELETE FROM rows WHERE document = ? AND seq BETWEEN',
  'killed-in-seal': SEAL,
};

DatabaseSync.prototype.exec = function exec(sql: string): void {
  const around = sql === 'COMMIT' && isArmed ? AROUND_COMMIT[name] : undefined;
  if (around === undefined) reallyExec.call(this, sql);
  else {
    times += 1;
    around(this, () => reallyExec.call(this, sql));
  }
};

DatabaseSync.prototype.prepare = function prepare(sql: string): StatementSync {
  const statement = reallyPrepare.call(this, sql);
  const isDeadly = sql.startsWith(AT_STATEMENT[name] ?? '-');
  if (!isDeadly && !sql.startsWith(SEAL)) return statement;
  const run = statement.run.bind(statement) as (...args: readonly unknown[]) => ReturnType<StatementSync['run']>;
  return Object.assign(statement, {
    run: (...args: readonly unknown[]) => {
      const result = run(...args);
      if (isArmed && isDeadly) die();
      hasSealed ||= isArmed && sql.startsWith(SEAL);
      return result;
    },
  });
};

/** The file may not grow any more, for a while. */
function fill(db: DatabaseSync): void {
  fired();
  const pages = Number(reallyPrepare.call(db, 'PRAGMA page_count').get()?.['page_count']);
  const limit = (most: number): void => reallyExec.call(db, `PRAGMA max_page_count = ${most}`);
  limit(pages);
  setTimeout(() => limit(NO_LIMIT), FULL_MS);
}

function fired(): void {
  process.stdout.write(`fired ${name}\n`);
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // The signal takes a moment; nothing more is done meanwhile.
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}
