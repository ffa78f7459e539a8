import fc from 'fast-check';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newSigningKey } from '#lib/governance/audit/ed25519.ts';
import { explainVerdict } from '#lib/governance/audit/export/explain.ts';
import { verifyExport } from '#lib/governance/audit/export/verify-export.ts';
import { makeChain } from '#tests/support/make-chain.ts';
import { exportBytes, makeExport } from '#tests/support/make-export.ts';

const key = await newSigningKey();
const hexKey = Buffer.from(key.publicKey).toString('hex');
const content = await makeExport(key);
const file = exportBytes(content);
const chain = makeChain();

test('A11: an export is verified from the file alone, and with the key when that is known', async () => {
  const verified = { workspace: 'w1', first: 1, last: 10, erased: 0, withheld: 0, proved: 1, head: content.heads[1] };
  expect(await verifyExport(file)).toEqual({ ok: true, value: verified });
  expect(await verifyExport(file, hexKey)).toEqual({ ok: true, value: verified });
  expect(await verifyExport(file, '00'.repeat(32))).toEqual({ ok: false, error: { kind: 'header', why: 'other-key' } });
});

test('A11: a part of a chain is verified as well, and entries whose contents are erased', async () => {
  const entries = chain.slice(5).map((entry) => (entry.seq === 8 ? { ...entry, contents: null } : entry));
  const verdict = await verifyExport(exportBytes(await makeExport(key, entries)));
  expect(verdict).toMatchObject({ ok: true, value: { first: 6, last: 10, erased: 1 } });
});

test('A14: what was done to a file is named with its entry and line', async () => {
  const lines = new TextDecoder().decode(file).split('\n');
  const faultOf = async (changed: readonly string[]) => {
    const verdict = await verifyExport(new TextEncoder().encode(changed.join('\n')));
    return verdict.ok ? null : verdict.error;
  };
  const entry = (seq: number, line: number, why: string) => ({ kind: 'entry', seq, line, why });
  expect(await faultOf(lines.toSpliced(3, 1))).toEqual(entry(3, 4, 'left-out'));
  expect(await faultOf(lines.toSpliced(3, 0, lines[1] ?? ''))).toEqual(entry(3, 4, 'out-of-place'));
  expect(await faultOf(lines.with(3, (lines[3] ?? '').replace('anna', 'bela')))).toEqual(
    entry(3, 4, 'contents-changed'),
  );
  expect(await faultOf(lines.with(3, ` ${lines[3] ?? ''}`))).toEqual(entry(3, 4, 'unreadable'));
  expect(await faultOf(lines.with(8, lines[8]?.replace(/[0-9a-f]{64}/, '0'.repeat(64)) ?? ''))).toEqual(
    entry(7, 9, 'updates-differ'),
  );
  expect(await faultOf(lines.slice(0, 9))).toEqual(entry(8, 10, 'truncated'));
  expect(await faultOf([...lines.slice(0, -1), lines.at(-2) ?? '', ''])).toEqual(entry(11, 13, 'out-of-place'));
  expect(await faultOf(['{}', ...lines.slice(1)])).toEqual({ kind: 'header', why: 'not-an-export' });
  expect(await faultOf([])).toEqual({ kind: 'header', why: 'not-an-export' });
});

test('A14: one byte changed anywhere is found, and named at its line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      const changed = file.slice();
      changed[at] = (file[at] ?? 0) ^ mask;
      const verdict = await verifyExport(changed);
      const line = file.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
      if (verdict.ok) throw new Error('nothing was found');
      expect(verdict.error.kind === 'header' ? 1 : verdict.error.line).toBe(line);
    }),
    { numRuns: 1500 },
  );
});

test('A13: a chain made anew does not lead to the heads that were signed', async () => {
  const other = await newSigningKey();
  const forged = { ...content, heads: (await makeExport(other)).heads };
  expect(await verifyExport(exportBytes(forged), hexKey)).toMatchObject({ error: { why: 'other-key' } });
  const mixed = { ...content, heads: [forged.heads[0], content.heads[1]] as typeof content.heads };
  expect(await verifyExport(exportBytes(mixed))).toMatchObject({ error: { why: 'other-key' } });
  const [head] = content.heads.slice(-1);
  const heads = [{ ...(head as (typeof content.heads)[0]), workspace: 'w2' }];
  expect(await verifyExport(exportBytes({ ...content, heads }))).toMatchObject({ error: { why: 'other-workspace' } });
});

test('A14: the command line says what it found, and its exit code says it again', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'outlay-audit-'));
  const good = path.join(folder, 'good.jsonl');
  const bad = path.join(folder, 'bad.jsonl');
  writeFileSync(good, file);
  writeFileSync(bad, new TextDecoder().decode(file).replace('"by":"anna"', '"by":"bela"'));
  const command = ['scripts/verify-audit.ts'];
  expect(execFileSync(process.execPath, [...command, good], { encoding: 'utf8' })).toMatch(/^Nothing was changed: 10 /);
  const found = spawnSync(process.execPath, [...command, bad], { encoding: 'utf8' });
  expect([found.status, found.stdout]).toEqual([
    1,
    expect.stringContaining('The first bad entry is number 1, in line 2.'),
  ]);
  expect(spawnSync(process.execPath, [...command, path.join(folder, 'none')]).status).toBe(2);
  rmSync(folder, { recursive: true });
});

test('A14: the sentence about an unchanged file names what was checked', async () => {
  expect(explainVerdict(await verifyExport(file))).toBe(
    `Nothing was changed: 10 entries (1 to 10) of workspace w1 follow each other and lead to the head that its server signed on 2026-11-02T10:00:00.000Z. 1 batch shows which updates were in it. The server's key is ${hexKey}. Compare it with the one that Outlay shows under Audit.`,
  );
});
