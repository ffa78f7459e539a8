/** In which order definitions are worked out, and which wait for each other in a circle. (E17, E18) */
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Checked } from './check.ts';

type Needs = Checked['needs'];

/**
 * Definitions that are worked out together, period by period, in this order: those that feed each other's later
 * periods. Most groups have one.
 */
export type Group = readonly number[];

/** The groups in order, each after all that it needs; or the places of a circle, the first again at its end. */
export function orderOf(needs: readonly Needs[]): Result<readonly Group[], readonly number[]> {
  const groups: Group[] = [];
  for (const members of components(needs.length, (index) => (needs[index] ?? []).map((need) => need.index))) {
    const group = ordered(members, needs);
    if (!group.ok) return group;
    groups.push(group.value);
  }
  return ok(groups);
}

/** Whether groups still hold all definitions, each after all that it needs. May be wrong in saying no. */
export function isInOrder(groups: readonly Group[], needs: readonly Needs[]): boolean {
  const position = new Int32Array(needs.length).fill(needs.length);
  groups.forEach((group, at) => {
    for (const index of group) position[index] = at;
  });
  const isAfter = (index: number): boolean =>
    needs[index]!.every((need) => {
      const distance = position[index]! - position[need.index]!;
      return distance > 0 || (distance === 0 && need.when === 'earlier');
    });
  return needs.every((_, index) => position[index] !== needs.length && isAfter(index));
}

/** A group by what its members need in the same period. What needs all periods of a member cannot be in its group. */
function ordered(members: readonly number[], needs: readonly Needs[]): Result<Group, readonly number[]> {
  const places = new Map(members.map((index, place) => [index, place]));
  const inside = (index: number, whole: boolean): number[] =>
    (needs[index] ?? []).flatMap((need) =>
      places.has(need.index) && (whole || need.when === 'now') ? [need.index] : [],
    );
  for (const index of members) {
    const back = (needs[index] ?? []).find((need) => need.when === 'all' && places.has(need.index));
    if (back) return err([index, ...pathBetween(back.index, index, (at) => inside(at, true))]);
  }
  const group: number[] = [];
  for (const part of components(members.length, (place) =>
    inside(members[place]!, false).map((at) => places.get(at)!),
  )) {
    const at = members[part[0]!]!;
    const next = inside(at, false).find((index) => part.includes(places.get(index)!));
    if (next !== undefined) return err([at, ...pathBetween(next, at, (index) => inside(index, false))]);
    group.push(at);
  }
  return ok(group);
}

/** A shortest way from one place to another, both included. There is one. */
function pathBetween(from: number, to: number, next: (index: number) => readonly number[]): number[] {
  const cameFrom = new Map<number, number>([[from, from]]);
  const waiting = [from];
  for (const at of waiting) {
    if (at === to) break;
    for (const other of next(at)) {
      if (cameFrom.has(other)) continue;
      cameFrom.set(other, at);
      waiting.push(other);
    }
  }
  const path = [to];
  for (let at = to; at !== from;) path.unshift((at = cameFrom.get(at) ?? from));
  return path;
}

/**
 * Strongly connected components, each after those it leads to (Tarjan, 1972), without recursion: a chain of thousands
 * of lines is no reason to overflow a stack.
 */
function* components(count: number, next: (index: number) => readonly number[]): Generator<number[]> {
  const found = new Int32Array(count).fill(-1);
  const lowest = new Int32Array(count);
  const isOpen = new Uint8Array(count);
  const open: number[] = [];
  let clock = 0;
  for (let root = 0; root < count; root += 1) {
    if (found[root] !== -1) continue;
    const path: { readonly at: number; readonly edges: readonly number[]; edge: number }[] = [];
    const enter = (at: number): void => {
      found[at] = lowest[at] = clock++;
      isOpen[at] = 1;
      open.push(at);
      path.push({ at, edges: next(at), edge: 0 });
    };
    enter(root);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const { at } = step;
      const to = step.edges[step.edge++];
      if (to !== undefined) {
        if (found[to] === -1) enter(to);
        else if (isOpen[to] === 1) lowest[at] = Math.min(lowest[at]!, found[to]!);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) lowest[above.at] = Math.min(lowest[above.at]!, lowest[at]!);
      if (lowest[at] !== found[at]) continue;
      const component = open.splice(open.lastIndexOf(at));
      for (const each of component) isOpen[each] = 0;
      yield component;
    }
  }
}
