/** What is left of a decision once somebody it named is erased: everything but the name. (E3) */
import type { LogEntry } from '../decision-log.ts';
import { fullDigest } from '../digest.ts';
import type { DecisionEvent } from '../event.ts';
import type { Remains } from '../people/event.ts';
import { formerName, type People } from '../people/people.ts';

/** The entries that name the member, without contents and with what is left of their events. */
export function redactedEntries(log: readonly LogEntry[], people: People, member: string): readonly LogEntry[] {
  const name = formerName(people);
  const invitations = new Set(
    [...people.invitations.values()].filter(({ acceptedBy }) => acceptedBy === member).map(({ id }) => id),
  );
  const names = (event: DecisionEvent): boolean =>
    event.kind === 'invited'
      ? invitations.has(event.id)
      : (event.kind === 'member-joined' || event.kind === 'member-renamed') && event.member === member;
  return log.flatMap((entry): readonly LogEntry[] => {
    const events = entry.contents?.events ?? [];
    if (!events.some(names)) return [];
    const remains = events.map((event) => (names(event) ? ({ ...event, name } as DecisionEvent) : event));
    return [{ ...entry, contents: null, remains }];
  });
}

/** The digests that the erasing decision vouches for them with. */
export function remainsOf(redacted: readonly LogEntry[]): readonly Remains[] {
  return redacted.map(({ seq, remains }) => ({ seq, digest: fullDigest(remains) }));
}
