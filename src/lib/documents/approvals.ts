/** `approvals/<area>`: what was submitted in an area and where it stands, mirrored by the decider. (A11) */
import type { ApprovalRequest, Asking } from '#lib/governance/approval/request.ts';
import { approvalRequest, asking } from '#lib/governance/approval/schema.ts';
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

const askings = plainSchema<Asking>(
  ['request', 'subject', 'transfer', 'by', 'at', 'hash', 'value', 'status', 'ended'],
  asking,
);

export const approvalsSchemas = { requests, askings };
