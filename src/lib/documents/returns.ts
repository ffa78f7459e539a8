/** `returns/<member>`: why expenses of one member came back. Written by the decider only, for the member and finance. */
import * as v from 'valibot';
import { count, text } from './field-readers.ts';
import { plainSchema } from './record-schema.ts';

/** Why an expense came back to its owner the last time; the record's id is the expense's. */
interface ReturnedExpense {
  readonly id: string;
  readonly reason: string;
  /** The generation its next posting makes. */
  readonly generation: number;
  /** Whether it was posted again since. */
  readonly posted: boolean;
}

const returned = plainSchema<ReturnedExpense>(
  ['reason', 'generation', 'posted'],
  v.object({ id: text, reason: text, generation: count, posted: v.boolean() }),
);

export const returnsSchemas = { returned };
