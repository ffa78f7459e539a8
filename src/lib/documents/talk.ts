/** `talk/<yyyy>/<area>`: what people say about the numbers; open also beside a sealed document. */
import * as v from 'valibot';
import { reference, text } from './field-readers.ts';
import { plainSchema } from './record-schema.ts';

/** One comment on a record or on one field of it. */
interface Comment {
  readonly id: string;
  /** Document, collection and record it is about, and the field or null for the whole record. */
  readonly document: string;
  readonly collection: string;
  readonly recordId: string;
  readonly field: string | null;
  /** The comment it answers, or null. */
  readonly answers: string | null;
  readonly text: string;
  readonly writtenBy: string;
  /** ISO instant by the writer's clock. */
  readonly writtenAt: string;
  readonly resolved: boolean;
}

const comments = plainSchema<Comment>(
  ['document', 'collection', 'recordId', 'field', 'answers', 'text', 'writtenBy', 'writtenAt', 'resolved'],
  v.object({
    id: text,
    document: text,
    collection: text,
    recordId: text,
    field: reference,
    answers: reference,
    text,
    writtenBy: text,
    writtenAt: text,
    resolved: v.boolean(),
  }),
);

export const talkSchemas = { comments };
