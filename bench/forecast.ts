/**
 * Forecasts the series of a file against what came after, as the M4 competition scores them.
 *
 *   node bench/forecast.ts FILE --last 36 --limit 200 --level 80,95
 *
 * FILE holds `[{id, m, h, x, xx}]`, maybe gzipped: a history `x` of `m` periods a cycle, and the `h` periods `xx` that
 * followed. The panel that ranges are learnt from is the file's own histories; `xx` is seen by nothing but the score.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { coverage, intervalScore, seasonalDifference } from '#lib/analysis/forecast/accuracy.ts';
import { forecastHistory, type HistoryForecast } from '#lib/analysis/forecast/history-forecast.ts';
import { reachFrom, withReach } from '#lib/analysis/forecast/intervals.ts';
import { median, print, round } from './support/app-in-chromium.ts';
import { naive2, scoreOf, type Score } from './support/m4-score.ts';

const seriesSchema = v.array(
  v.object({
    id: v.string(),
    m: v.pipe(v.number(), v.integer(), v.minValue(1)),
    h: v.pipe(v.number(), v.integer(), v.minValue(1)),
    x: v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(1)),
    xx: v.array(v.pipe(v.number(), v.finite())),
  }),
);
type Series = v.InferOutput<typeof seriesSchema>[number];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    last: { type: 'string', default: '0' },
    limit: { type: 'string', default: '0' },
    level: { type: 'string', default: '80,95' },
  },
});
const file = positionals[0] ?? fail('Name a file of series: node bench/forecast.ts FILE.');
const last = wholeNumber('last', values.last);
const limit = wholeNumber('limit', values.limit);
const levels = [...new Set([...values.level.split(',').map((level) => wholeNumber('level', level)), 80, 95])];
if (levels.some((level) => level < 1 || level > 99)) fail('--level takes percentages from 1 to 99: 80,95.');
const panel = readPanel(file);

const made: { series: Series; result: HistoryForecast; ms: number }[] = [];
let failures = 0;
for (const series of panel) {
  const history = Float64Array.from(series.x);
  const began = process.cpuUsage();
  try {
    const result = forecastHistory(history, { horizon: series.h, season: series.m, levels });
    const { user, system } = process.cpuUsage(began);
    if (result.mean.length !== series.h || !result.mean.every(Number.isFinite)) throw new Error('no number');
    made.push({ series, result, ms: (user + system) / 1000 });
  } catch (error) {
    failures += 1;
    console.error(`${series.id}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const reach = reachFrom(made.flatMap(({ result }) => result.backtest?.errorsInSpreads ?? []));
const ranges = new Map(levels.map((level) => [level, { inside: 0, periods: 0 }]));
const msis: number[] = [];
for (const { series, result } of made) {
  const scale = seasonalDifference(series.x, series.m);
  for (const interval of withReach(result, reach).intervals) {
    const range = ranges.get(interval.level)!;
    range.inside += (coverage(interval, series.xx) / 100) * series.xx.length;
    range.periods += series.xx.length;
    if (interval.level === 95 && scale !== null) msis.push(intervalScore(interval, series.xx) / scale);
  }
}

const base = total(({ series }) => naive2(series.x, series.m, series.h));
const own = total(({ result }) => result.mean);
const picked = total(({ result }) => bestOnBacktest(result));
print({
  series: made.length,
  smape: round(own.smape, 3),
  mase: round(own.mase, 4),
  owa: round(owaOf(own), 4),
  ...Object.fromEntries(
    [...ranges].map(([level, { inside, periods }]) => [`coverage${level}`, round((100 * inside) / periods, 1)]),
  ),
  msis: round(mean(msis), 3),
  msPerSeries: round(median(made.map(({ ms }) => ms)), 2),
  msPerSeriesMean: round(mean(made.map(({ ms }) => ms)), 2),
  failures,
  naive2: { smape: round(base.smape, 3), mase: round(base.mase, 4) },
  pickBest: summaryOf(picked),
  ...fromR(),
});

/** Means over all series; MASE over those that have a scale. */
function total(forecastOf: (each: (typeof made)[number]) => readonly number[]): { smape: number; mase: number } {
  const scores: Score[] = made.map((each) => scoreOf(forecastOf(each), each.series.xx, each.series.x, each.series.m));
  return { smape: mean(scores.map(({ smape }) => smape)), mase: mean(scores.flatMap(({ mase }) => mase ?? [])) };
}

function owaOf({ smape, mase }: { smape: number; mase: number }): number {
  return (smape / base.smape + mase / base.mase) / 2;
}

function summaryOf(score: { smape: number; mase: number }): Readonly<Record<string, number>> {
  return { smape: round(score.smape, 3), mase: round(score.mase, 4), owa: round(owaOf(score), 4) };
}

function bestOnBacktest({ candidates, mean: whole }: HistoryForecast): readonly number[] {
  const [best] = candidates.filter(({ error }) => error !== null).sort((a, b) => a.error! - b.error!);
  return best?.mean ?? whole;
}

/** R's Theta, Comb and ets on the same series, where they lie beside the file and the histories are whole. */
function fromR(): object {
  if (basename(file) !== 'm3_monthly.json' || last > 0) return {};
  const found: Record<string, unknown> = {};
  for (const [key, name, field] of [
    ['rTheta', 'thetaf', 'mean'],
    ['rComb', 'bench', 'Comb'],
    ['rEts', 'ets', 'mean'],
  ] as const) {
    const path = join(dirname(file), `r_forecast820_m3_monthly_${name}.json.gz`);
    if (!existsSync(path)) continue;
    const { res } = v.parse(
      v.object({ res: v.array(v.looseObject({ [field]: v.array(v.number()) })) }),
      JSON.parse(gunzipSync(readFileSync(path)).toString()),
    );
    const all = readSeries(file);
    const byId = new Map(all.map(({ id }, at) => [id, res[at]?.[field] as readonly number[] | undefined]));
    found[key] = summaryOf(total(({ series, result }) => byId.get(series.id) ?? result.mean));
  }
  return found;
}

function readPanel(path: string): Series[] {
  const all = readSeries(path);
  const chosen =
    limit > 0 && limit < all.length ? all.filter((_, at) => at % Math.ceil(all.length / limit) === 0) : all;
  return last > 0 ? chosen.map((series) => ({ ...series, x: series.x.slice(-last) })) : chosen;
}

function readSeries(path: string): Series[] {
  if (!existsSync(path)) fail(`There is no file ${path}.`);
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  const parsed = v.safeParse(seriesSchema, JSON.parse(text));
  if (!parsed.success) fail(`${path} is not a list of {id, m, h, x, xx}: ${v.summarize(parsed.issues)}`);
  return parsed.output;
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0) fail(`--${name} takes whole numbers, not ${text}.`);
  return number;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

function fail(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
