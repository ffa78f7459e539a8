import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#lib/domain/id.ts';
import { LARGEST_RECEIPT } from '#lib/domain/ledger/receipt.ts';
import { deviceOf, newDeviceKeys } from '#lib/sync/device.ts';
import type { Device } from '#lib/sync/device.ts';
import { ReceiptLine } from '#lib/sync/receipt-line.ts';
import type { NamedReceipt } from '#lib/sync/receipt-line.ts';
import { ReceiptQueue } from '#lib/sync/receipt-queue.ts';
import { PART_BYTES, partAddress, PASS_MS, passText, passToText } from '#lib/sync/receipt-wire.ts';
import { folderFiles } from '#server/files/folder-files.ts';
import { makeExpense } from '#tests/support/make-expense.ts';
import { ServerProcess } from '#tests/support/server-process.ts';
import { hashOf, pdfOf } from './files/contract.ts';
import { Person, until } from './support/person.ts';
import { serverHere } from './support/server-here.ts';

let server: ServerProcess;
let ana: Person;
beforeEach(async () => {
  server = await ServerProcess.start();
  ana = await Person.found(server.url);
});
afterEach(async () => {
  await ana.leave();
  await server.dispose();
});

function lineOf(
  person: Pick<Person, 'workspace' | 'device'>,
  more: Partial<{ url: string; fetch: typeof fetch }> = {},
) {
  const { workspace, device } = person;
  const url = `${(more.url ?? server.url).replace('http', 'ws')}/sync`;
  return new ReceiptLine({ url, workspace, device, serverNow: Date.now, fetch: more.fetch ?? fetch });
}

const inboxOf = (person: Person): string => `inbox/${person.member}`;

function receiptOf(bytes: Uint8Array, person: Person): NamedReceipt {
  return { hash: hashOf(bytes), document: inboxOf(person) };
}

