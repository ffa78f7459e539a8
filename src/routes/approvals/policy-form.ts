/** The policy as its form offers it. */
import type { Policy } from '#lib/app/approvals/governed.ts';

type Rule = Policy['rules'][number];
type Step = Rule['steps'][number];
type Role = Step['roles'][number];

export const SUBJECT_CHOICES = [
  { value: 'any', label: 'Everything' },
  { value: 'part', label: 'A part of a plan' },
  { value: 'version', label: 'A whole plan' },
  { value: 'transfer', label: 'A transfer' },
] as const;

/** Who may sign, by the value of a choice: its roles with `+` between. */
export const ROLE_CHOICES = [
  { value: 'approver+controller+owner', label: 'Approver, controller or owner' },
  { value: 'approver', label: 'Approver' },
  { value: 'controller+owner', label: 'Controller or owner' },
  { value: 'owner', label: 'Owner' },
] as const;

export const CONFLICT_CHOICES = [
  { conflict: 'edit-approve', label: 'approving a plan one wrote in' },
  { conflict: 'post-close', label: 'closing a period one posted into' },
  { conflict: 'roles-approve', label: 'approving while managing roles' },
] as const;

/** The choice that a rule's steps are; all of them have the same roles where this form made them. */
export function signersOf({ steps }: Rule): string {
  return [...(steps[0]?.roles ?? [])].sort().join('+');
}

export function rolesOf(choice: string): readonly Role[] {
  const roles: readonly Role[] = ['approver', 'controller', 'owner'];
  return roles.filter((role) => choice.split('+').includes(role));
}

/** The steps with other roles, or another number of them. */
export function withSteps(
  steps: readonly Step[],
  { roles, count = steps.length }: { readonly roles?: readonly Role[]; readonly count?: number },
): readonly Step[] {
  const [first] = steps;
  const made = Array.from({ length: count }, (_, at): Step => {
    const step = steps[at] ?? { id: `sign-${at + 1}`, roles: first?.roles ?? ['approver'], limit: null };
    return roles === undefined ? step : { ...step, roles };
  });
  return made;
}

/** One signature by an approver with a sufficient limit, from nothing on. */
export function newRule(id: string): Rule {
  return {
    id,
    subject: null,
    areas: null,
    from: 0,
    order: 'in-order',
    steps: [{ id: 'sign-1', roles: ['approver'], limit: null }],
  };
}
