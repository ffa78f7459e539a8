/** What servers of one database tell each other. Nothing rests on it: whatever gets lost is found in the database. */
import * as v from 'valibot';

const letterSchema = v.variant('kind', [
  /** The server is there; it says so every second, to itself as well. */
  v.object({ kind: v.literal('here'), from: v.string() }),
  /** Something was committed in these workspaces. */
  v.object({ kind: v.literal('changed'), from: v.string(), workspaces: v.array(v.string()) }),
  /** What a device says of the people in a document; `states` in base64. */
  v.object({
    kind: v.literal('present'),
    from: v.string(),
    workspace: v.string(),
    document: v.string(),
    device: v.string(),
    states: v.string(),
  }),
  /** The server has just opened a document: who is in it? */
  v.object({ kind: v.literal('who'), from: v.string(), workspace: v.string(), document: v.string() }),
]);

export type Letter = v.InferOutput<typeof letterSchema>;

/** Null when it is none that this version knows. */
export function readLetter(text: string): Letter | null {
  try {
    const letter = v.safeParse(letterSchema, JSON.parse(text));
    return letter.success ? letter.output : null;
  } catch {
    return null;
  }
}

export function writeLetter(letter: Letter): string {
  return JSON.stringify(letter);
}
