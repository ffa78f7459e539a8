/**
 * Who may read and write which document, and give which command: the one table that device and server ask. What a
 * role may is the same whoever holds it; where it may, and since when, is the grant's.
 */
import type { Command } from '../command.ts';
import type { Role } from '../people/people.ts';

/** The kinds of documents. `inbox` and `returns` are one member's, `core` everybody's, the others an area's. */
export type DocumentKind =
  'core' | 'plan' | 'scenario' | 'talk' | 'analysis' | 'inbox' | 'ledger' | 'returns' | 'approvals' | 'decisions';

/**
 * How far a right goes. `areas`: the areas of the grant. `whole`: all there is, for a grant that is for all areas.
 * `any`: all there is. `own`: what is the member's own. `none`.
 */
export type Reach = 'none' | 'own' | 'areas' | 'whole' | 'any';

/** The same answer for every role but those named. */
type ByRole<T> = { readonly [R in Role]: T };

const NOBODY: ByRole<Reach> = {
  owner: 'none',
  controller: 'none',
  'budget-holder': 'none',
  contributor: 'none',
  approver: 'none',
  auditor: 'none',
  viewer: 'none',
};

const EVERYBODY: ByRole<Reach> = {
  owner: 'any',
  controller: 'any',
  'budget-holder': 'any',
  contributor: 'any',
  approver: 'any',
  auditor: 'any',
  viewer: 'any',
};

/** What belongs to an area is read by whoever holds something there, but for contributors. */
const READ_BY_AREA: ByRole<Reach> = {
  ...NOBODY,
  owner: 'any',
  controller: 'any',
  'budget-holder': 'areas',
  approver: 'areas',
  auditor: 'areas',
  viewer: 'areas',
};

/** What belongs to a person is read by that person and by finance. */
const READ_BY_PERSON: ByRole<Reach> = {
  owner: 'any',
  controller: 'any',
  'budget-holder': 'own',
  contributor: 'own',
  approver: 'own',
  auditor: 'whole',
  viewer: 'own',
};

export const MAY_READ: { readonly [K in DocumentKind]: ByRole<Reach> } = {
  core: EVERYBODY,
  decisions: EVERYBODY,
  plan: READ_BY_AREA,
  scenario: READ_BY_AREA,
  talk: READ_BY_AREA,
  analysis: READ_BY_AREA,
  ledger: READ_BY_AREA,
  approvals: READ_BY_AREA,
  inbox: READ_BY_PERSON,
  returns: READ_BY_PERSON,
};

/**
 * Who is handed the audit chain. Where it reaches areas only, what its entries say is handed out as far as the
 * documents they are about may be read.
 */
export const MAY_READ_CHAIN: ByRole<Reach> = { ...NOBODY, owner: 'any', controller: 'any', auditor: 'areas' };

/** Of the kinds that people write; the others are the decider's alone. */
export const MAY_WRITE: { readonly [K in DocumentKind]: ByRole<Reach> | 'decider' } = {
  core: { ...NOBODY, owner: 'any', controller: 'any', 'budget-holder': 'any' },
  plan: { ...NOBODY, owner: 'any', controller: 'any', 'budget-holder': 'areas' },
  scenario: { ...NOBODY, owner: 'any', controller: 'any', 'budget-holder': 'areas' },
  talk: {
    ...NOBODY,
    owner: 'any',
    controller: 'any',
    'budget-holder': 'areas',
    approver: 'areas',
    auditor: 'areas',
  },
  analysis: { ...NOBODY, owner: 'any', controller: 'any', 'budget-holder': 'areas' },
  inbox: {
    ...NOBODY,
    owner: 'own',
    controller: 'own',
    'budget-holder': 'own',
    contributor: 'own',
    approver: 'own',
  },
  ledger: 'decider',
  returns: 'decider',
  approvals: 'decider',
  decisions: 'decider',
};

const OWNER: ByRole<Reach> = { ...NOBODY, owner: 'any' };
const FINANCE: ByRole<Reach> = { ...OWNER, controller: 'any' };
const SPENDING: ByRole<Reach> = { ...FINANCE, 'budget-holder': 'areas' };
const APPROVING: ByRole<Reach> = { ...FINANCE, approver: 'areas' };

/** `founding` and `server`: not by right of a role at all. */
export const MAY_GIVE: { readonly [K in Command['kind']]: ByRole<Reach> | 'founding' | 'server' } = {
  'found-workspace': 'founding',
  'rename-workspace': OWNER,
  post: SPENDING,
  return: SPENDING,
  reverse: SPENDING,
  recode: SPENDING,
  'add-department': FINANCE,
  'revise-department': FINANCE,
  'close-department': FINANCE,
  'mark-area': FINANCE,
  'set-calendar': FINANCE,
  'set-rates': FINANCE,
  'remove-rate': FINANCE,
  'set-policy': FINANCE,
  submit: SPENDING,
  // Who may sign and send back is the policy's to say, and whoever stands in for an approver may as well. (A4)
  approve: EVERYBODY,
  'return-submission': EVERYBODY,
  withdraw: EVERYBODY,
  'close-period': FINANCE,
  'reopen-period': FINANCE,
  'transfer-budget': SPENDING,
  'open-amendment': SPENDING,
  invite: OWNER,
  'revoke-invitation': OWNER,
  join: 'server',
  'rename-member': {
    owner: 'any',
    controller: 'own',
    'budget-holder': 'own',
    contributor: 'own',
    approver: 'own',
    auditor: 'own',
    viewer: 'own',
  },
  grant: OWNER,
  'revoke-grant': OWNER,
  'remove-member': OWNER,
  'erase-member': OWNER,
  'set-retention': OWNER,
  delegate: APPROVING,
  'revoke-delegation': { ...APPROVING, controller: 'own', approver: 'own' },
};

/** Roles that approve, and whose authority can therefore be delegated. */
export const APPROVERS: readonly Role[] = ['owner', 'controller', 'approver'];

/** Roles that hold in the whole workspace or not at all. */
export const UNBOUNDED: readonly Role[] = ['owner', 'controller', 'contributor'];
