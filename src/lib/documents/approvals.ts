/** `approvals/<area>`: what was submitted in an area and where it stands, mirrored by the decider. (A11) */
import type { ApprovalRequest } from '#lib/governance/approval/request.ts';
import { approvalRequest } from '#lib/governance/approval/schema.ts';
import { plainSchema } from './record-schema.ts';

const requests = plainSchema<ApprovalRequest>(
  [
    'subject',
    'hash',
    'documents',
    'areas',
    'transfer',
    'by',
    'at',
    'note',
    'value',
    'route',
    'split',
    'approvals',
    'voided',
    'status',
    'ended',
  ],
  approvalRequest,
);

export const approvalsSchemas = { requests };
