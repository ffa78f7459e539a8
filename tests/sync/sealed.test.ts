import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf } from '#lib/documents/content.ts';
import { openApprovals, openPlan } from '#lib/documents/documents.ts';
import { contentHash, contentText, hashOfDocuments } from '#lib/governance/approval/content.ts';
import type { Command } from '#lib/governance/command.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import { askServer } from '#lib/sync/device-pass.ts';
import { fetchSealed, sealedAddress } from '#lib/sync/sealed-line.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { Person, until } from './support/person.ts';

const PLAN = 'plan/fy27/root';

let server: ServerProcess;
beforeAll(async () => {
  server = await ServerProcess.start();
});
afterAll(() => server.dispose());

/** Ana has submitted a plan of one line; `text` is what it says. */
async function submitted(): Promise<{ readonly ana: Person; readonly hash: string; readonly text: string }> {
  const ana = await Person.found(server.url);
  openPlan(ana.doc(PLAN)).lines.insert({
    ...makeLine({ id: 'cloud' }),
    phases: { '2027-06': 60_000_00 },
    formula: null,
  });
  await ana.synced();
  const records = contentOf(PLAN, ana.doc(PLAN));
  const hash = contentHash(PLAN, records);
  const subject = { kind: 'version', version: 'fy27' } as const;
  const submit: Command = {
    kind: 'submit',
    id: 'v1',
    subject,
    hash: hashOfDocuments([{ document: PLAN, hash }]),
    note: '',
  };
  expect(await ana.ask(submit)).toMatchObject({ ok: true });
  return { ana, hash, text: contentText(PLAN, records) };
}

type Asking = Pick<Person, 'workspace' | 'device'>;

function asking({ workspace, device }: Asking, more: { readonly url?: string; readonly fetch?: typeof fetch } = {}) {
  const url = `${server.url.replace('http', 'ws')}/sync`;
  const options = { url, workspace, device, serverNow: Date.now, fetch, ...more };
  return (address: string, init?: RequestInit) => askServer(options, address, init);
}

/** As the device that asks, whatever is asked for. */
async function ask(
  person: Asking,
  hash: string,
  { headers, method = 'GET' }: { readonly headers?: Record<string, string>; readonly method?: string } = {},
  workspace = person.workspace,
) {
  const withHeaders: typeof fetch = (input, init) =>
    fetch(input, { ...init, method, headers: { ...(init?.headers as Record<string, string>), ...headers } });
  const answer = await asking(person, { fetch: withHeaders })(sealedAddress(workspace, hash));
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

test('A12: what was sealed comes down to the byte under its hash, and stays there when the seal is gone', async () => {
  const { ana, hash, text } = await submitted();
  const answer = await ask(ana, hash);
  expect(answer).toMatchObject({ status: 200, text });
  expect(createHash('sha256').update(answer.text).digest('hex')).toBe(hash);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    etag: `"${hash}"`,
    'cache-control': 'private, max-age=31536000, immutable',
    'content-disposition': `attachment; filename="${hash.slice(0, 16)}.json"`,
    'x-content-type-options': 'nosniff',
  });
  expect(await ask(ana, hash, { headers: { 'if-none-match': `"${hash}"` } })).toMatchObject({ status: 304, text: '' });

  expect(await ana.ask({ kind: 'withdraw', request: 'v1', reason: 'One more line' })).toMatchObject({ ok: true });
  openPlan(ana.doc(PLAN)).lines.revise('cloud', { '2027-06': 1 }, { member: ana.member, at: '2027-01-01T00:00:00Z' });
  await ana.synced();
  expect(await fetchSealed(asking(ana), ana.workspace, hash)).toEqual({ ok: true, value: text });
  await ana.leave();
});

test('A12: only who may read the document gets what was sealed of it', async () => {
  const { ana, hash } = await submitted();
  const version = { from: null, name: 'Operations', code: '', parentId: 'root', managerId: null };
  expect(await ana.ask({ kind: 'add-department', id: 'operations', version, area: true })).toMatchObject({ ok: true });
  const reader = await ana.invite({}, server.url, { role: 'viewer' });
  const outsider = await ana.invite({}, server.url, { role: 'viewer', areas: ['operations'] });
  const contributor = await ana.invite({}, server.url, { role: 'contributor' });
  expect(await ask(reader, hash)).toMatchObject({ status: 200 });
  for (const person of [outsider, contributor]) {
    const answer = await ask(person, hash);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('who may read');
    expect(await fetchSealed(asking(person), person.workspace, hash)).toEqual({ ok: false, error: 'not-allowed' });
  }
  const stranger = { workspace: ana.workspace, device: await deviceOf(await newDeviceKeys()) };
  const elsewhere = await Person.found(server.url);
  expect(await ask(stranger, hash)).toMatchObject({ status: 401 });
  expect(await ask(elsewhere, hash, {}, ana.workspace)).toMatchObject({ status: 401 });
  expect(await ask(elsewhere, hash)).toMatchObject({ status: 404 });
  await Promise.all([ana, reader, outsider, contributor, elsewhere].map((person) => person.leave()));
});

test('A12: what is not sealed, or is no hash, is answered with a sentence', async () => {
  const { ana } = await submitted();
  expect(await ask(ana, 'f'.repeat(64))).toMatchObject({
    status: 404,
    text: 'Nothing was sealed here under this hash.\n',
  });
  expect(await fetchSealed(asking(ana), ana.workspace, 'f'.repeat(64))).toEqual({ ok: false, error: 'unknown' });
  for (const hash of ['ff', `${'f'.repeat(64)}/x`, '..%2f..%2fetc'])
    expect(await ask(ana, hash)).toMatchObject({ status: 400 });
  expect(await ask(ana, 'f'.repeat(64), { method: 'DELETE' })).toMatchObject({ status: 400 });
  await ana.leave();
});

test('A12: what has another hash than it was asked for by is not believed, and no answer is told apart', async () => {
  const { ana, hash } = await submitted();
  const altering: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    return new Response((await answer.text()).replace('60', '61'), { status: answer.status });
  };
  expect(await fetchSealed(asking(ana, { fetch: altering }), ana.workspace, hash)).toEqual({
    ok: false,
    error: 'altered',
  });
  const nobody = 'ws://localhost:1/sync';
  expect(await fetchSealed(asking(ana, { url: nobody }), ana.workspace, hash)).toEqual({
    ok: false,
    error: 'unreachable',
  });
  await until(() => openApprovals(ana.doc('approvals/root')).requests.get('v1') !== undefined);
  expect(openApprovals(ana.doc('approvals/root')).requests.get('v1')?.documents).toEqual([{ document: PLAN, hash }]);
  await ana.leave();
});
