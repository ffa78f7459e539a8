/** An auditor of some areas is handed the whole chain, and not a byte of what they may not read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportChain } from '#lib/app/audit/export-chain.ts';
import { contentOf } from '#lib/documents/content.ts';
import { openApprovals, openInbox, openPlan } from '#lib/documents/documents.ts';
import { explainVerdict } from '#lib/governance/audit/export/explain.ts';
import { verifyExport } from '#lib/governance/audit/export/verify-export.ts';
import { contentHash } from '#lib/governance/approval/content.ts';
import type { Command } from '#lib/governance/command.ts';
import { ChainLine } from '#lib/sync/chain-line.ts';
import type { Device } from '#lib/sync/device.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from './support/person.ts';
import { RawDevice } from './support/raw-device.ts';

const AREAS: readonly Command[] = ['ops', 'lab'].map((id) => ({
  kind: 'add-department',
  id,
  version: { from: null, name: id, code: '', parentId: 'root', managerId: null },
  area: true,
}));
const LAB_PLAN = 'plan/fy27/lab';

let server: ServerProcess;
let ana: Person;
let ben: Person;
let carla: Person;
let auditor: Person;

beforeAll(async () => {
  server = await ServerProcess.start();
  ana = await Person.found(server.url, AREAS);
  ben = await ana.invite();
  carla = await ana.invite({}, server.url, { role: 'contributor' });
  auditor = await ana.invite({}, server.url, { role: 'auditor', areas: ['ops'] });

  openInbox(carla.doc(`inbox/${carla.member}`)).expenses.insert(makeExpense({ id: 'zebra' }));
  await carla.synced();
  for (const area of ['ops', 'lab']) {
    openPlan(ben.doc(`plan/fy27/${area}`)).lines.insert({
      ...makeLine({ id: `${area}-line`, name: `Zebra of ${area}` }),
      phases: {},
      formula: null,
    });
    await ben.synced();
  }
  await decided(ana, postInto('ops'));
  await decided(ana, postInto('lab'));
  const hash = contentHash(LAB_PLAN, contentOf(LAB_PLAN, ben.doc(LAB_PLAN)));
  const subject = { kind: 'part', version: 'fy27', area: 'lab' } as const;
  await decided(ben, { kind: 'submit', id: 'lab-part', subject, hash, note: '' });
  await until(() => openApprovals(ana.doc('approvals/lab')).requests.get('lab-part') !== undefined);
  await decided(ana, { kind: 'approve', request: 'lab-part', hash, note: '' });
  await decided(ana, { kind: 'rename-workspace', name: 'Harbour' });
});

afterAll(async () => {
  await Promise.all([ana, ben, carla, auditor].map((person) => person.leave()));
  await server.dispose();
});

function postInto(area: string): Command {
  const expenses = [makeExpense({ id: `in-${area}`, departmentId: area, capturedBy: carla.member })];
  return { kind: 'post', expenses, generations: {}, batch: null, undatedAs: null };
}

async function decided(person: Person, command: Command): Promise<void> {
  expect(await person.ask(command)).toMatchObject({ ok: true });
}

/** The chain as it comes to a device, and every byte of the answers. */
function lineOf({ workspace, device }: { readonly workspace: string; readonly device: Device }) {
  const answers: string[] = [];
  const listening: typeof fetch = async (...asked) => {
    const response = await fetch(...asked);
    answers.push([...response.headers].join('\n') + (await response.clone().text()));
    return response;
  };
  const url = `${server.url.replace('http', 'ws')}/sync`;
  return { answers, line: new ChainLine({ url, workspace, device, serverNow: Date.now, fetch: listening }) };
}

async function exportOf(person: Person) {
  const { answers, line } = lineOf(person);
  const exported = await exportChain(line);
  if (!exported.ok) throw new Error(exported.error);
  const bytes = new Uint8Array(await exported.value.file.arrayBuffer());
  return { ...exported.value, bytes, text: new TextDecoder().decode(bytes), heard: answers.join('\n') };
}

test('A19: whoever audits one area is told of it and of what everybody reads, and of nothing else', async () => {
  const { heard } = await exportOf(auditor);
  for (const told of ['plan/fy27/ops', 'ledger/2027-03/ops', 'decisions/root', ben.member]) {
    expect(heard).toContain(told);
  }
  expect(heard).toContain('"command":"rename-workspace"');
  expect(heard).not.toMatch(/\/lab|inbox\/|returns\/|"submit"|"approve"|Zebra/);
  // Carla wrote in her own inbox only; that she joined is what everybody reads.
  const named = heard.split('"seq"').filter((entry) => entry.includes(carla.member));
  expect(named.map((entry) => /"command":"([a-z-]+)"/.exec(entry)?.[1])).toEqual(['join']);

  const whole = await exportOf(ana);
  expect(whole.withheld).toBe(0);
  for (const hidden of [LAB_PLAN, 'ledger/2027-03/lab', 'approvals/lab', `inbox/${carla.member}`, '"submit"']) {
    expect(whole.heard).toContain(hidden);
  }
});