/** One request as written, by a device's own pass. */
async function ask(
  person: Pick<Person, 'workspace' | 'device'>,
  path: string,
  init: RequestInit = {},
  until = Date.now() + 60_000,
) {
  const { workspace, device } = person;
  const stated = {
    workspace,
    device: Buffer.from(hashOf(device.publicKey), 'hex').toString('base64url').slice(0, 22),
    until,
  };
  const pass = passToText({ ...stated, signature: await device.sign(passText(stated)) });
  const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${pass}` };
  const answer = await fetch(`${server.url}${path}`, { ...init, headers });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, text: bytes.toString(), bytes, headers: answer.headers };
}

function put(
  person: Person,
  bytes: Uint8Array<ArrayBuffer>,
  more: Partial<{ hash: string; size: number; from: number; document: string }> = {},
) {
  const asked = {
    workspace: person.workspace,
    hash: hashOf(bytes),
    document: inboxOf(person),
    size: bytes.length,
    from: 0,
  };
  return ask(person, partAddress({ ...asked, ...more }), { method: 'PUT', body: bytes });
}

test('a receipt goes up in parts and comes down whole on another device of the workspace', async () => {
  const bytes = pdfOf(PART_BYTES * 2 + 77);
  const receipt = receiptOf(bytes, ana);
  expect(await lineOf(ana).send(receipt, bytes)).toEqual({ ok: true, value: null });
  const ben = await ana.invite();
  expect(await lineOf(ben).fetch(receipt)).toEqual({ ok: true, value: bytes });
  await ben.leave();
});

test('sent again it is kept once, without its bytes travelling again', async () => {
  const bytes = pdfOf(PART_BYTES + 1);
  await lineOf(ana).send(receiptOf(bytes, ana), bytes);
  let sent = 0;
  const counting: typeof fetch = (input, init) => {
    sent += init?.body instanceof Uint8Array ? init.body.length : 0;
    return fetch(input, init);
  };
  expect(await lineOf(ana, { fetch: counting }).send(receiptOf(bytes, ana), bytes)).toMatchObject({ ok: true });
  expect(sent).toBe(0);
  expect(await (await fetch(`${server.url}/metrics`)).text()).toContain('outlay_receipts_total 1');
});

test('every reply lost: whatever was taken is not sent again, and in the end the receipt is there once', async () => {
  const bytes = pdfOf(PART_BYTES * 3);
  const receipt = receiptOf(bytes, ana);
  let replies = 0;
  let sent = 0;
  const losing: typeof fetch = async (input, init) => {
    sent += init?.body instanceof Uint8Array ? init.body.length : 0;
    const answer = await fetch(input, init);
    replies += 1;
    // Every second answer is lost after the server has done its work.
    if (replies % 2 === 0) throw new TypeError('the line broke');
    return answer;
  };
  const line = lineOf(ana, { fetch: losing });
  let attempts = 1;
  while (!(await line.send(receipt, bytes)).ok) attempts += 1;
  expect(attempts).toBeGreaterThan(1);
  expect(sent).toBe(bytes.length);
  expect(await lineOf(ana).fetch(receipt)).toEqual({ ok: true, value: bytes });
});

test('the server killed between parts: it goes on where what is on disk ends', async () => {
  const bytes = pdfOf(PART_BYTES * 4, 9);
  const receipt = receiptOf(bytes, ana);
  let parts = 0;
  const killing: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    parts += 1;
    if (parts === 3) await server.kill();
    return answer;
  };
  expect(await lineOf(ana, { fetch: killing }).send(receipt, bytes)).toEqual({
    ok: false,
    error: { kind: 'unreachable' },
  });
  await server.startAgain();
  let sent = 0;
  const counting: typeof fetch = (input, init) => {
    sent += init?.body instanceof Uint8Array ? init.body.length : 0;
    return fetch(input, init);
  };
  expect(await lineOf(ana, { fetch: counting }).send(receipt, bytes)).toMatchObject({ ok: true });
  expect(sent).toBe(PART_BYTES * 2);
  await server.kill();
  await server.startAgain();
  expect(await lineOf(ana).fetch(receipt)).toEqual({ ok: true, value: bytes });
});

test('a receipt may come before its expense: both are there in the end, in either order', async () => {
  const ben = await ana.invite();
  const bytes = pdfOf(1000);
  const receipt = receiptOf(bytes, ana);
  expect((await lineOf(ben).fetch(receipt)).ok).toBe(false);
  await lineOf(ana).send(receipt, bytes);
  expect(ana.store.rows(inboxOf(ana))).toHaveLength(0);
  ana.type('expense', receipt.hash, inboxOf(ana));
  await ana.synced();
  ben.doc(inboxOf(ana));
  await until(() => ben.content(inboxOf(ana))['expense'] === receipt.hash);
  expect(await lineOf(ben).fetch(receipt)).toEqual({ ok: true, value: bytes });
  await ben.leave();
});

test('whoever reads an entry of the ledger may see its receipt, and no entry’s receipt that it does not name', async () => {
  const [bytes, other] = [pdfOf(2000), pdfOf(2000, 4)];
  await lineOf(ana).send(receiptOf(bytes, ana), bytes);
  await lineOf(ana).send(receiptOf(other, ana), other);
  const expense = makeExpense({ receipts: [hashOf(bytes)], departmentId: 'root' });
  await ana.ask({ kind: 'post', expenses: [expense], generations: {}, batch: null, undatedAs: null });
  const ben = await ana.invite();
  const document = 'ledger/2027-03/root';
  expect(await lineOf(ben).fetch({ hash: hashOf(bytes), document })).toEqual({ ok: true, value: bytes });
  expect(await lineOf(ben).fetch({ hash: hashOf(other), document })).toMatchObject({ error: { reason: 'unknown' } });
  const later = makeExpense({ id: 'expense-2', receipts: [hashOf(other)], departmentId: 'root' });
  await ana.ask({ kind: 'post', expenses: [later], generations: {}, batch: null, undatedAs: null });
  expect(await lineOf(ben).fetch({ hash: hashOf(other), document })).toEqual({ ok: true, value: other });
  expect((await lineOf(ben).fetch({ hash: hashOf(other), document: 'ledger/2027-04/root' })).ok).toBe(false);
  await ben.leave();
});

test('who may not read the expense gets no receipt of it: a colleague’s inbox, another area’s ledger', async () => {
  const bytes = pdfOf(2000);
  await lineOf(ana).send(receiptOf(bytes, ana), bytes);
  const expense = makeExpense({ receipts: [hashOf(bytes)], departmentId: 'root' });
  await ana.ask({ kind: 'post', expenses: [expense], generations: {}, batch: null, undatedAs: null });
  const ledger = { hash: hashOf(bytes), document: 'ledger/2027-03/root' };
  const refused = { ok: false, error: { reason: 'not-allowed' } };
  const contributor = await ana.invite({}, undefined, { role: 'contributor' });
  expect(await lineOf(contributor).fetch(receiptOf(bytes, ana))).toMatchObject(refused);
  expect(await lineOf(contributor).fetch(ledger)).toMatchObject(refused);
  expect((await lineOf(contributor).send(receiptOf(bytes, contributor), bytes)).ok).toBe(true);
  const version = { from: null, name: 'Elsewhere', code: '100', parentId: 'root', managerId: null };
  await ana.ask({ kind: 'add-department', id: 'elsewhere', version, area: true });
  const elsewhere = await ana.invite({}, undefined, { role: 'viewer', areas: ['elsewhere'] });
  expect(await lineOf(elsewhere).fetch(ledger)).toMatchObject(refused);
  expect((await put(elsewhere, bytes)).status).toBe(403);
  const viewer = await ana.invite({}, undefined, { role: 'viewer', areas: ['root'] });
  expect(await lineOf(viewer).fetch(ledger)).toEqual({ ok: true, value: bytes });
  expect(await lineOf(viewer).fetch(receiptOf(bytes, ana))).toMatchObject(refused);
  await Promise.all([contributor.leave(), elsewhere.leave(), viewer.leave()]);
});

test('what is not what its hash says is not kept', async () => {
  const bytes = pdfOf(3000);
  const answer = await put(ana, bytes, { hash: hashOf(pdfOf(3000, 2)) });
  expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('"reason":"wrong-hash"')]);
  expect((await lineOf(ana).fetch({ hash: hashOf(pdfOf(3000, 2)), document: inboxOf(ana) })).ok).toBe(false);
});

test('more than 20 MB, a part that is too large, and sizes that do not add up are refused', async () => {
  const bytes = pdfOf(3000);
  expect(await put(ana, bytes, { size: LARGEST_RECEIPT + 1 })).toMatchObject({
    status: 413,
    text: expect.stringContaining('A receipt has at most 20 MB.') as unknown,
  });
  expect((await put(ana, pdfOf(PART_BYTES + 1))).status).toBe(413);
  expect((await put(ana, bytes, { size: 10 })).status).toBe(400);
  expect((await put(ana, bytes, { hash: '../../outlay.sqlite' })).status).toBeGreaterThanOrEqual(400);
  expect((await put(ana, bytes, { hash: 'a'.repeat(63) })).status).toBe(400);
});

test('a workspace has room for so many receipts; the next one is refused with a sentence, and another workspace has its own', async () => {
  await server.stop();
  await server.startAgain({ environment: { RECEIPT_QUOTA_GB: String(5000 / 1024 ** 3) } });
  await ana.synced();
  const [first, second] = [pdfOf(3000), pdfOf(3000, 2)];
  expect(await lineOf(ana).send(receiptOf(first, ana), first)).toMatchObject({ ok: true });
  const refused = await put(ana, second);
  expect([refused.status, refused.text]).toEqual([507, expect.stringContaining('has no room left for receipts')]);
  expect(await lineOf(ana).send(receiptOf(second, ana), second)).toMatchObject({ error: { reason: 'quota-full' } });
  // What is there already is there, whoever asks again.
  expect(await lineOf(ana).send(receiptOf(first, ana), first)).toMatchObject({ ok: true });
  const zoe = await Person.found(server.url);
  expect(await lineOf(zoe).send(receiptOf(second, zoe), second)).toMatchObject({ ok: true });
  await zoe.leave();
});

test('parts that nobody added to for a day are gone when the server looks, younger ones are not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outlay-parts-'));
  const bytes = pdfOf(4000);
  const upload = { workspace: 'w', hash: hashOf(bytes), document: 'inbox/ana', size: 4000 };
  const files = folderFiles(folder);
  await files.append(upload, 0, bytes.subarray(0, 100));
  const startedAfter = async (hours: number): Promise<void> => {
    const now = (): Date => new Date(Date.now() + hours * 3_600_000);
    const here = await serverHere(folder, { files, now });
    await here.stop();
  };
  await startedAfter(23);
  expect(await files.received(upload)).toBe(100);
  await startedAfter(25);
  await until(() => readdirSync(join(folder, 'w-w', 'parts')).length === 0);
  rmSync(folder, { recursive: true });
});

test('what is told by its bytes to be no receipt is refused with a sentence, whatever it is called', async () => {
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    'MZ\x90\x00',
    'GIF89a',
    '<html>',
  ]) {
    const answer = await put(ana, new TextEncoder().encode(text.padEnd(100)));
    expect(answer.status).toBe(415);
    expect(answer.text).toContain('Receipts are JPEG, PNG, WebP or HEIC pictures, or PDF files.');
  }
});

test('nobody gives a receipt for somebody else’s inbox, or for what is no inbox', async () => {
  const ben = await ana.invite();
  for (const document of [inboxOf(ana), 'core', 'ledger/2027-03/root', `inbox/${newId()}`, 'nonsense', '']) {
    expect((await put(ben, pdfOf(100), { document })).status, document).toBe(403);
  }
  await ben.leave();
});

test('knowing a hash is not having the file: it has to be brought, and is then one’s own', async () => {
  const ben = await ana.invite();
  const bytes = pdfOf(2000);
  await lineOf(ana).send(receiptOf(bytes, ana), bytes);
  const bens = receiptOf(bytes, ben);
  expect(await lineOf(ben).fetch(bens)).toMatchObject({ ok: false, error: { reason: 'unknown' } });
  expect((await put(ben, new Uint8Array(), { hash: bens.hash, size: bytes.length })).text).toBe(
    '{"kind":"part","received":0}',
  );
  await lineOf(ben).send(bens, bytes);
  expect((await lineOf(ben).fetch(bens)).ok).toBe(true);
  await ben.leave();
});

test('a stranger, another workspace’s member, an old pass and a forged one get nothing', async () => {
  const bytes = pdfOf(2000);
  const receipt = receiptOf(bytes, ana);
  await lineOf(ana).send(receipt, bytes);
  const path = `/receipts/${ana.workspace}/${receipt.hash}?for=${encodeURIComponent(receipt.document)}`;
  expect((await fetch(`${server.url}${path}`)).status).toBe(401);
  const stranger = { workspace: ana.workspace, device: await deviceOf(await newDeviceKeys()) };
  expect((await ask(stranger, path)).status).toBe(401);
  expect((await ask(ana, path, {}, Date.now() - 1)).status).toBe(401);
  expect((await ask(ana, path, {}, Date.now() + PASS_MS * 3)).status).toBe(401);
  const other = await deviceOf(await newDeviceKeys());
  const forged: Device = { publicKey: ana.device.publicKey, sign: other.sign };
  expect((await ask({ workspace: ana.workspace, device: forged }, path)).status).toBe(401);
  const zoe = await Person.found(server.url);
  expect((await ask(zoe, path)).status).toBe(403);
  expect((await ask(ana, path)).status).toBe(200);
  await zoe.leave();
});

test('a receipt comes as something to keep, never as something to run', async () => {
  const bytes = pdfOf(2000);
  const receipt = receiptOf(bytes, ana);
  await lineOf(ana).send(receipt, bytes);
  const { headers } = await ask(ana, `/receipts/${ana.workspace}/${receipt.hash}?for=${receipt.document}`);
  expect(headers.get('content-type')).toBe('application/pdf');
  expect(headers.get('content-disposition')).toBe('attachment');
  expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('a part of a receipt comes down by its range', async () => {
  const bytes = pdfOf(PART_BYTES * 2 + 77);
  const receipt = receiptOf(bytes, ana);
  await lineOf(ana).send(receipt, bytes);
  const path = `/receipts/${ana.workspace}/${receipt.hash}?for=${receipt.document}`;
  const get = (headers: Record<string, string>) => ask(ana, path, { headers });
  const whole = await get({});
  expect([whole.status, whole.headers.get('accept-ranges')]).toEqual([200, 'bytes']);
  const etag = whole.headers.get('etag') ?? '';
  for (const [range, from, end] of [
    ['bytes=10-19', 10, 20],
    [`bytes=${PART_BYTES - 5}-${PART_BYTES + 5}`, PART_BYTES - 5, PART_BYTES + 6],
    [`bytes=${PART_BYTES * 2}-`, PART_BYTES * 2, bytes.length],
    ['bytes=-7', bytes.length - 7, bytes.length],
  ] as const) {
    const part = await get({ range, 'if-range': etag });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes ${from}-${end - 1}/${bytes.length}`]);
    expect(part.bytes.equals(bytes.subarray(from, end)), range).toBe(true);
  }
  expect((await get({ range: `bytes=${bytes.length}-` })).status).toBe(416);
  expect((await get({ range: 'bytes=0-9', 'if-range': '"another"' })).bytes).toHaveLength(bytes.length);
});

