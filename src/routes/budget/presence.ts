/** Other people in the grid: what is sent of one's own cursor, and what is read of theirs. */
import type { CellRef, RemoteCursor } from '#lib/ui/grid/marks.ts';
import { colourOf, initialsOf, type Person } from '#lib/ui/presence/person.ts';

interface CursorState {
  readonly member: string;
  readonly cell: CellRef;
  readonly far: CellRef | null;
  readonly editing: boolean;
}

export function cursorState(
  member: string,
  { line, column }: CellRef,
  far: CellRef | null,
  editing: boolean,
): Readonly<Record<string, unknown>> {
  const state: CursorState = {
    member,
    cell: { line, column },
    far: far && { line: far.line, column: far.column },
    editing,
  };
  return { ...state };
}

/** Cursors of others as they can be read; anything else that came over the wire is ignored. */
export function remoteCursors(
  peers: readonly { readonly client: number; readonly state: unknown }[],
  nameOf: (member: string) => string,
): RemoteCursor[] {
  return peers.flatMap(({ client, state }) => {
    if (!isCursorState(state)) return [];
    const name = nameOf(state.member);
    const { cell, far, editing } = state;
    const colour = colourOf(state.member);
    const cursor = { client: String(client), name, initials: initialsOf(name), colour, cell, editing, away: false };
    return [far === null ? cursor : { ...cursor, far }];
  });
}

/** Everybody who has a cursor here, each once, with the line it stands in. */
export function peopleHere(
  peers: readonly { readonly state: unknown }[],
  nameOf: (member: string) => string,
  whereOf: (line: string) => string | undefined,
): (Person & { readonly line: string })[] {
  const states = new Map(peers.flatMap(({ state }) => (isCursorState(state) ? [[state.member, state] as const] : [])));
  return [...states.values()].map(({ member, cell: { line } }) => {
    const where = whereOf(line);
    const person = { id: member, name: nameOf(member), colour: colourOf(member), line };
    return where === undefined ? person : { ...person, where };
  });
}

function isCursorState(value: unknown): value is CursorState {
  if (!isRecord(value)) return false;
  const { member, cell, far, editing } = value;
  return typeof member === 'string' && isCell(cell) && (far === null || isCell(far)) && typeof editing === 'boolean';
}

function isCell(value: unknown): value is CellRef {
  return isRecord(value) && typeof value['line'] === 'string' && typeof value['column'] === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
