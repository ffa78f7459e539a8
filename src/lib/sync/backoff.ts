const FIRST_MS = 400;
const LONGEST_MS = 30_000;

/**
 * Milliseconds to wait after so many failures in a row: doubling, and between half and all of that by chance, so that
 * devices which lost the same server do not come back all at once.
 */
export function retryDelay(failures: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + random() / 2));
}

const LONGEST_SPREAD_MS = 60_000;

/** Milliseconds to wait before coming back to a server that stops: anywhere within the spread it asked for. */
export function comeBackDelay(reason: string, random: () => number): number {
  const spreadMs = Number(reason);
  return spreadMs >= 0 && spreadMs <= LONGEST_SPREAD_MS ? Math.round(spreadMs * random()) : 0;
}
