import type { Access } from '../rights/access.ts';
import { MAY_READ } from '../rights/table.ts';

/**
 * Whether a member may read the entries of the chain. They tell who wrote in which document, whosever it is, so they
 * are for those who may read everybody's: owners, controllers, and auditors of the whole workspace.
 */
export function mayReadChain({ held }: Pick<Access, 'held'>): boolean {
  return held.some(({ role, areas }) => {
    const reach = MAY_READ.inbox[role];
    return reach === 'any' || (reach === 'whole' && areas === null);
  });
}
