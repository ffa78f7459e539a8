/** Setting the policy: one that leaves nothing undecidable. */
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Founded } from '../state.ts';
import type { ApprovalEvent, ApprovalRefusal } from './commands.ts';
import type { ApprovalPolicy } from './policy.ts';

/** What was submitted before keeps the signatures it was asked for. (A5) */
export function decidePolicy(
  { approvals }: Founded,
  policy: ApprovalPolicy,
): Result<readonly ApprovalEvent[], ApprovalRefusal> {
  if (isSameJson(policy as unknown as JsonValue, approvals.policy as unknown as JsonValue)) return ok([]);
  const why = faultOf(policy);
  return why === null ? ok([{ kind: 'policy-set', policy }]) : err({ kind: 'policy-incomplete', why });
}

type Fault = Extract<ApprovalRefusal, { kind: 'policy-incomplete' }>['why'];

function faultOf({ rules }: ApprovalPolicy): Fault | null {
  if (rules.length === 0) return 'no-rules';
  if (rules.some(({ steps }) => steps.length === 0)) return 'no-steps';
  const ids = rules.map(({ id }) => id);
  const stepIds = rules.map(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length);
  if (new Set(ids).size !== ids.length || stepIds.includes(false)) return 'same-id';
  const isForAll = rules.some(({ subject, areas, from }) => subject === null && areas === null && from === 0);
  return isForAll ? null : 'no-lowest-band';
}