test('A19: salts, roots and hashes of what is withheld stay where they are', async () => {
  const [whole, part] = [await exportOf(ana), await exportOf(auditor)];
  const told = new Set(part.text.match(/[0-9a-f]{32,}/g));
  const hidden = whole.text
    .split('\n')
    .filter((line) => /\/lab|inbox\//.test(line))
    .flatMap((line) => (JSON.parse(line) as { contents: { salt: string; root: string } }).contents);
  expect(hidden.length).toBeGreaterThan(3);
  for (const { salt, root } of hidden) expect([told.has(salt), told.has(root)]).toEqual([false, false]);
  // The hashes of updates stand only beside batches that are told.
  const updatesOf = (text: string) => [...text.matchAll(/"updatesOf":(\d+)/g)].map(([, seq]) => Number(seq));
  expect(updatesOf(whole.text).length).toBeGreaterThan(updatesOf(part.text).length);
  const toldBatches = part.text.split('\n').filter((line) => line.includes('"root":')).length;
  expect(updatesOf(part.text)).toHaveLength(toldBatches);
});

test('A21: the export of such an auditor leads to the same head, verifies, and counts what was withheld', async () => {
  const [whole, part] = [await exportOf(ana), await exportOf(auditor)];
  expect(part.entries).toBe(whole.entries);
  const withheld = part.text.match(/"contents":"withheld"/g)?.length;
  expect(part.withheld).toBe(withheld);
  const verdict = await verifyExport(part.bytes);
  expect(verdict).toMatchObject({ ok: true, value: { first: 1, last: whole.entries, withheld, erased: 0 } });
  expect(explainVerdict(verdict)).toContain(`The contents of ${withheld} entries were withheld`);
  const hashes = (text: string) => [...text.matchAll(/"hash":"([0-9a-f]{64})"/g)].map(([, hash]) => hash);
  expect(hashes(part.text).slice(1)).toEqual(hashes(whole.text).slice(1));

  const flipped = part.bytes.slice();
  const at = part.text.indexOf('"contents":"withheld"');
  flipped[at - 5] = (flipped[at - 5] ?? 0) ^ 1;
  flipped[part.bytes.length - 40] = (flipped[part.bytes.length - 40] ?? 0) ^ 1;
  expect(await verifyExport(flipped)).toMatchObject({ ok: false, error: { kind: 'entry' } });
});

test('A19: frame by frame, the socket of such an auditor carries nothing of another area either', async () => {
  const { workspace, device } = auditor;
  await auditor.leave();
  const raw = await RawDevice.greeted(server.url, { newest: 2, workspace }, device);
  const names = ['decisions/root', 'core', 'plan/fy27/ops', LAB_PLAN, 'ledger/2027-03/ops', 'ledger/2027-03/lab'];
  const more = ['approvals/lab', `inbox/${carla.member}`, `returns/${carla.member}`];
  for (const [at, document] of [...names, ...more].entries()) {
    raw.say({ kind: 'open', channel: at + 1, document, incarnation: '', since: 0 });
  }
  const answered = () => raw.heard.filter(({ kind }) => kind === 'opened' || kind === 'closed').length;
  await until(() => answered() === names.length + more.length);
  openPlan(ben.doc('plan/fy27/ops')).lines.insert({
    ...makeLine({ id: 'ops-2', name: 'Giraffe of ops' }),
    phases: {},
    formula: null,
  });
  await ben.synced();
  await decided(ana, { kind: 'return-submission', request: 'lab-part', reason: 'Zebra of lab again' }).catch(
    () => null,
  );
  await until(() => Buffer.concat(raw.frames).toString('latin1').includes('Giraffe of ops'));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const heard = Buffer.concat(raw.frames).toString('latin1');
  expect(heard).toContain('Zebra of ops');
  expect(heard).not.toMatch(/Zebra of lab|\/lab\b|inbox\/|returns\/|in-lab|lab-part/);
  raw.close();
});

test('A19: what an auditor may no longer read is no longer told; after the last day, nothing is', async () => {
  const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const viewer = { role: 'viewer', areas: ['root'] } as const;
  const before = await ana.invite({}, server.url, viewer, { role: 'auditor', areas: ['ops'], until: day });
  expect(await lineOf(before).line.entries(0)).toEqual({ ok: false, error: 'not-allowed' });
  await decided(ana, { kind: 'grant', member: before.member, grant: { ...LAB, id: 'lab-1' } });
  const then = await exportOf(before);
  expect(then.heard).toContain(LAB_PLAN);
  expect(then.heard).toContain('"submit"');
  expect(then.heard).not.toContain('plan/fy27/ops');
  await decided(ana, { kind: 'revoke-grant', member: before.member, grant: 'lab-1' });
  expect(await lineOf(before).line.entries(0)).toEqual({ ok: false, error: 'not-allowed' });
  await before.leave();
});

const LAB = { role: 'auditor', areas: ['lab'], from: null, until: null, limit: null } as const;
