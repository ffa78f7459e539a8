/** One schedule: people, faults, recovery, and what is found afterwards. The same seed gives the same one. */
import type { Storage } from '#server/storage/storage.ts';
import { until, type Person } from '#tests/sync/support/person.ts';
import { DEEDS, DOCUMENTS, pick } from './deeds.ts';
import { Ground } from './ground.ts';
import { time } from './install.ts';
import { findings } from './invariants.ts';
import type { Findings } from './invariants.ts';

export interface Outcome extends Findings {
  readonly seed: number;
  /** How often each fault was seen to happen. */
  readonly fired: readonly (readonly [string, number])[];
}

const NOTHING = { acknowledged: 0, lost: 0, divergent: 0, silentDrops: 0, forbidden: 0 };
const DAYS_MS = 24 * 60 * 60 * 1000;
const CLOCKS = [0, 0, 2 * DAYS_MS, -2 * DAYS_MS];
const RESTART_MS = 1500;
/** Longer than a device at rest takes to notice that its server is silent. */
const FOUND_OUT_MS = 30_000;
const SIGNED_OUT_MS = 3000;
const RECOVERY_MS = 10 * 60 * 1000;

export async function runSchedule(seed: number, spoil: (storage: Storage) => Storage): Promise<Outcome> {
  time.reset(seed);
  const ground = new Ground(spoil);
  try {
    return await time.run(async () => {
      const found = await play(ground);
      for (const player of [...ground.players]) await ground.goes(player);
      return { seed, fired: [...ground.fired], ...found };
    });
  } catch (cause) {
    const broken = [
      `${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n${ground.log.join('\n')}`,
    ];
    return { seed, fired: [...ground.fired], ...NOTHING, broken };
  } finally {
    await ground.storage.close();
  }
}

async function play(ground: Ground): Promise<Findings> {
  await ground.found();
  const others = 1 + Math.floor(time.random() * 3);
  for (let n = 0; n < others; n += 1) {
    const clockOffMs = pick(CLOCKS);
    if (clockOffMs !== 0) ground.note('clock-off');
    const isOld = time.random() < 0.2;
    if (isOld) ground.note('previous-protocol');
    await ground.join(clockOffMs, isOld);
  }
  for (const { person } of ground.players) person.attach(pick(DOCUMENTS));
  const steps = 12 + Math.floor(time.random() * 48);
  for (let step = 0; step < steps; step += 1) {
    const { name, deed } = weighted();
    if ((await deed(ground)) && !ORDINARY.has(name) && !name.startsWith('arm-')) ground.note(name);
    restartLater(ground);
    if (time.random() < 0.4) await pause(time.random() * 400);
    else if (time.random() < 0.1) await pause(time.random() * 10_000);
  }
  await recover(ground);
  const fresh = await ground.join();
  fresh.person.attach(pick(DOCUMENTS));
  await fresh.person.synced();
  await recover(ground);
  return findings(ground, fresh.person);
}

const ORDINARY = new Set(['type', 'type-much', 'post', 'plan', 'withdraw', 'upgrade']);
const TOTAL = DEEDS.reduce((sum, { weight }) => sum + weight, 0);

function weighted(): (typeof DEEDS)[number] {
  let left = time.random() * TOTAL;
  return DEEDS.find(({ weight }) => (left -= weight) < 0) ?? pick(DEEDS);
}

const restarting = new WeakSet<Ground>();

/** Somebody looks after a server that died or whose disk failed. */
function restartLater(ground: Ground): void {
  if ((ground.server.isUp && !ground.disk.isBroken) || restarting.has(ground)) return;
  restarting.add(ground);
  setTimeout(() => {
    restarting.delete(ground);
    restart(ground);
  }, time.random() * RESTART_MS);
}

function restart(ground: Ground): void {
  if (ground.server.isUp && !ground.disk.isBroken) return;
  ground.kill();
  ground.server.start();
}

/** Everything works again, and everybody gets in step. */
async function recover(ground: Ground): Promise<void> {
  ground.disk.disarm();
  ground.disk.isFull = false;
  ground.disk.isSlow = false;
  restart(ground);
  for (const way of ground.network.ways) {
    way.isDown = false;
    way.isSlow = false;
  }
  await ground.makeGood();
  // Whoever was signed out a moment ago is told so by then, and comes back as signed in again.
  await pause(SIGNED_OUT_MS);
  // Rights come back by the founder's command, which has to be on the server before anybody asks by it.
  const { person: founder } = ground.founder;
  founder.connection.tryNow();
  await until(
    () => isBack(founder),
    () => JSON.stringify(founder.status),
    RECOVERY_MS,
  );
  await pause(SIGNED_OUT_MS);
  // The version before has no word for a right that may come back: it asks again when it connects anew.
  for (const { isOld, way } of ground.players) if (isOld) way.cut();
  for (let round = 0; round < 2; round += 1) {
    for (const { person } of ground.players) person.connection.tryNow();
    await until(
      () => ground.players.every(({ person }) => isBack(person)),
      () => ground.players.map(({ name, person }) => `${name} ${JSON.stringify(person.status)}`).join('\n'),
      RECOVERY_MS,
    );
    // A connection that died unheard is found out by then, and what the last ones sent has been told to everybody.
    await pause(FOUND_OUT_MS);
  }
}

/** Whoever is told only now that they were signed out, over a line that was slow, has signed in again meanwhile. */
function isBack({ status, connection }: Person): boolean {
  if (status.kind === 'sign-in') connection.tryNow();
  return status.kind === 'synced';
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
