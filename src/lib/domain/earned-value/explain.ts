/** Earned value in words: what each figure means, and why one is not there. */
import type { Outlook, Undefined } from './indices.ts';

const WHY: Readonly<Record<Undefined, string>> = {
  'no-budget': 'Nothing is planned for this project. Tie budget lines to it.',
  'no-progress': 'Nobody has said how much is complete. Enter it for a period.',
  'nothing-planned': 'Nothing was planned by then, so there is no schedule to compare with.',
  'nothing-spent': 'Nothing is spent by then, so there is no rate of spending.',
  'nothing-earned': 'Nothing is complete by then, so there is no rate to go on with.',
  'no-estimate': 'Nobody has estimated what is left. Enter it for this period.',
  'budget-used': 'The budget is used up and work is left, so it cannot be enough.',
  'work-complete': 'The work is complete, so nothing is left to earn.',
  'too-large': 'This amount is too large to work with.',
};

export function explainUndefined(why: Undefined): string {
  return WHY[why];
}

const OUTLOOK: Readonly<Record<Outlook, string>> = {
  'as-it-went': 'If it goes on as it went',
  'rest-as-planned': 'If the rest costs what was planned',
  'cost-and-delay': 'If cost and delay both go on',
  'bottom-up': 'By what is estimated to be left',
};

export function outlookText(outlook: Outlook): string {
  return OUTLOOK[outlook];
}
