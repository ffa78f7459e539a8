/** How long somebody whose role is taken away at one server goes on writing at another. */
import { newId } from '#lib/domain/id.ts';
import type { Person } from '#tests/sync/support/person.ts';
import { until } from '#tests/sync/support/person.ts';

const DOCUMENT = 'plan/revoked/root';
const ROUNDS = 3;
const TYPE_EVERY_MS = 5;

/** Milliseconds from asking for it until the writer's first row is refused: the longest of several times. */
export async function measureRevocation(owner: Person, socketUrl: string): Promise<number> {
  let longest = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const grant = newId();
    const viewer = { role: 'viewer', areas: ['root'] } as const;
    const writer = await owner.invite({ url: socketUrl }, undefined, { id: grant }, viewer);
    writer.attach(DOCUMENT);
    let count = 0;
    const typing = setInterval(() => writer.type(`${writer.member} ${(count += 1)}`, 1, DOCUMENT), TYPE_EVERY_MS);
    await until(() => writer.store.rows(DOCUMENT).some(({ state }) => state === 'durable'));
    const since = performance.now();
    await owner.ask({ kind: 'revoke-grant', member: writer.member, grant });
    await until(() => writer.store.parked.length > 0, undefined, 60_000);
    longest = Math.max(longest, performance.now() - since);
    clearInterval(typing);
    await writer.leave();
  }
  return Math.round(longest);
}
