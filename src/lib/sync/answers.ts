/** Answers of the server that travel as JSON: unknown until read here. */
import * as v from 'valibot';
import type { Answer } from './sync-store.ts';

/** Null when it is no answer. Events and refusals are the decider's: their kind is all that is looked at here. */
export function readAnswer(text: string): Answer | null {
  return read(answer, text) as Answer | null;
}

const withKind = v.looseObject({ kind: v.string() });
const answer = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.array(withKind) }),
  v.object({ ok: v.literal(false), error: withKind }),
]);

function read<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
