import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchFacts, decisionFacts } from '#lib/governance/audit/facts.ts';
import { rootOfHashes, treeHash, updateRoot } from '#lib/governance/audit/merkle.ts';
import { countedSalts, writtenRow } from '#tests/support/make-chain.ts';
import { makeLog } from '#tests/support/make-log.ts';

const at = '2026-11-02T09:00:00.000Z';

test('A1: consecutive rows of one device in one document are one fact', () => {
  const facts = batchFacts(
    [
      writtenRow('anna', 'core', 7, 'x'),
      writtenRow('bela', 'inbox/bela', 1),
      writtenRow('anna', 'core', 8, 'y'),
      writtenRow('bela', 'core', 9),
      writtenRow('anna', 'core', 10),
    ],
    at,
    countedSalts(),
  );
  expect(facts.map(({ contents }) => contents)).toMatchObject([
    { member: 'anna', device: 'annas-phone', document: 'core', incarnation: 'first', first: 7, last: 8 },
    { member: 'bela', document: 'inbox/bela', first: 1, last: 1 },
    { member: 'bela', document: 'core', first: 9, last: 9 },
    { member: 'anna', document: 'core', first: 10, last: 10 },
  ]);
  expect(facts[0]?.contents).toMatchObject({ root: updateRoot([bytes('x'), bytes('y')]), salt: '0'.repeat(31) + '1' });
});

test('A1: every row is in exactly one fact, and facts of one document are in the order of its rows', () => {
  const author = fc.constantFrom('anna', 'bela', 'cara');
  const document = fc.constantFrom('core', 'inbox/anna', 'plan/fy27/root');
  fc.assert(
    fc.property(fc.array(fc.tuple(author, document)), (written) => {
      const counts = new Map<string, number>();
      const rows = written.map(([member, name]) => {
        const seq = (counts.get(name) ?? 0) + 1;
        counts.set(name, seq);
        return writtenRow(member, name, seq);
      });
      const told = batchFacts(rows, at, countedSalts()).flatMap((fact) => {
        if (fact.kind !== 'batch') return [];
        const { member, document, first, last } = fact.contents;
        return Array.from({ length: last - first + 1 }, (_, i) => `${document} ${first + i} ${member}`);
      });
      expect(told.toSorted()).toEqual(rows.map((row) => `${row.document} ${row.seq} ${row.author.member}`).toSorted());
    }),
  );
});

test('A1: every decision is a fact', () => {
  const { log } = makeLog();
  const facts = decisionFacts(log, at, countedSalts());
  expect(facts.map(({ contents }) => contents)).toMatchObject(
    log.map(({ seq, hash, command, by }) => ({ log: seq, logHash: hash, command, by })),
  );
});

// Leaves and roots of the reference tests of Certificate Transparency (RFC 6962).
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test.each(roots.map((root, size) => [size, root] as const))(
  'A4: the tree of the first %d reference leaves',
  (n, root) => {
    const given = leaves.slice(0, n).map((leaf) => new Uint8Array(Buffer.from(leaf, 'hex')));
    expect(Buffer.from(treeHash(given)).toString('hex')).toBe(root);
  },
);

test('A4: the root of updates is the root of their hashes, and changes with every one of them and with their order', () => {
  const update = fc.uint8Array({ minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      fc.uniqueArray(update, { minLength: 2, maxLength: 20, selector: String }),
      fc.nat(),
      (updates, pick) => {
        const root = updateRoot(updates);
        expect(rootOfHashes(updates.map((one) => createHash('sha256').update(one).digest('hex')))).toBe(root);
        expect(updateRoot(updates.toReversed())).not.toBe(root);
        expect(updateRoot(updates.toSpliced(pick % updates.length, 1))).not.toBe(root);
      },
    ),
  );
});

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