test('damaged on the way down it is not taken for the receipt', async () => {
  const bytes = pdfOf(2000);
  const receipt = receiptOf(bytes, ana);
  await lineOf(ana).send(receipt, bytes);
  const flipping: typeof fetch = async (input, init) => {
    const answer = await fetch(input, init);
    const copy = new Uint8Array(await answer.arrayBuffer());
    copy[1000] = (copy[1000] ?? 0) ^ 1;
    return new Response(copy, { status: answer.status });
  };
  expect(await lineOf(ana, { fetch: flipping }).fetch(receipt)).toEqual({ ok: false, error: { kind: 'unreachable' } });
});

/** A device's receipts in memory, as its store has them. */
function queueOf(
  person: Person,
  files: readonly Uint8Array<ArrayBuffer>[],
  line = lineOf(person),
  { offerAgainMs = 60_000 } = {},
) {
  const waiting = new Map(files.map((bytes) => [hashOf(bytes), bytes]));
  const seen: string[] = [];
  const queue = new ReceiptQueue({
    source: {
      due: () => Promise.resolve([...waiting.keys()]),
      take: (hash) => {
        const bytes = waiting.get(hash);
        return Promise.resolve(bytes === undefined ? null : { document: inboxOf(person), bytes });
      },
      sent: (hash) => Promise.resolve(void waiting.delete(hash)),
    },
    send: (receipt, bytes) => line.send(receipt, bytes),
    random: () => 0,
    offerAgainMs,
    onchange: (sending) => seen.push([...sending.values()].map(({ kind }) => kind).join()),
    onfault: (fault) => {
      throw fault;
    },
  });
  return { queue, waiting, seen };
}

