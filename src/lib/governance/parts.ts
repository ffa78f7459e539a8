/** Commands about many expenses or entries, cut into parts that travel and commit one by one. (G22) */
import type { LedgerEntry } from '#lib/domain/ledger/entry.ts';
import type { Expense } from '#lib/domain/ledger/expense.ts';
import type { Command } from './command.ts';
import { MAX_PER_COMMAND } from './schema/command-schema.ts';

/** No command is larger than this as JSON, with who gives it and when. */
export const MAX_COMMAND_BYTES = 128 * 1024;

/** Kept free for everything around the expenses or entries. */
const AROUND = 12 * 1024;

type PostCommand = Extract<Command, { kind: 'post' }>;

/** An import batch or any pile of expenses as commands to post them, in their order. */
export function postInParts(
  expenses: readonly Expense[],
  { generations, batch, undatedAs }: Pick<PostCommand, 'generations' | 'batch' | 'undatedAs'>,
): readonly PostCommand[] {
  return inParts(expenses, GENERATION_BYTES).map((part) => {
    const again = part.flatMap(({ id }) => {
      const generation = Object.hasOwn(generations, id) ? generations[id] : undefined;
      return generation === undefined ? [] : [[id, generation] as const];
    });
    return { kind: 'post', expenses: part, generations: Object.fromEntries(again), batch, undatedAs };
  });
}

/** Many entries in groups small enough for one command to return, reverse or re-code. */
export function entriesInParts(entries: readonly LedgerEntry[]): readonly (readonly LedgerEntry[])[] {
  return inParts(entries, 0);
}

/** How many bytes text takes on the wire. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length;
}

const encoder = new TextEncoder();

/** An id with its quotes and the number behind it. */
const GENERATION_BYTES = 80;

function inParts<T>(items: readonly T[], extraBytes: number): T[][] {
  const parts: T[][] = [];
  let part: T[] = [];
  let room = 0;
  for (const item of items) {
    const bytes = utf8Length(JSON.stringify(item)) + 1 + extraBytes;
    if (part.length === 0 || part.length === MAX_PER_COMMAND || bytes > room) {
      part = [];
      parts.push(part);
      room = MAX_COMMAND_BYTES - AROUND;
    }
    part.push(item);
    room -= bytes;
  }
  return parts;
}
