/** Refusals about approving and closing in sentences. */
import type { ApprovalRefusal } from './commands.ts';

/** What is wrong and what to do about it. */
export function explainApproval(refusal: ApprovalRefusal): string {
  switch (refusal.kind) {
    case 'unknown-request':
      return 'What this is about is not known here. Wait until the device is up to date and try again.';
    case 'request-settled':
      return `It is ${SETTLED[refusal.status]} already, so there is nothing left to decide.`;
    case 'content-moved':
      return 'It was changed since you looked at it, so your approval would be for something else. Look at what it says now and decide again.';
    case 'still-moving':
      return 'Somebody is writing in it at this moment, so it cannot be sealed. Wait until they have stopped, look at what it says then, and decide again.';
    case 'document-incomplete':
      return 'Changes made elsewhere have only partly arrived, so what would be sealed is not known. Wait until everything has synced and try again.';
    case 'already-submitted':
      return 'It is submitted or approved already. Withdraw it first, or open an amendment.';
    case 'part-undecided':
      return 'One of its parts still waits for approval by itself. Have that decided or withdrawn first.';
    case 'version-submitted':
      return 'The whole version is submitted or approved, with this part in it. Withdraw the version, or open an amendment.';
    case 'no-rule':
      return 'No rule of the approval policy says who decides about this. Ask a controller to add one under Approvals.';
    case 'no-rate':
      return `There is no rate from ${refusal.currency} to ${refusal.base} for ${refusal.date}, so its value is not known. Add one under Settings, Currencies and rates.`;
    case 'amount-too-large':
      return `In ${refusal.base} the total is larger than can be kept exactly. Check the amounts and the rates.`;
    case 'own-submission':
      return refusal.delegated
        ? 'You stand in for the person who submitted this, and nobody approves what they submitted, themselves or through somebody else. Ask another approver.'
        : 'You submitted this yourself, and nobody approves what they submitted. Ask another approver.';
    case 'already-signed':
      return 'You, or whoever you stand in for, signed this already. The next signature has to be another person’s.';
    case 'not-your-step':
      return `It waits for ${anyOf(refusal.roles)} of its area. Ask one of them, or have that role granted to you.`;
    case 'limit-too-low':
      return 'Its total value is above your limit. Somebody with a higher limit has to decide; you can return it with a note.';
    case 'duties-conflict':
      return CONFLICTS[refusal.conflict];
    case 'not-yours':
      return 'Only the person who submitted it can withdraw it. Return it instead.';
    case 'id-taken':
      return 'Something else was submitted under the same number. Submit it again.';
    case 'policy-incomplete':
      return POLICY_FAULTS[refusal.why];
    case 'not-approved':
      return 'This version is not approved, or an amendment has taken its place. Edit a draft directly; an approved version changes by transfers and amendments.';
    case 'same-cell':
      return 'Both sides are the same month of the same line. Choose another line or month.';
    case 'unknown-line':
      return 'One of the lines is not in this version. Wait until the device is up to date and choose again.';
    case 'line-currency':
      return `One of the lines is in ${refusal.currency}. Money moves between lines of one currency only.`;
    case 'by-formula':
      return 'One of the lines is worked out by a formula, so no money can be moved into or out of a month of it. Open an amendment and change its drivers.';
    case 'without-figures':
      return `“${refusal.line}” has a formula that gives no figures, so the value of the plan is not known. Mend the formula under Budget and submit again.`;
    case 'not-enough':
      return 'The line has less in that month than is to be moved. Lower the amount, or take it from another month.';
    case 'period-closed':
      return `${refusal.period} is closed, so its plan stays as it is. Choose an open month.`;
    case 'period-not-closed':
      return `${refusal.period} is not closed. Somebody may have reopened it already.`;
    case 'unknown-period':
      return `${refusal.period} is not a period of this workspace’s calendar.`;
  }
}

const SETTLED = {
  open: 'waiting',
  approved: 'approved',
  returned: 'returned',
  withdrawn: 'withdrawn',
  superseded: 'replaced by an amendment',
};

const CONFLICTS = {
  'edit-approve':
    'You wrote in this plan, and by this workspace’s policy nobody approves what they edited. Ask another approver.',
  'post-close':
    'You posted into this period, and by this workspace’s policy somebody else has to close it. Ask another controller.',
  'roles-approve':
    'You manage who may do what, and by this workspace’s policy you do not approve as well. Ask another approver.',
};

const POLICY_FAULTS = {
  'no-rules': 'A policy without a rule would leave everything undecided. Add one.',
  'no-steps': 'Every rule needs at least one signature. Add a step, or remove the rule.',
  'no-lowest-band': 'Small amounts would be decided by nobody. Keep one rule for everything, from 0 on.',
  'same-id': 'Two rules or steps of the policy carry the same number. Reload the page and edit it again.',
};

function anyOf(roles: readonly string[]): string {
  const [first = 'an approver', ...others] = [...new Set(roles)].map((role) => `${article(role)} ${role}`);
  const last = others.pop();
  return last === undefined ? first : `${[first, ...others].join(', ')} or ${last}`;
}

function article(role: string): string {
  return /^[aeiou]/.test(role) ? 'an' : 'a';
}
