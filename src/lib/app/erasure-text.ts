/** What erasing somebody takes away, and what stays: said before it is done. */
import type { Member, Retention } from '#lib/governance/people/people.ts';
import { yearsAfter } from '#lib/governance/privacy/retention.ts';

export function erasureText(
  { removedAt }: Pick<Member, 'removedAt'>,
  { records, audit }: Retention,
  now: string,
  dayText: (instant: string) => string,
): string {
  const until = keptUntil({ removedAt }, records);
  const captured =
    until <= now
      ? 'What they captured and never posted goes as well.'
      : `What they captured is a financial record: it is kept until ${dayText(until)}, then erased.`;
  const chain =
    audit === 0
      ? 'What the audit chain says of them goes too, and the chain still verifies.'
      : `Each of their entries in the audit chain is kept for ${audit} ${audit === 1 ? 'year' : 'years'}, then erased; the chain still verifies.`;
  return [
    'Their name becomes “Former member” with a number, everywhere. Their devices and their account, with every way to sign in, go from the server, unless the account is used in another workspace.',
    captured,
    chain,
    'Amounts and everything posted stay. Backups and copies on other devices are not reached.',
  ].join(' ');
}

/** Until when what somebody captured is kept. */
export function keptUntil({ removedAt }: Pick<Member, 'removedAt'>, years: number): string {
  return removedAt === null ? '' : yearsAfter(removedAt, years);
}
