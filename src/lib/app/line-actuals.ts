/** What was spent on each line of a plan, in the base currency. */
import type { Period } from '#lib/domain/fiscal/period.ts';
import type { Reader } from './reader.ts';

/** Posted minor units by period, in the order of the lines. Revenue lines have their revenue. */
export async function actualsByLine(
  reader: Reader,
  lines: readonly { readonly id: string; readonly nature: 'cost' | 'revenue' }[],
  periods: readonly Period[],
): Promise<ReadonlyMap<string, Float64Array>> {
  const [first, last] = [periods[0], periods.at(-1)];
  const figures = new Map(periods.map(({ key }) => [key, new Float64Array(lines.length)]));
  if (first === undefined || last === undefined) return figures;
  const report = await reader.report({
    by: ['period', 'line'],
    filter: { states: ['posted'], periods: { from: first.key, to: last.key } },
  });
  const [keys = [], ids = []] = report.axes;
  const positions = new Map(ids.map((id, position) => [id, position]));
  for (const [row, key] of keys.entries()) {
    const target = figures.get(key);
    for (const [index, { id, nature }] of lines.entries()) {
      const position = positions.get(id);
      if (target !== undefined && position !== undefined)
        target[index] = report[nature][row * ids.length + position] ?? 0;
    }
  }
  return figures;
}
