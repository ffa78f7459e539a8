import { Person, until } from '#tests/sync/support/person.ts';
import type { Company } from './company.ts';

/**
 * One bit of the last row of `core` is another one until `flip` is called again: who comes anew is told, and is not told
 * that all is well.
 */
export async function meetsDamage(company: Company, flip: () => Promise<void>): Promise<boolean> {
  company.type(company.founder, 'core');
  await company.settle();
  await flip();
  const { device, workspace } = company.founder;
  const fresh = await Person.arrive({ url: company.server.url, workspace, device });
  await until(
    () => fresh.status.reason === 'damaged',
    () => JSON.stringify(fresh.status),
  );
  const wasToldSynced = fresh.statuses.some(({ kind }) => kind === 'synced');
  await fresh.leave();
  await flip();
  if (wasToldSynced) throw new Error('a damaged document was said to be synced');
  return true;
}
