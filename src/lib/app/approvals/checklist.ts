/** What is still to be done before a period is closed, each with where to do it. */
import type { Filter } from '#lib/store/filter.ts';
import type { Reader } from '../reader.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { keptAside } from '../kept-aside.ts';

export interface Check {
  readonly id: 'unposted' | 'returned' | 'undated' | 'conflicts' | 'refused' | 'waiting';
  /** How many stand in the way; nothing does at 0. */
  readonly count: number;
  readonly href: string;
}

/** Asks this device's projections: what other people have not posted is theirs to see. */
export async function closingChecks(workspace: Workspace, period: string): Promise<readonly Check[]> {
  const { reader } = workspace;
  const within = { periods: { from: period, to: period } };
  const address = `from=${period}&to=${period}`;
  const [unposted, returned, undated, conflicts, aside, waiting] = await Promise.all([
    count(reader, { ...within, states: ['unposted'] }),
    count(reader, { ...within, states: ['returned'] }),
    count(reader, { undated: true, states: ['unposted'] }),
    reader.conflicts(),
    keptAside(workspace.log.database),
    workspace.log.database.outbox.count(),
  ]);
  return [
    { id: 'unposted', count: unposted, href: `/expenses?state=unposted&${address}` },
    { id: 'returned', count: returned, href: `/expenses?state=returned&${address}` },
    { id: 'undated', count: undated, href: '/expenses?state=unposted&undated=1' },
    { id: 'conflicts', count: conflicts.length, href: '/budget' },
    { id: 'refused', count: aside.refused, href: '/review' },
    { id: 'waiting', count: waiting, href: '/approvals' },
  ];
}

async function count(reader: Reader, filter: Filter): Promise<number> {
  const { totals } = await reader.list({ filter, sort: { by: 'date', descending: true }, offset: 0, limit: 0 });
  return totals.rows;
}
