/**
 * Incarnation ids: under which one log of a document its rows are numbered. A server that goes on from a copy names how
 * far the copy went, `<id>~<rows>.<token>` and again for a copy of that one: so whoever knows the document under another
 * incarnation can tell how many of its rows are the same.
 */

/** The incarnation under which a document goes on from a copy that holds the rows 1 to `head`. (D19) */
export function restoredIncarnation(incarnation: string, head: number, token: string): string {
  const { origin, forks } = read(incarnation);
  return write(origin, [...forks, { head, token }]);
}

/** The incarnation of a document that begins anew on purpose: what was in it before shall not come back. (D21) */
export function renewedIncarnation(id: string): string {
  return `${id}${RENEWED}`;
}

/**
 * How many rows a document has in common with the one that was known before: all of them under the same incarnation,
 * none when its log was lost as a whole. Null when it has begun anew on purpose. (D19, D21)
 */
export function commonRows(before: string, now: string): number | null {
  if (before === now) return Infinity;
  const [a, b] = [read(before), read(now)];
  if (a.origin !== b.origin) return b.origin.endsWith(RENEWED) ? null : 0;
  const differs = a.forks.findIndex((fork, index) => fork.token !== b.forks[index]?.token);
  const from = differs === -1 ? a.forks.length : differs;
  return Math.min(a.forks[from]?.head ?? Infinity, b.forks[from]?.head ?? Infinity);
}

interface Fork {
  readonly head: number;
  readonly token: string;
}

const RENEWED = '!';
/** As long as an incarnation may be on the wire. */
const LONGEST = 64;

function read(incarnation: string): { readonly origin: string; readonly forks: readonly Fork[] } {
  const [origin = '', ...forks] = incarnation.split('~');
  return {
    origin,
    forks: forks.map((fork) => {
      const [head, token = ''] = fork.split('.');
      return { head: Number(head), token };
    }),
  };
}

/** Where there is no room for more, the two oldest copies count as one that went only as far as the shorter. */
function write(origin: string, forks: readonly Fork[]): string {
  const text = [origin, ...forks.map(({ head, token }) => `${head}.${token}`)].join('~');
  const [first, second, ...rest] = forks;
  if (text.length <= LONGEST || first === undefined || second === undefined) return text;
  return write(origin, [{ head: Math.min(first.head, second.head), token: second.token }, ...rest]);
}
