/** By what right a member may sign a step: their own, or that of somebody they stand in for. */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Access } from '../rights/access.ts';
import type { ApprovalRefusal } from './commands.ts';
import type { Step } from './policy.ts';
import { openSteps, type ApprovalRequest } from './request.ts';

/** A step that a member may sign, and in whose place; null for their own. */
export interface Signature {
  readonly step: Step;
  readonly for: string | null;
}

interface Right {
  readonly role: string;
  readonly areas: readonly string[] | null;
  readonly limit: number | null;
  readonly for: string | null;
}

/**
 * The signature a member may give to a request, their own right before a delegated one. Nobody signs what they
 * submitted, nor in the place of whoever did, and nobody signs or is signed for twice. (I6, A2, A4)
 */
export function signatureFor(
  access: Access,
  request: ApprovalRequest,
  currency: string,
): Result<Signature, ApprovalRefusal> {
  if (access.member === request.by) return err({ kind: 'own-submission', delegated: false });
  const signers = request.approvals.flatMap(({ by, for: other }) => (other === null ? [by] : [by, other]));
  if (signers.includes(access.member)) return err({ kind: 'already-signed' });
  const rights = rightsOf(access).filter(
    ({ areas }) => areas === null || request.areas.every((a) => areas.includes(a)),
  );
  const steps = openSteps(request);
  const fitting = steps.flatMap((step) =>
    rights.filter(({ role }) => step.roles.some((each) => each === role)).map((right) => ({ step, right })),
  );
  if (fitting.length === 0) return err({ kind: 'not-your-step', roles: steps.flatMap(({ roles }) => roles) });
  const sufficient = fitting.filter(({ step, right }) => reaches(right, step, request));
  const others = sufficient.filter(({ right }) => right.for !== request.by);
  const [best] = others.filter(({ right }) => right.for === null || !signers.includes(right.for));
  if (best !== undefined) return ok({ step: best.step, for: best.right.for });
  if (others.length > 0) return err({ kind: 'already-signed' });
  if (sufficient.length > 0) return err({ kind: 'own-submission', delegated: true });
  return err({ kind: 'limit-too-low', currency, ...nearest(fitting, request) });
}

/** The limit a step asks for: its own, or the value where it names none. */
function neededFor(step: Step, { value }: ApprovalRequest): number {
  return step.limit ?? value;
}

function reaches({ limit }: Right, step: Step, request: ApprovalRequest): boolean {
  return limit === null || limit >= neededFor(step, request);
}

/** Own rights first: a delegated one is used only where they do not suffice. */
function rightsOf({ held, delegated }: Access): readonly Right[] {
  return [
    ...held.map(({ role, areas, limit }) => ({ role, areas, limit, for: null })),
    ...delegated.map(({ role, areas, limit, by }) => ({ role, areas, limit, for: by })),
  ];
}

function nearest(
  fitting: readonly { readonly step: Step; readonly right: Right }[],
  request: ApprovalRequest,
): { readonly limit: number; readonly needed: number } {
  const limits = fitting.map(({ step, right }) => ({ limit: right.limit ?? 0, needed: neededFor(step, request) }));
  return limits.reduce((best, each) => (each.limit > best.limit ? each : best));
}
