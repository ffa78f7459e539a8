/** Somebody's row arrives between a decision and the commit that seals: the same for every storage. (A14) */
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { contentOf } from '#lib/documents/content.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { onTyped } from '#lib/documents/replica.ts';
import { newId } from '#lib/domain/id.ts';
import { contentHash } from '#lib/governance/approval/content.ts';
import type { Command } from '#lib/governance/command.ts';
import { Committer } from '#server/workspace/committer.ts';
import { Decider } from '#server/workspace/decider.ts';
import type { StorageWithAccounts } from '#server/accounts/account-storage.ts';
import { makeLine } from '#tests/support/make-line.ts';
import { given, localLog } from '../support/found-log.ts';
import type { Place } from './contract.ts';
import { makeDecision, makeRow } from './rows.ts';

const PLAN = 'plan/fy27/root';

export function raceContract(newPlace: () => Place | Promise<Place>): void {
  let place: Place;
  let storage: StorageWithAccounts;
  let ben: ReturnType<typeof writer>;

  beforeEach(async () => {
    place = await newPlace();
    storage = await place.open();
    await storage.commitDecision(makeDecision({ entries: localLog('ana') }));
    ben = writer();
    await storage.append([ben.type(1)]);
  });
  afterEach(async () => {
    await storage.close();
    await place.remove();
  });

  test('A14: a row that arrives before the commit is decided on: what names the content before it is refused', async () => {
    const decider = deciderOn(storage, [() => storage.append([ben.type(2)])]);
    expect(await answerTo(decider, submit(ben.hash()))).toMatchObject({ error: { why: { kind: 'content-moved' } } });
    expect(await storage.sealOf('w', PLAN)).toBeNull();
    expect(await answerTo(decider, submit(ben.hash()), 'again')).toMatchObject({ ok: true });
    expect(await storage.sealOf('w', PLAN)).toMatchObject({ head: 2, hash: ben.hash() });
  });

  test('A14: what comes to the same content is sealed where it then ends', async () => {
    const before = ben.hash();
    const [there, back] = [ben.type(2), ben.type(1)];
    const decider = deciderOn(storage, [() => storage.append([there, back])]);
    expect(await answerTo(decider, submit(before))).toMatchObject({ ok: true });
    expect(await storage.sealOf('w', PLAN)).toMatchObject({ head: 3, hash: before });
  });

  test('A14: while rows keep arriving it is refused, once and for all, and nothing is sealed', async () => {
    const before = ben.hash();
    const pairs = Array.from({ length: 40 }, () => [ben.type(2), ben.type(1)]);
    let races = 0;
    const decider = deciderOn(
      storage,
      pairs.map((pair) => () => {
        races += 1;
        return storage.append(pair);
      }),
    );
    const refused = { ok: false, error: { kind: 'approval-refused', why: { kind: 'still-moving' } } };
    expect(await answerTo(decider, submit(before))).toEqual(refused);
    expect(races).toBe(5);
    expect(await storage.sealOf('w', PLAN)).toBeNull();
    expect(await answerTo(decider, submit(before))).toEqual(refused);
  });
}

/** Somebody who sets one amount of a plan; every edit is a row. */
function writer() {
  const doc = newDocument();
  const { lines } = openPlan(doc);
  let typed: Uint8Array[] = [];
  let count = 0;
  onTyped(doc, (bytes) => typed.push(bytes));
  lines.insert({ ...makeLine({ id: 'cloud' }), phases: { '2027-06': 1 }, formula: null });
  return {
    type: (amount: number) => {
      count += 1;
      lines.revise('cloud', { '2027-06': amount * 100 }, { member: 'ben', at: `2027-01-01T00:00:0${count % 10}.000Z` });
      const row = makeRow(Y.mergeUpdates(typed), {
        document: PLAN,
        key: `ben-${count}`,
        author: { member: 'ben', device: 'phone' },
      });
      typed = [];
      return row;
    },
    hash: () => contentHash(PLAN, contentOf(PLAN, doc)),
  };
}

function submit(hash: string): Command {
  return { kind: 'submit', id: 'r1', subject: { kind: 'part', version: 'fy27', area: 'root' }, hash, note: '' };
}

/** A decider on the real storage; before each commit that seals, the next race is run. */
function deciderOn(storage: StorageWithAccounts, races: (() => Promise<unknown>)[]): Decider {
  const racing: StorageWithAccounts = {
    ...storage,
    commitDecision: async (decision) => {
      if (decision.seals.length > 0) await races.shift()?.();
      return storage.commitDecision(decision);
    },
  };
  const nothing = (): void => undefined;
  const probeEveryMs = 50;
  const hooks = { oncommit: nothing, onwritten: nothing, onstate: nothing, onfault: nothing };
  const surroundings = {
    storage: racing,
    accounts: storage.accounts,
    now: () => new Date('2027-01-05T00:00:00.000Z'),
    newId,
    newSalt: () => '0'.repeat(32),
    log: nothing,
    probeEveryMs,
  };
  return new Decider('w', surroundings, new Committer({ storage: racing, probeEveryMs, ...hooks }), nothing);
}

async function answerTo(decider: Decider, command: Command, id = 'r1'): Promise<unknown> {
  const answered = await decider.give(JSON.stringify(given(command, 'ana', id)), 'ana');
  return JSON.parse(answered?.answer ?? 'null');
}
