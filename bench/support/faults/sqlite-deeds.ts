/** What is done to a server on a file of its own, and to that file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Company } from './company.ts';
import { BURST, MANY, root, typeMuch, withStorage } from './deed.ts';
import type { NamedDeed } from './deed.ts';
import { meetsDamage } from './damage.ts';

const HOOKS = 'process-faults.ts';

export const SQLITE_DEEDS: readonly NamedDeed[] = [
  ['killed-before-commit', (company) => withStorage(company, HOOKS, 'killed-before-commit', BURST)],
  ['killed-inside-commit', (company) => withStorage(company, HOOKS, 'killed-inside-commit', BURST)],
  ['killed-after-commit', (company) => withStorage(company, HOOKS, 'killed-after-commit', BURST)],
  ['killed-in-compaction', (company) => withStorage(company, HOOKS, 'killed-in-compaction', MANY)],
  ['disk-full', (company) => withStorage(company, HOOKS, 'disk-full', MANY)],
  ['input-output-error', (company) => withStorage(company, HOOKS, 'input-output-error', BURST)],
  ['slow-sync', (company) => withStorage(company, HOOKS, 'slow-sync', BURST)],
  ['torn-page', tornPage],
  ['flipped-bit', flippedBit],
  ['second-server', secondServer],
];

/** The power went while a page was written: half of it stands at the end of the journal. */
async function tornPage(company: Company): Promise<boolean> {
  await typeMuch(company, BURST);
  await company.server.kill();
  appendFileSync(path.join(company.server.dataDir, 'outlay.sqlite-wal'), Buffer.alloc(2000, 0x5a));
  await company.house.startAgain(company.server);
  return true;
}

async function flippedBit(company: Company): Promise<boolean> {
  const { server, house } = company;
  return meetsDamage(company, async () => {
    await server.kill();
    flip(company);
    await house.startAgain(server);
  });
}

function flip({ server }: Company): void {
  const db = new DatabaseSync(path.join(server.dataDir, 'outlay.sqlite'));
  const where = `document = (SELECT id FROM documents WHERE name = 'core') ORDER BY seq DESC LIMIT 1`;
  const row = db.prepare(`SELECT document, seq, bytes FROM rows WHERE ${where}`).get();
  const bytes = row?.['bytes'] as Uint8Array;
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 4;
  const place = [row?.['document'] as number, row?.['seq'] as number] as const;
  db.prepare('UPDATE rows SET bytes = ? WHERE document = ? AND seq = ?').run(bytes, ...place);
  db.close();
}

async function secondServer(company: Company): Promise<boolean> {
  const child = spawn(process.execPath, [path.join(root, 'sync-server', 'main.ts')], {
    env: { ...process.env, PORT: '0', HOST: 'localhost', DATA_DIR: company.server.dataDir },
    stdio: 'ignore',
  });
  const typing = typeMuch(company, BURST);
  const [code] = (await once(child, 'exit')) as unknown[];
  await typing;
  if (code === 0) throw new Error('a second server took the same file');
  return true;
}
