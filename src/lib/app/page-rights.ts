/** Which pages are for whom: what is offered in menus and by keys, and why an address shows nothing. */
import type { Role } from '#lib/governance/people/people.ts';
import type { Rights } from './rights.ts';

interface PageRule {
  /** Whoever has one of these roles somewhere, or stands in for somebody who has. */
  readonly roles: readonly Role[];
  /** What everybody else is told. */
  readonly why: string;
}

/** Pages that are not for everybody, by their address. */
const RULES: Readonly<Record<string, PageRule>> = {
  '/budget': {
    roles: ['owner', 'controller', 'budget-holder', 'approver', 'auditor', 'viewer'],
    why: 'Your role lets you capture expenses. Plans are read by those who hold, approve or check a budget.',
  },
  '/scenarios': {
    roles: ['owner', 'controller', 'budget-holder', 'approver', 'auditor', 'viewer'],
    why: 'Scenarios stand over plans, and those are read by who holds, approves or checks a budget.',
  },
  '/capture': {
    roles: ['owner', 'controller', 'budget-holder', 'contributor', 'approver'],
    why: 'Your role lets you read this workspace. Expenses are captured by those who spend.',
  },
  '/import': {
    roles: ['owner', 'controller', 'budget-holder', 'contributor', 'approver'],
    why: 'Your role lets you read this workspace. Files are imported by those who spend.',
  },
  '/forecast': {
    roles: ['owner', 'controller', 'budget-holder', 'approver', 'auditor', 'viewer'],
    why: 'Your role lets you capture expenses. Forecasts are read by those who hold, approve or check a budget.',
  },
  '/approvals': {
    roles: ['owner', 'controller', 'budget-holder', 'approver', 'auditor'],
    why: 'There is nothing to submit or approve in your role. Ask an owner for the right.',
  },
  '/close': {
    roles: ['owner', 'controller', 'auditor'],
    why: 'Months are closed by owners and controllers.',
  },
  '/audit': {
    roles: ['owner', 'controller', 'budget-holder', 'approver', 'auditor'],
    why: 'The audit trail is for those who plan, approve, close or audit.',
  },
};

/** Null when the page is for this person, or when it is not known yet; otherwise why not, as a sentence. */
export function whyNotAt(path: string, rights: Rights | null): string | null {
  const rule = RULES[path];
  if (rule === undefined || rights === null || rule.roles.some((role) => rights.roles.has(role))) return null;
  return rights.roles.size === 0 ? NO_ROLE : rule.why;
}

const NO_ROLE = 'You have no role in this workspace today. Ask an owner to give you one.';
