/** Sentences for what was refused about people, or for want of rights. */
import type { Role } from './people.ts';
import type { DelegationFault, GrantFault, PeopleRefusal } from './refusal.ts';

export function explainPeople(refusal: PeopleRefusal): string {
  switch (refusal.kind) {
    case 'not-allowed':
      return refusal.roles.length === 0
        ? 'Nobody can ask for this by hand. Nothing was changed.'
        : `Your role does not allow this. Ask ${oneOf(refusal.roles)} to do it, or an owner to give you the role.`;
    case 'not-in-area':
      return 'Your role does not reach into the department this is booked to. Choose one of your own departments, or ask an owner for the right.';
    case 'unknown-member':
      return 'This person is not a member of the workspace. Wait until the device is up to date and try again.';
    case 'member-was-removed':
      return 'This person has been removed from the workspace. Invite them again to give them rights.';
    case 'still-member':
      return 'This person still works here. Remove them from the workspace first, then erase their data.';
    case 'already-member':
      return 'This person is a member already. Open the workspace instead of joining it.';
    case 'id-taken':
      return 'Something else was kept under the same id. Nothing was changed: reload the app and try again.';
    case 'unknown-invitation':
      return 'There is no such invitation. Ask whoever sent the link for a new one.';
    case 'invitation-over':
      return `${INVITATION_OVER[refusal.why]} Ask an owner of the workspace for a new one.`;
    case 'unknown-grant':
      return 'This right is not there any more. Somebody may have taken it back already: look at the list again.';
    case 'unknown-delegation':
      return 'This delegation is not there. Wait until the device is up to date and try again.';
    case 'grant-refused':
      return GRANT_FAULTS[refusal.why];
    case 'last-owner':
      return 'A workspace keeps at least one owner whose right has no end. Make somebody else an owner first, then try again.';
    case 'delegation-refused':
      return DELEGATION_FAULTS[refusal.why];
  }
}

/** How a role is called, with its article. */
const ROLE_NAMES: { readonly [R in Role]: string } = {
  owner: 'an owner',
  controller: 'a controller',
  'budget-holder': 'a budget holder',
  contributor: 'a contributor',
  approver: 'an approver',
  auditor: 'an auditor',
  viewer: 'a viewer',
};

const INVITATION_OVER = {
  accepted: 'Somebody has joined by this invitation already, and it lets in one person only.',
  revoked: 'This invitation was taken back.',
  expired: 'This invitation has expired.',
};

const GRANT_FAULTS: { readonly [F in GrantFault]: string } = {
  'no-grant': 'An invitation gives at least one role. Choose one.',
  'ends-before-it-begins': 'The role would end before it begins. Change one of the two dates.',
  'not-in-the-future': 'The invitation would have expired already. Choose a later day.',
  'no-area': 'The role would hold in no department. Choose at least one, or all of them.',
  'unknown-area':
    'One of the departments is not an area of its own. Choose among the areas, or mark the department as one first.',
  'for-all-areas':
    'Owners, controllers and contributors are so in the whole workspace. Leave the departments out, or choose another role.',
  'not-an-approver': 'Only approvers have a limit. Leave it out, or make this person an approver.',
  'below-zero': 'A limit is not below zero. Enter a larger amount, or leave it out.',
};

const DELEGATION_FAULTS: { readonly [F in DelegationFault]: string } = {
  'nothing-to-delegate':
    'You hold no authority of your own to approve, and what was delegated to you cannot be passed on. Ask whoever delegated it.',
  'to-oneself': 'This would delegate to yourself. Choose somebody else.',
  dates: 'The delegation would be over before it begins. Choose other dates.',
  'above-own-limit': 'This is more than you may approve yourself. Choose a limit up to your own.',
  'below-zero': 'A limit is not below zero. Enter a larger amount, or leave it out.',
};

function oneOf(roles: readonly Role[]): string {
  const names = roles.map((role) => ROLE_NAMES[role]);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}
