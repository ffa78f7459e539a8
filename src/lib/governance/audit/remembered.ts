/** What a device keeps of a server's chain, and how it notices that the history behind it is another one. (A10) */
import type { HeadAnswer } from './chain-wire.ts';
import { verifyHead, type SignedHead } from './signed-head.ts';

export interface RememberedChain {
  /** The newest head that was seen. */
  readonly head: SignedHead;
  /** Everything that was ever found wrong, in order; nothing is taken from it. */
  readonly findings: readonly ChainFinding[];
}

export interface ChainFinding {
  /**
   * `rewritten`: the entry that was remembered has another hash. `truncated`: the chain ends before it. `other-key`: the
   * head is signed with another key than before. `forged`: its signature is not valid, or it is another workspace's.
   */
  readonly why: 'rewritten' | 'truncated' | 'other-key' | 'forged';
  /** What was remembered, and what the server showed: the proof. */
  readonly before: SignedHead | null;
  readonly now: SignedHead;
  readonly foundAt: string;
  /** Whether the person has said that they know. */
  readonly isKnown: boolean;
}

/** What is remembered after the server has answered about the head that was remembered before. */
export async function rememberedAfter(
  before: RememberedChain | null,
  { head, hash }: HeadAnswer,
  workspace: string,
  foundAt: string,
): Promise<RememberedChain | null> {
  const isGenuine = head.workspace === workspace && (await verifyHead(head));
  const why = isGenuine ? faultBetween(before?.head ?? null, head, hash) : 'forged';
  if (why === null) return { head, findings: before?.findings ?? [] };
  const finding = { why, before: before?.head ?? null, now: head, foundAt, isKnown: false };
  // A head that nobody vouches for is shown, and not remembered in place of one that somebody did.
  const kept = why === 'forged' ? before?.head : head;
  if (kept === undefined) return null;
  return { head: kept, findings: [...(before?.findings ?? []), finding] };
}

function faultBetween(before: SignedHead | null, now: SignedHead, hash: string | null): ChainFinding['why'] | null {
  if (before === null) return null;
  if (now.seq < before.seq) return 'truncated';
  if (before.seq > 0 && hash !== before.hash) return 'rewritten';
  return now.key === before.key ? null : 'other-key';
}
