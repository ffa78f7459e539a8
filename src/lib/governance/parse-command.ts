/** Reading a command at the door: nothing that is not wholly understood is decided on. (G21) */
import * as v from 'valibot';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { GivenCommand } from './command.ts';
import { MAX_COMMAND_BYTES, utf8Length } from './parts.ts';
import type { Refusal } from './refusal.ts';
import { commandKinds, givenCommand } from './schema/command-schema.ts';

/** The command in something that came over a socket or out of a store. */
export function parseGivenCommand(value: unknown): Result<GivenCommand, Refusal> {
  const kind = kindOf(value);
  if (typeof kind === 'string' && !(commandKinds as readonly string[]).includes(kind)) {
    return err({ kind: 'unknown-command', command: kind.slice(0, 80) });
  }
  const given = v.safeParse(givenCommand, value, { abortEarly: true });
  if (!given.success) {
    const [issue] = given.issues;
    return err({ kind: 'malformed', path: v.getDotPath(issue) ?? '', found: issue.received.slice(0, 80) });
  }
  const bytes = utf8Length(JSON.stringify(given.output));
  if (bytes > MAX_COMMAND_BYTES) return err({ kind: 'too-large', bytes, limit: MAX_COMMAND_BYTES });
  return ok(given.output);
}

function kindOf(value: unknown): unknown {
  return property(property(value, 'command'), 'kind');
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
