/**
 * What a model of drivers and lines costs to work out: whole, and after one change.
 *
 *   node bench/scenario.ts --lines 5000 --periods 36 --drivers 200
 */
import { parseArgs } from 'node:util';
import { print } from './support/app-in-chromium.ts';
import { recalculation } from './support/recalculation.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '5000' },
    periods: { type: 'string', default: '36' },
    drivers: { type: 'string', default: '200' },
  },
});
const size = {
  lines: wholeNumber('lines', values.lines, 10),
  periods: wholeNumber('periods', values.periods, 1),
  drivers: wholeNumber('drivers', values.drivers, 6),
};

const result = recalculation(size);
print({ ...size, ...result });
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
