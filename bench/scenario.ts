/**
 * What a model of drivers and lines costs to work out: whole, after one change, and over paths of drivers that vary.
 *
 *   node bench/scenario.ts --lines 5000 --periods 36 --drivers 200 --paths 10000
 *
 * Paths a second of processor time are of five correlated drivers and twenty cost lines over as many periods; errors
 * are those of 1,024 paths over 60 seeds. Beside it stands what the pieces of the app's workers make of a plan with formulas:
 * every period, percentiles and shares of the variance along with it.
 */
import { parseArgs } from 'node:util';
import { print, round } from './support/app-in-chromium.ts';
import { monteCarloError, pathsPerSecond } from './support/monte-carlo.ts';
import { planPathsPerSecond } from './support/plan-paths.ts';
import { recalculation } from './support/recalculation.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '5000' },
    periods: { type: 'string', default: '36' },
    drivers: { type: 'string', default: '200' },
    paths: { type: 'string', default: '10000' },
  },
});
const size = {
  lines: wholeNumber('lines', values.lines, 10),
  periods: wholeNumber('periods', values.periods, 1),
  drivers: wholeNumber('drivers', values.drivers, 6),
};

const paths = wholeNumber('paths', values.paths, 1);

const result = recalculation(size);
const { sobolRmseMean, sobolRmseP10, plainRmseMean, plainRmseP10 } = monteCarloError({ paths: 1024, repetitions: 60 });
print({
  ...size,
  ...result,
  pathsPerSecond: pathsPerSecond({ paths, months: size.periods, lines: 20 }),
  planPathsPerSecond: planPathsPerSecond({ paths, months: size.periods, lines: 20 }),
  sobolRmseMean: round(sobolRmseMean, 4),
  sobolRmseP10: round(sobolRmseP10, 4),
  plainRmseMean: round(plainRmseMean, 4),
  plainRmseP10: round(plainRmseP10, 4),
});
if (!result.checked) fail('A change worked out is not what working everything out afresh gives.');

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least)
    fail(`--${name} takes a whole number from ${least} on, not ${text}.`);
  return number;
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
