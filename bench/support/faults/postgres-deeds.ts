/** What is done to PostgreSQL and Redis under two servers, and to a server in the middle of its work with them. */
import type { Company } from './company.ts';
import { BURST, later, MANY, typeMuch, withStorage } from './deed.ts';
import type { NamedDeed } from './deed.ts';
import { meetsDamage } from './damage.ts';
import type { SharedHouse } from './house.ts';

const HOOKS = 'postgres-faults.ts';
const AWAY_MS = 700;

export const POSTGRES_DEEDS: readonly NamedDeed[] = [
  ['postgres-killed', (company, random) => whileTyping(company, random, postgresKilled)],
  ['postgres-connections-cut', (company, random) => whileTyping(company, random, connectionsCut)],
  ['postgres-frozen', (company, random) => whileTyping(company, random, postgresFrozen)],
  ['redis-emptied', (company, random) => whileTyping(company, random, ({ redis }) => redis.tell('FLUSHALL'))],
  ['redis-killed', (company, random) => whileTyping(company, random, redisKilled)],
  ['redis-cut-off', (company, random) => whileTyping(company, random, redisFrozen)],
  ['killed-before-commit', (company) => withStorage(company, HOOKS, 'killed-before-commit', BURST)],
  ['killed-inside-commit', (company) => withStorage(company, HOOKS, 'killed-inside-commit', BURST)],
  ['killed-after-commit', (company) => withStorage(company, HOOKS, 'killed-after-commit', BURST)],
  ['killed-in-compaction', (company) => withStorage(company, HOOKS, 'killed-in-compaction', MANY)],
  ['disk-full', (company) => withStorage(company, HOOKS, 'disk-full', BURST)],
  ['input-output-error', (company) => withStorage(company, HOOKS, 'input-output-error', BURST)],
  ['slow-sync', (company) => withStorage(company, HOOKS, 'slow-sync', BURST)],
  ['flipped-bit', flippedBit],
];

async function whileTyping(
  company: Company,
  random: () => number,
  work: (shared: SharedHouse) => Promise<unknown>,
): Promise<boolean> {
  const { shared } = company.house;
  if (shared === null) return false;
  const typing = typeMuch(company, BURST * 2, random);
  await later(random() * 60);
  await work(shared);
  await typing;
  return true;
}

/** As `pg_ctl stop -m immediate` does: nothing is written any more. */
async function postgresKilled({ postgres }: SharedHouse): Promise<void> {
  await postgres.kill();
  await later(Math.random() * AWAY_MS);
  await postgres.startAgain();
}

/** Every connection of the servers ends in the middle of whatever it was doing. */
async function connectionsCut({ postgres }: SharedHouse): Promise<void> {
  await postgres.query(
    'postgres',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'outlay'`,
  );
}

async function postgresFrozen({ postgres }: SharedHouse): Promise<void> {
  postgres.freeze();
  await later(AWAY_MS * 2);
  postgres.thaw();
}

async function redisKilled({ redis }: SharedHouse): Promise<void> {
  await redis.kill();
  await later(AWAY_MS);
  await redis.startAgain();
}

async function redisFrozen({ redis }: SharedHouse): Promise<void> {
  redis.freeze();
  await later(AWAY_MS * 2);
  redis.thaw();
}

async function flippedBit(company: Company): Promise<boolean> {
  const { shared } = company.house;
  if (shared === null) return false;
  return meetsDamage(company, async () => {
    await shared.postgres.query(shared.database, FLIP);
  });
}

const FLIP = `
  UPDATE rows SET bytes = set_byte(bytes, octet_length(bytes) - 3, get_byte(bytes, octet_length(bytes) - 3) # 4)
  WHERE (document, seq) =
    (SELECT id, head FROM documents WHERE name = 'core')`;
