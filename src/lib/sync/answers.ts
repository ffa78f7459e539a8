/** Answers of the server that travel as JSON: unknown until read here. */
import * as v from 'valibot';
import type { Result } from '#lib/domain/result.ts';
import type { InviteLink, LinkRefusal } from './connection-options.ts';
import type { Answer } from './sync-store.ts';

export type LinkAnswer = Result<
  null | readonly InviteLink[] | { readonly id: string; readonly token: string },
  LinkRefusal
>;

/** Null when it is no answer. Events and refusals are the decider's: their kind is all that is looked at here. */
export function readAnswer(text: string): Answer | null {
  return read(answer, text) as Answer | null;
}

export function readLinkAnswer(text: string): LinkAnswer | null {
  return read(linkAnswer, text);
}

const withKind = v.looseObject({ kind: v.string() });
const answer = v.variant('ok', [
  v.object({ ok: v.literal(true), value: v.array(withKind) }),
  v.object({ ok: v.literal(false), error: withKind }),
]);

const link = v.object({
  id: v.string(),
  createdBy: v.string(),
  createdAt: v.string(),
  revokedAt: v.nullable(v.string()),
});
const linkAnswer = v.variant('ok', [
  v.object({
    ok: v.literal(true),
    value: v.union([v.null(), v.array(link), v.object({ id: v.string(), token: v.string() })]),
  }),
  v.object({ ok: v.literal(false), error: v.picklist(['not-connected', 'unknown-link', 'too-many']) }),
]);

function read<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}
