/** Purchases that were cut into pieces to stay below a band. (A6) */
import { addDays } from '#lib/domain/fiscal/iso-date.ts';
import { ruleFor, type ApprovalPolicy, type PolicyRule } from './policy.ts';
import type { ApprovalRequest } from './request.ts';

/** What a new request is to be routed by. */
export interface Valuation {
  readonly rule: PolicyRule;
  readonly value: number;
  readonly split: ApprovalRequest['split'];
}

type Asked = Pick<ApprovalRequest, 'id' | 'by' | 'subject' | 'areas' | 'transfer'>;

interface Surroundings {
  readonly earlier: Iterable<ApprovalRequest>;
  /** The limits that approvers of the workspace hold: bands of their own where a step asks for as much as the value. */
  readonly limits: readonly number[];
  readonly today: string;
}

/**
 * The rule for a request of this value alone, or for all that its requester asked for at the same vendor within the
 * policy's days where that reaches a higher band. Null when no rule reaches down to it.
 */
export function valuationOf(
  policy: ApprovalPolicy,
  asked: Asked,
  alone: number,
  { earlier, limits, today }: Surroundings,
): Valuation | null {
  const rule = ruleFor(policy, asked.subject.kind, asked.areas, alone);
  const near = [...earlier].filter((request) => belongsTo(request, asked, policy.splitDays, today));
  const sum = near.reduce((total, request) => total + (request.split?.alone ?? request.value), alone);
  const together = near.length === 0 ? null : ruleFor(policy, asked.subject.kind, asked.areas, sum);
  if (together !== null && (together.id !== rule?.id || crossesLimit(together, alone, sum, limits))) {
    return { rule: together, value: sum, split: { with: near.map(({ id }) => id), alone } };
  }
  return rule === null ? null : { rule, value: alone, split: null };
}

function belongsTo(request: ApprovalRequest, asked: Asked, days: number | null, today: string): boolean {
  const vendor = asked.transfer?.vendor ?? null;
  if (vendor === null || days === null || request.id === asked.id) return false;
  const isAlive = request.status === 'open' || request.status === 'approved';
  return (
    isAlive &&
    request.by === asked.by &&
    request.transfer?.vendor === vendor &&
    request.at.slice(0, 10) > addDays(today, -days)
  );
}

function crossesLimit({ steps }: PolicyRule, alone: number, sum: number, limits: readonly number[]): boolean {
  return steps.some(({ limit }) => limit === null) && limits.some((limit) => alone <= limit && limit < sum);
}
