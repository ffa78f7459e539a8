/** Paths a second of a plan of drivers and formulas, by the pieces that the simulation workers run. */
import type { SimulationQuestion } from '#lib/workers/simulation-messages.ts';
import { prepare } from '#lib/workers/simulation.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { median } from './app-in-chromium.ts';

/** On one core, the median of three runs; shares of the variance and the telling of the figures are part of it. */
export function planPathsPerSecond(size: { paths: number; months: number; lines: number }): number {
  const question = questionOf(size);
  const seconds = Array.from({ length: 3 }, () => {
    const began = process.cpuUsage();
    const prepared = prepare(question);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
    const { pieces, run, finish } = prepared.value;
    const answer = finish(Array.from({ length: pieces }, (_, piece) => run(piece)));
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1e6;
  });
  return Math.round(size.paths / median(seconds));
}

/** Lines are heads at a rate, use at a price in another unit, or a share of the line before. */
function questionOf({ paths, months, lines }: { paths: number; months: number; lines: number }): SimulationQuestion {
  const calendar = { pattern: 'months', startMonth: 1, namedBy: 'end' } as const;
  const years = Array.from({ length: Math.ceil(months / 12) }, (_, i) => periodsOfYear(calendar, 2027 + i));
  const formulas = [
    'heads * rate * (1 + inflation)',
    'use * price * (1 + inflation)',
    'heads * 120 EUR / 1 head + use * price',
  ];
  const units = { heads: 'head', rate: 'EUR/head', use: 'GB', price: 'EUR/GB', inflation: '%' };
  const names = Object.keys(units);
  return {
    definitions: [
      ...Object.entries(units).map(([id, unit]) => {
        return { kind: 'driver' as const, id, name: id, unit, content: { values: [{ from: null, value: '3' }] } };
      }),
      ...Array.from({ length: lines }, (_, i) => {
        const content = { formula: formulas[i % formulas.length] ?? '' };
        return { kind: 'line' as const, id: `l${i}`, name: `l${i}`, currency: 'EUR', nature: 'cost' as const, content };
      }),
    ],
    timeline: years.flat().slice(0, months),
    measure: { currency: 'EUR', rates: new Map(), lines: null },
    varied: names.map((driverId) => {
      const distribution = { kind: 'normal' as const, mean: 1, sd: 0.1 };
      return { driverId, drawn: 'factor' as const, distribution, persistence: 0.8 };
    }),
    correlations: names.slice(1).map((name, at) => ({ between: [names[at] ?? '', name], value: 0.4 })),
    paths,
    replicates: 8,
    seed: 1,
    budget: null,
  };
}
