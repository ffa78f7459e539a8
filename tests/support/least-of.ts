/**
 * The least that some measurements found, stopping at the first below `enough`: what a busy machine adds is in some of
 * them, what the thing measured costs is in all.
 */
export async function leastOf(most: number, enough: number, measure: () => number | Promise<number>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < most && least >= enough; round += 1) least = Math.min(least, await measure());
  return least;
}
