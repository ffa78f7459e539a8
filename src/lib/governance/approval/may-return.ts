import type { Access } from '../rights/access.ts';
import type { ApprovalRequest } from './request.ts';

/** Whether a member may send a request back, whatever the amount: a return binds nobody to anything. */
export function mayReturn({ member, held, delegated }: Access, request: ApprovalRequest): boolean {
  if (member === request.by) return false;
  return [...held, ...delegated].some(
    ({ role, areas }) =>
      (role === 'owner' || role === 'controller' || role === 'approver') &&
      (areas === null || request.areas.every((area) => areas.includes(area))),
  );
}
