/** Who has to agree to what: rules by kind, area and total value, and what is looked at besides. */

/** What somebody asks to have approved. */
export type Subject =
  | { readonly kind: 'part'; readonly version: string; readonly area: string }
  | { readonly kind: 'version'; readonly version: string }
  | { readonly kind: 'transfer'; readonly transfer: string };

type ApproverRole = 'owner' | 'controller' | 'approver';

/** One signature that is needed. */
export interface Step {
  readonly id: string;
  /** Any one of these roles may sign. */
  readonly roles: readonly ApproverRole[];
  /** The limit the signer needs at least, in minor units of the base currency; null: as much as the value itself. */
  readonly limit: number | null;
}

export interface PolicyRule {
  readonly id: string;
  /** What it is for; null: everything. */
  readonly subject: Subject['kind'] | null;
  /** The areas it is for; null: all. A rule that names the area goes before one that does not. */
  readonly areas: readonly string[] | null;
  /** Total value from which it holds, in minor units of the base currency: the highest band that is reached counts. */
  readonly from: number;
  readonly order: 'in-order' | 'parallel';
  readonly steps: readonly Step[];
}

/** Duties that one person should not hold together, beyond submitting and approving, which is never allowed. */
export type Conflict = 'edit-approve' | 'post-close' | 'roles-approve';

export interface ApprovalPolicy {
  readonly rules: readonly PolicyRule[];
  /** Total value from which two people have to sign; null: never more than the rule says. */
  readonly fourEyesFrom: number | null;
  /** What one person asks for at one vendor within so many days is valued together; null: each by itself. */
  readonly splitDays: number | null;
  readonly conflicts: Readonly<Record<Conflict, 'refuse' | 'report'>>;
}

/** How one request is decided: the signatures it needs. */
export interface Route {
  readonly rule: string;
  readonly order: 'in-order' | 'parallel';
  readonly steps: readonly Step[];
}

/** A workspace's policy until somebody sets one: somebody else, with a sufficient limit, signs once. (A5) */
export const DEFAULT_POLICY: ApprovalPolicy = {
  rules: [
    {
      id: 'default',
      subject: null,
      areas: null,
      from: 0,
      order: 'in-order',
      steps: [{ id: 'sign', roles: ['approver', 'controller', 'owner'], limit: null }],
    },
  ],
  fourEyesFrom: null,
  splitDays: 30,
  conflicts: { 'edit-approve': 'report', 'post-close': 'report', 'roles-approve': 'report' },
};

/** The rule for a subject of this kind in these areas at this value; null when none reaches down to it. (A5) */
export function ruleFor(
  policy: ApprovalPolicy,
  kind: Subject['kind'],
  areas: readonly string[],
  value: number,
): PolicyRule | null {
  const fitting = policy.rules.filter(
    (rule) =>
      (rule.subject === null || rule.subject === kind) &&
      (rule.areas === null || rule.areas.some((area) => areas.includes(area))) &&
      rule.from <= value,
  );
  return fitting.reduce<PolicyRule | null>(
    (best, rule) => (best === null || goesBefore(rule, best) ? rule : best),
    null,
  );
}

/** The signatures for a value: those of its rule, and a second person's where four eyes are asked for. (A5, A7) */
export function routeOf(policy: ApprovalPolicy, rule: PolicyRule, value: number): Route {
  const { id, order, steps } = rule;
  const isDouble = policy.fourEyesFrom !== null && value >= policy.fourEyesFrom && steps.length === 1;
  const second = steps.map((step) => ({ ...step, id: `${step.id}-2` }));
  return { rule: id, order, steps: isDouble ? [...steps, ...second] : steps };
}

/** Whoever names the area goes first, then whoever names the kind, then the higher band. */
function goesBefore(rule: PolicyRule, other: PolicyRule): boolean {
  const rank = ({ areas, subject, from }: PolicyRule): readonly number[] => [
    Number(areas !== null),
    Number(subject !== null),
    from,
  ];
  const [mine, theirs] = [rank(rule), rank(other)];
  const differs = mine.findIndex((value, index) => value !== theirs[index]);
  return differs !== -1 && (mine[differs] ?? 0) > (theirs[differs] ?? 0);
}
