/** What people do in a schedule, and what is done to them. Each deed says whether it could be done now. */
import { contentOf } from '#lib/documents/content.ts';
import { openApprovals, openPlan } from '#lib/documents/documents.ts';
import { newId } from '#lib/domain/id.ts';
import { contentHash, hashOfDocuments } from '#lib/governance/approval/content.ts';
import type { Command } from '#lib/governance/command.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLine } from '#tests/support/make-line.ts';
import type { Person } from '#tests/sync/support/person.ts';
import type { WriteFault } from './disk.ts';
import type { Ground, Player } from './ground.ts';
import { time } from './install.ts';
import { SlowStore } from './slow-store.ts';

export const DOCUMENTS = ['core', 'plan/v1/root', 'talk/2027/root'];
/** The plan that is submitted, and the month that is closed. */
export const PLAN = 'plan/v9/root';
export const MARCH = 'ledger/2027-03/root';
export type Deed = (ground: Ground) => boolean | Promise<boolean>;

const MOST_PLAYERS = 6;

export function pick<T>(items: readonly T[]): T {
  return items[Math.floor(time.random() * items.length)] as T;
}

/** Deeds by name with how often each is done. Names of faults are those that are counted. */
export const DEEDS: readonly { readonly name: string; readonly weight: number; readonly deed: Deed }[] = [
  { name: 'type', weight: 60, deed: (ground) => type(ground, pick(ground.players), pick(DOCUMENTS)) },
  { name: 'type-much', weight: 0.3, deed: typeMuch },
  { name: 'post', weight: 6, deed: post },
  { name: 'plan', weight: 6, deed: plan },
  { name: 'submit', weight: 1, deed: submit },
  { name: 'withdraw', weight: 0.7, deed: withdraw },
  { name: 'close-period', weight: 0.5, deed: closePeriod },
  { name: 'forge', weight: 2, deed: forge },
  { name: 'forged-author', weight: 0.5, deed: forgeAuthor },
  { name: 'downgrade', weight: 1.5, deed: downgrade },
  { name: 'upgrade', weight: 0.7, deed: upgrade },
  { name: 'signed-out', weight: 0.7, deed: (ground) => ground.signOut(pick(ground.players)) },
  { name: 'cut', weight: 5, deed: (ground) => pick(ground.players).way.cut() },
  { name: 'network-down', weight: 2, deed: goDown },
  { name: 'half-open', weight: 3, deed: stall },
  { name: 'lost-replies', weight: 2, deed: loseReplies },
  { name: 'slow-bytes', weight: 1, deed: slowDown },
  { name: 'kill', weight: 2, deed: kill },
  ...(['die-before', 'die-after', 'fail-before', 'fail-after'] as const).map((fault) => ({
    name: `arm-${fault}`,
    weight: 1.5,
    deed: (ground: Ground) => arm(ground, fault),
  })),
  { name: 'arm-disk-full', weight: 1, deed: (ground) => forAWhile(5000, (isOn) => (ground.disk.isFull = isOn)) },
  { name: 'arm-slow-sync', weight: 1, deed: (ground) => forAWhile(3000, (isOn) => (ground.disk.isSlow = isOn)) },
  { name: 'compact', weight: 2, deed: compact },
  { name: 'reload', weight: 2, deed: reload },
  { name: 'device-lost', weight: 0.7, deed: vanish },
  { name: 'copied-profile', weight: 0.7, deed: copyProfile },
];

function type(ground: Ground, { person, store }: Player, document: string, isForged = false): boolean {
  const key = `k${ground.typed.length}`;
  person.type(key, ground.typed.length, document);
  const row = store.lastRow(document);
  const standsAt = (other: Person): boolean => key in other.content(document);
  if (row !== null) ground.typed.push({ document, key, row: row.key, store, isForged, standsAt });
  return true;
}

/** A line of the plan that is submitted now and then: it comes in before the seal, or is parked. */
function plan(ground: Ground): boolean {
  const { person, store } = pick(ground.players);
  const key = `l${ground.typed.length}`;
  openPlan(person.doc(PLAN)).lines.insert({ ...makeLine({ id: key, name: key }), phases: {}, formula: null });
  const row = store.lastRow(PLAN);
  const standsAt = (other: Person): boolean => openPlan(other.doc(PLAN)).lines.get(key) !== undefined;
  if (row !== null) ground.typed.push({ document: PLAN, key, row: row.key, store, isForged: false, standsAt });
  return true;
}

/** Submits the plan as this device has it: sealed if the server has the same, refused otherwise. */
function submit(ground: Ground): boolean {
  const player = pick(ground.players);
  const hash = hashOfDocuments([{ document: PLAN, hash: contentHash(PLAN, contentOf(PLAN, player.person.doc(PLAN))) }]);
  const id = `s${ground.asked.length}`;
  return ground.give(player, { kind: 'submit', id, subject: { kind: 'version', version: 'v9' }, hash, note: '' });
}

/** Takes the latest submission back: the plan takes writes again. */
function withdraw(ground: Ground): boolean {
  const player = pick(ground.players);
  const requests = [...openApprovals(player.person.doc('approvals/root')).requests.all()];
  const request = requests.at(-1)?.id;
  return request !== undefined && ground.give(player, { kind: 'withdraw', request, reason: 'One more line' });
}

