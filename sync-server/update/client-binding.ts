/**
 * Whose Yjs client id it is. The first who writes under an id owns it: a member on a device. Anybody may deliver again
 * what is known under it, nobody else may add to it; so what is shown as author cannot be forged.
 */
import { err, ok } from '#lib/domain/result.ts';
import type { Result } from '#lib/domain/result.ts';

export interface Author {
  readonly member: string;
  readonly device: string;
}

/** The server itself, where it writes what was decided. */
export const DECIDER: Author = { member: 'decider', device: 'decider' };

/** Yjs clocks of one client id that an update brings: from `from` up to, not including, `to`. */
export interface ClientRange {
  readonly client: number;
  readonly from: number;
  readonly to: number;
}

export interface BoundClient extends Author {
  /** Everything before this clock is here. */
  readonly clock: number;
  /** What came before its predecessor did, in order of `from`. */
  readonly beyond: readonly ClientRange[];
}

/** The client after the range, and whether the range left a gap before it. */
export function bindRange(
  known: BoundClient | null,
  author: Author,
  range: ClientRange,
): Result<{ readonly bound: BoundClient; readonly gap: boolean }, 'client-taken'> {
  const owner = known ?? { ...author, clock: 0, beyond: [] };
  const isTheirs = owner.member === author.member && owner.device === author.device;
  if (!isTheirs) return range.to <= owner.clock ? ok({ bound: owner, gap: false }) : err('client-taken');
  return ok({ bound: { ...owner, ...absorb(owner, range) }, gap: range.from > owner.clock });
}

function absorb(owner: BoundClient, range: ClientRange): Pick<BoundClient, 'clock' | 'beyond'> {
  let clock = owner.clock;
  const beyond: ClientRange[] = [];
  for (const next of [...owner.beyond, range].sort((one, other) => one.from - other.from)) {
    const last = beyond.at(-1);
    if (next.from <= clock) clock = Math.max(clock, next.to);
    else if (last !== undefined && next.from <= last.to) {
      beyond[beyond.length - 1] = { ...last, to: Math.max(last.to, next.to) };
    } else beyond.push(next);
  }
  return { clock, beyond };
}
