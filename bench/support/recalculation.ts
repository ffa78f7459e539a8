/** A model of lines fed by drivers, worked out whole, and again after one change. */
import { periodTotals, type Measure } from '#lib/analysis/scenario/measure.ts';
import type { Definition, Driver, ModelLine } from '#lib/domain/expression/definition.ts';
import { amountsIn, changed, modelOf, type Model } from '#lib/domain/expression/model.ts';
import { periodsOfYear } from '#lib/domain/fiscal/period.ts';
import { numbersFrom } from '#tests/support/seeded-numbers.ts';
import { median, quantile, round } from './app-in-chromium.ts';

export interface Recalculation {
  /** Reading, checking and ordering all formulas, then all figures and totals. */
  readonly fullMs: number;
  /** From one changed driver or amount to all figures and totals: median and 95th percentile. */
  readonly incrementalMs: number;
  readonly incrementalP95Ms: number;
  /** The same after a formula was typed, and after a driver that nearly all lines need. */
  readonly formulaMs: number;
  readonly everywhereMs: number;
  /** Lines that a change reached, on average. */
  readonly reached: number;
  /** Whether every amount after all changes is that of working everything out afresh. */
  readonly checked: boolean;
}

export interface Size {
  readonly lines: number;
  readonly periods: number;
  readonly drivers: number;
}

const CHANGES = 60;
const FULL_RUNS = 5;
const all: Measure = { currency: 'EUR', rates: new Map(), lines: null };

export function recalculation(size: Size): Recalculation {
  const timeline = timelineOf(size.periods);
  const fresh = (): readonly Definition[] => makeDefinitions(size);
  const build = (definitions: readonly Definition[]): Model => {
    const model = modelOf(definitions, timeline);
    if (!model.ok) throw new Error(JSON.stringify(model.error.slice(0, 3)));
    periodTotals(model.value, all);
    return model.value;
  };
  const runs = Array.from({ length: FULL_RUNS }, () => {
    const definitions = fresh();
    return timed(() => build(definitions)).ms;
  });

  let model = build(fresh());
  let reached = 0;
  const change = (definition: Definition): number => {
    const { ms, value } = timed(() => {
      const after = changed(model, [definition]);
      if (after.ok) periodTotals(after.value.model, all);
      return after;
    });
    if (!value.ok) throw new Error(JSON.stringify(value.error));
    model = value.value.model;
    reached += value.value.ids.length;
    return ms;
  };
  const random = numbersFrom(1);
  const times = Array.from({ length: CHANGES }, (_, i) => change(smallChange(size, i, random)));
  const reachedBySmall = reached;
  const formulas = Array.from({ length: 10 }, (_, i) => change(typedFormula(size, i)));
  const everywhere = Array.from({ length: 10 }, (_, i) => change(driver(0, '%', `0.0${i + 11}`)));

  const afresh = build(model.nodes.map(({ definition }) => definition));
  const lines = afresh.nodes.flatMap(({ definition: { kind, id } }) => (kind === 'line' ? [id] : []));
  const amounts = (of: Model) => JSON.stringify(lines.map((id) => amountsIn(of, id)));
  return {
    fullMs: round(median(runs)),
    incrementalMs: round(median(times), 2),
    incrementalP95Ms: round(quantile(times, 0.95), 2),
    formulaMs: round(median(formulas), 2),
    everywhereMs: round(median(everywhere), 2),
    reached: round(reachedBySmall / CHANGES),
    checked: amounts(model) === amounts(afresh),
  };
}

function timelineOf(periods: number): Model['timeline'] {
  const calendar = { pattern: 'months', startMonth: 4, namedBy: 'end' } as const;
  const years = Array.from({ length: Math.ceil(periods / 12) }, (_, i) => periodsOfYear(calendar, 2027 + i));
  return years.flat().slice(0, periods);
}

/**
 * Driver 0 is inflation, 1 a dollar. Of the others a third are heads, a third what one costs and a third use that grows
 * by a rate and by inflation. Of ten lines four are people, two use at a price in dollars, two contracts with a dated
 * step, one a share of the line before it, one typed amounts.
 */
function makeDefinitions({ lines, drivers }: Size): readonly Definition[] {
  return [
    ...Array.from({ length: drivers }, (_, i) => makeDriver(i)),
    ...Array.from({ length: lines }, (_, i) => makeLine(i, drivers)),
  ];
}

function makeDriver(i: number): Driver {
  if (i === 0) return driver(i, '%', '0.03');
  if (i === 1) return driver(i, 'EUR/USD', '0.9137');
  if (i % 3 === 2) return driver(i, 'head', String(5 + (i % 40)));
  if (i % 3 === 0)
    return { ...driver(i, 'EUR/head', ''), content: { formula: `prev(d${i} * (1 + d0 / 12); ${3000 + 17 * i})` } };
  return { ...driver(i, 'GB', ''), content: { formula: `prev(d${i} * 1.018; ${100 * i})` } };
}

function driver(i: number, unit: string, value: string): Driver {
  return { kind: 'driver', id: `d${i}`, name: `d${i}`, unit, content: { values: [{ from: null, value }] } };
}

function makeLine(i: number, drivers: number): ModelLine {
  const kind = i % 10;
  const heads = nth(2, i, drivers);
  if (kind < 4) return line(i, `d${heads} * d${nth(0, i * 7, drivers)} * (1 + d0)`);
  if (kind < 6) return line(i, `d${nth(1, i, drivers)} * 0.023 USD / 1 GB * d1`);
  if (kind < 8) return line(i, `dated(${1000 + i} EUR; "2028-01-01"; ${1050 + i} EUR) * (1 + d0 * (year - 2027))`);
  if (kind === 8) return line(i, `l${i - 1} * 2.5%`);
  const phases = Object.fromEntries(timelineOf(36).map(({ key }, at) => [key, 1000 * i + at]));
  return { ...line(i, ''), content: { phases } };
}

function line(i: number, formula: string): ModelLine {
  return { kind: 'line', id: `l${i}`, name: `l${i}`, currency: 'EUR', nature: 'cost', content: { formula } };
}

/** One of the drivers from the third on whose place leaves `rest` when divided by three. */
function nth(rest: number, i: number, drivers: number): number {
  const first = rest === 2 ? 2 : rest + 3;
  const count = Math.floor((drivers - 1 - first) / 3) + 1;
  return first + 3 * (Math.floor(i / 2) % count);
}

/** Heads of one team, or the amounts of one line. */
function smallChange({ lines, drivers }: Size, i: number, random: () => number): Definition {
  if (i % 2 === 0) return driver(nth(2, Math.floor(random() * drivers), drivers), 'head', String(41 + i));
  const at = 10 * Math.floor((random() * lines) / 10) + 9;
  return { ...line(Math.min(at, lines - 1), ''), content: { phases: { '2027-02': 77 * i } } };
}

function typedFormula({ drivers, lines }: Size, i: number): Definition {
  return line((10 * i + 1) % lines, `d${nth(2, i, drivers)} * ${100 + i} EUR / 1 head + ${i}`);
}

function timed<T>(work: () => T): { readonly ms: number; readonly value: T } {
  const began = performance.now();
  const value = work();
  return { ms: performance.now() - began, value };
}