/** Closes the month that others may be posting into just now. */
function closePeriod(ground: Ground): boolean {
  const player = pick(ground.players);
  const hash = contentHash(MARCH, contentOf(MARCH, player.person.doc(MARCH)));
  return ground.give(player, { kind: 'close-period', period: '2027-03', hashes: { [MARCH]: hash } });
}

/** A paste: enough rows that the document is worth compacting. */
function typeMuch(ground: Ground): boolean {
  const player = pick(ground.players);
  for (let n = 0; n < 280; n += 1) type(ground, player, 'plan/v1/root');
  return true;
}

/** Somebody posts an expense, or one that somebody else has posted already. */
function post(ground: Ground): boolean {
  const player = pick(ground.players);
  const known = [...ground.posted.keys()];
  const expense = known.length > 0 && time.random() < 0.3 ? pick(known) : `x${known.length}`;
  const expenses = [makeExpense({ id: expense, departmentId: 'root' })];
  const id = newId();
  const command: Command = { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null };
  if (!ground.give(player, command, id)) return false;
  ground.posted.set(expense, [...(ground.posted.get(expense) ?? []), { command: id, store: player.store }]);
  return true;
}

/** A write into somebody else's inbox: it must come to nothing, and be parked. */
function forge(ground: Ground): boolean {
  const forger = pick(ground.players);
  const victim = pick(ground.players).person.member;
  if (victim === '' || forger.person.member === '' || victim === forger.person.member) return false;
  return type(ground, forger, `inbox/${victim}`, true);
}

/** A command that says it is the founder's. */
function forgeAuthor(ground: Ground): boolean {
  const forger = pick(ground.players);
  const { member } = ground.founder.person;
  if (forger.person.member === member) return false;
  return ground.give(forger, { kind: 'rename-workspace', name: 'Forged' }, newId(), member);
}

/** A role is taken away while its holder writes: a viewer is left who goes on writing. */
function downgrade(ground: Ground): boolean {
  const player = pick(ground.players);
  const { member } = player.person;
  const grant = ground.grants.get(member) ?? null;
  if (grant === null) return false;
  for (const document of DOCUMENTS) type(ground, player, document);
  ground.revoke(member, grant);
  for (const document of DOCUMENTS) type(ground, player, document);
  return true;
}

function upgrade(ground: Ground): boolean {
  const { member } = pick(ground.players).person;
  if (ground.grants.get(member) !== null) return false;
  ground.grantAgain(member);
  return true;
}

function goDown(ground: Ground): boolean {
  const { way } = pick(ground.players);
  way.isDown = true;
  way.cut();
  setTimeout(() => (way.isDown = false), time.random() * 8000);
  return true;
}

/** Frames of a connection arrive much later, perhaps when the device has long made another one. */
function stall(ground: Ground): boolean {
  const how = time.random();
  const stalled = pick(ground.players).way.stall(how < 0.7, how > 0.3);
  setTimeout(
    () => {
      for (const { up, down } of stalled) for (const lane of [up, down]) lane.hold(false);
    },
    500 + time.random() * 25_000,
  );
  return stalled.length > 0;
}

function loseReplies(ground: Ground): boolean {
  return pick(ground.players).way.loseReplies().length > 0;
}

function slowDown(ground: Ground): boolean {
  const { way } = pick(ground.players);
  return forAWhile(4000, (isOn) => (way.isSlow = isOn));
}

function kill(ground: Ground): boolean {
  if (!ground.server.isUp) return false;
  ground.kill();
  return true;
}

function arm(ground: Ground, fault: WriteFault): boolean {
  ground.disk.arm(fault);
  return true;
}

function forAWhile(ms: number, set: (isOn: boolean) => void): boolean {
  set(true);
  setTimeout(() => set(false), time.random() * ms);
  return true;
}

async function compact(ground: Ground): Promise<boolean> {
  return ground.storage.compact(ground.founder.person.workspace, pick(DOCUMENTS));
}

/** The page is closed and opened again: only what its store has goes on. */
async function reload(ground: Ground): Promise<boolean> {
  const player = pick(ground.players);
  if (player === ground.founder) return false;
  const { person, store, name, clockOffMs, isOld } = player;
  await ground.goes(player);
  // What the closed page was writing into its store is there by then.
  await new Promise((resolve) => setTimeout(resolve, 50));
  const back = await ground.enter({ device: person.device, store, name, clockOffMs, isOld });
  back.person.attach(pick(DOCUMENTS));
  return true;
}

/** A device is gone for good: what it had not sent is lost with it, what was acknowledged is not. */
async function vanish(ground: Ground): Promise<boolean> {
  const player = pick(ground.players);
  if (player === ground.founder || ground.players.length < 3) return false;
  await ground.goes(player);
  return true;
}

async function copyProfile(ground: Ground): Promise<boolean> {
  const player = pick(ground.players);
  if (player === ground.founder || ground.players.length >= MOST_PLAYERS) return false;
  const store = new SlowStore();
  player.store.copyInto(store);
  const copy = await ground.enter({ device: player.person.device, store });
  copy.person.attach(pick(DOCUMENTS));
  return true;
}
