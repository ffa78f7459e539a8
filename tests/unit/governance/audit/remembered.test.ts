import { expect, test } from 'vitest';
import { chainEntries } from '#lib/governance/audit/chain.ts';
import { newSigningKey, type KeyBytes } from '#lib/governance/audit/ed25519.ts';
import { EMPTY_CHAIN, type AuditEntry } from '#lib/governance/audit/entry.ts';
import { rememberedAfter, type RememberedChain } from '#lib/governance/audit/remembered.ts';
import { signHead } from '#lib/governance/audit/signed-head.ts';
import { makeChain } from '#tests/support/make-chain.ts';

const key = await newSigningKey();
const chain = makeChain();
const at = '2026-11-02T10:00:00.000Z';

/** What a server that has these entries answers about entry `asked`. */
async function answer(entries: readonly AuditEntry[], asked: number, by: KeyBytes = key, workspace = 'w1') {
  const head = await signHead(by, workspace, entries.at(-1) ?? EMPTY_CHAIN, at);
  return { head, hash: entries[asked - 1]?.hash ?? null };
}

const after = async (before: RememberedChain | null, answered: ReturnType<typeof answer>) =>
  rememberedAfter(before, await answered, 'w1', at);
const six = await after(null, answer(chain.slice(0, 6), 0));

test('A10: a chain that goes on from what was remembered is remembered further', async () => {
  expect(six).toMatchObject({ head: { seq: 6, hash: chain[5]?.hash }, findings: [] });
  expect(await after(six, answer(chain, 6))).toMatchObject({ head: { seq: 10 }, findings: [] });
  expect(await after(six, answer(chain.slice(0, 6), 6))).toMatchObject({ head: { seq: 6 }, findings: [] });
  const empty = await after(null, answer([], 0));
  expect(await after(empty, answer(chain, 0))).toMatchObject({ head: { seq: 10 }, findings: [] });
});

test('A10: a rewritten, a truncated and a forged history are found, and what was found stays', async () => {
  const facts = chain.map(({ kind, contents }) => ({ kind, at: '2026-11-03T00:00:00.000Z', contents }));
  const rewritten = chainEntries(EMPTY_CHAIN, facts as Parameters<typeof chainEntries>[1]);
  const found = await after(six, answer(rewritten, 6));
  expect(found).toMatchObject({
    head: { hash: rewritten[9]?.hash },
    findings: [{ why: 'rewritten', before: six?.head, foundAt: at, isKnown: false }],
  });
  expect(await after(found, answer(rewritten, 10))).toMatchObject({ findings: [{ why: 'rewritten' }] });
  expect(await after(found, answer(rewritten.slice(0, 4), 10))).toMatchObject({
    findings: [{ why: 'rewritten' }, { why: 'truncated' }],
  });

  const other = await newSigningKey();
  expect(await after(six, answer(chain, 6, other))).toMatchObject({ findings: [{ why: 'other-key' }] });
  const unsigned = await answer(chain, 6);
  const forged = { ...unsigned, head: { ...unsigned.head, hash: chain[0]?.hash ?? '' } };
  expect(await rememberedAfter(six, forged, 'w1', at)).toMatchObject({
    head: six?.head,
    findings: [{ why: 'forged', now: forged.head }],
  });
  expect(await after(six, answer(chain, 6, key, 'w2'))).toMatchObject({ findings: [{ why: 'forged' }] });
});