test('the queue sends what is due, goes past what is refused, and tries again what the line lost', async () => {
  const [first, refused, last] = [pdfOf(100, 1), new TextEncoder().encode('no receipt'.padEnd(50)), pdfOf(100, 3)];
  await server.kill();
  const { queue, waiting, seen } = queueOf(ana, [first, refused, last]);
  queue.look();
  await until(() => seen.length === 2);
  expect(waiting.size).toBe(3);
  await server.startAgain();
  await until(() => waiting.size === 1);
  expect([...waiting.keys()]).toEqual([hashOf(refused)]);
  expect(seen.at(-1)).toBe('refused');
  await queue.close();
});

test('what was refused for want of room is offered again, and goes once there is room; what is no receipt is not', async () => {
  const withRoom = (bytes: number) => ({ environment: { RECEIPT_QUOTA_GB: String(bytes / 1024 ** 3) } });
  await server.stop();
  await server.startAgain(withRoom(1000));
  await ana.synced();
  const [large, none] = [pdfOf(3000), new TextEncoder().encode('no receipt'.padEnd(50))];
  const { queue, waiting, seen } = queueOf(ana, [large, none], undefined, { offerAgainMs: 300 });
  queue.look();
  // Shown as refused between two tries.
  await until(() => seen.filter((each) => each === 'refused,refused').length >= 2);
  await server.stop();
  await server.startAgain(withRoom(1_000_000));
  await until(() => waiting.size === 1, undefined, 30_000);
  expect([...waiting.keys()]).toEqual([hashOf(none)]);
  expect(seen.at(-1)).toBe('refused');
  await queue.close();
});

test('an app killed while it sends begins again where the server is, and loses nothing', async () => {
  const bytes = pdfOf(PART_BYTES * 3, 5);
  const first = queueOf(ana, [bytes]);
  let parts = 0;
  const dying: typeof fetch = async (input, init) => {
    parts += 1;
    if (parts > 2) return new Promise(() => undefined);
    return fetch(input, init);
  };
  queueOf(ana, [bytes], lineOf(ana, { fetch: dying })).queue.look();
  await until(() => parts > 2);
  first.queue.look();
  await until(() => first.waiting.size === 0);
  expect(await lineOf(ana).fetch(receiptOf(bytes, ana))).toEqual({ ok: true, value: bytes });
  await first.queue.close();
});

test('a server that answers nonsense is tried again later, not believed', async () => {
  const odd = createServer((_request, response) => response.end('{"kind":"part","received":"all"}'));
  odd.listen(0, 'localhost');
  await once(odd, 'listening');
  const url = `http://localhost:${(odd.address() as AddressInfo).port}`;
  const bytes = pdfOf(100);
  expect(await lineOf(ana, { url }).send(receiptOf(bytes, ana), bytes)).toEqual({
    ok: false,
    error: { kind: 'unreachable' },
  });
  odd.close();
});
