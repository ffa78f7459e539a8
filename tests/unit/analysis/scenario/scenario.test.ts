import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bridge } from '#lib/analysis/scenario/bridge.ts';
import { compare } from '#lib/analysis/scenario/compare.ts';
import { explainMeasure } from '#lib/analysis/scenario/explain.ts';
import { total, type Measure } from '#lib/analysis/scenario/measure.ts';
import { tornado } from '#lib/analysis/scenario/sensitivity.ts';
import type { Definition } from '#lib/domain/expression/definition.ts';
import { changed, type Model } from '#lib/domain/expression/model.ts';
import { definitionsOf } from '#lib/domain/scenario/plan.ts';
import { patched } from '#lib/domain/scenario/patch.ts';
import { makeDriver, makeModel, makeModelLine, monthsOf } from '#tests/support/make-model.ts';
import { makePlan } from '#tests/support/make-plan.ts';

const inEuros: Measure = { currency: 'EUR', rates: new Map([['USD', 'dollar']]), lines: null };

function modelWith(model: Model, ...definitions: readonly Definition[]): Model {
  const result = changed(model, definitions);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.model;
}

test('SA1: costs less revenue, dollars at their rate of the month', () => {
  const rate: Definition = { kind: 'driver', id: 'dollar', name: 'Dollar', unit: 'EUR/USD', content: { values: [{ from: null, value: '0.9' }, { from: '2027-07-01', value: '0.8' }] } }; // prettier-ignore
  const model = makeModel([
    rate,
    makeModelLine('cloud', 10_000),
    makeModelLine('licences', 1_000, { currency: 'USD' }),
    makeModelLine('recharge', 2_500, { nature: 'revenue' }),
  ]);
  // 12 x 100.00 + 6 x 9.00 + 6 x 8.00 - 12 x 25.00
  expect(total(model, inEuros)).toEqual({ ok: true, value: 120_000 + 5_400 + 4_800 - 30_000 });
  expect(total(model, { ...inEuros, lines: new Set(['licences']) })).toEqual({ ok: true, value: 10_200 });
});

test('SA2: currencies without a rate are refused by name, and so is a figure that cannot be worked out', () => {
  const sentence = (definitions: readonly Definition[], rates: Measure['rates'] = new Map()) => {
    const result = total(makeModel(definitions), { ...inEuros, rates });
    return result.ok ? 'fine' : explainMeasure(result.error, (id) => id);
  };
  const mixed = [makeModelLine('a', 1), makeModelLine('b', 1, { currency: 'USD' })];
  const refusal = 'Amounts in USD and EUR are not added up. Name the driver that says how much EUR one USD is.';
  expect(sentence(mixed)).toBe(refusal);
  const upsideDown = makeDriver('dollar', 'USD/EUR', { value: '1.1' });
  expect(sentence([...mixed, upsideDown], new Map([['USD', 'dollar']]))).toBe(refusal);
  expect(sentence([makeModelLine('a', '1 / (period - 3)')])).toBe(
    '“a” divides by zero in 2027-03. Write if(x = 0; 0; y / x), or give x a value there.',
  );
});

test('SA3, SA4: fewer heads, more inflation and a cheaper cloud', () => {
  const plan = makePlan();
  const model = makeModel(definitionsOf(plan));
  const changes = patched(
    plan,
    [
      { kind: 'set-driver', driverId: 'headcount', content: { values: [{ from: null, value: '10' }] } },
      { kind: 'set-driver', driverId: 'inflation', content: { values: [{ from: null, value: '0.05' }] } },
      { kind: 'scale-line', lineId: 'cloud', percent: '-10', from: null },
    ],
    monthsOf(1),
  );
  const other = makeModel(changes.ok ? definitionsOf(changes.value) : []);
  // People: 12 heads x 5,000 x 1.03 x 12 = 741,600; two fewer -123,600; 5 % instead of 3 % +14,400; both: 630,000.
  const result = bridge(model, other, inEuros);
  expect(result).toEqual({
    ok: true,
    value: {
      from: 74_160_000 + 120_000_000 + 21_600_000,
      steps: [
        { id: 'headcount', name: 'headcount', kind: 'driver', effect: -12_360_000 },
        { id: 'cloud', name: 'cloud', kind: 'line', effect: -12_000_000 },
        { id: 'inflation', name: 'inflation', kind: 'driver', effect: 1_440_000 },
      ],
      interaction: -240_000,
      to: 63_000_000 + 108_000_000 + 21_600_000,
      together: [],
    },
  });
});

test('SA4: what cannot be changed alone is named, what is added or missing has its step', () => {
  const from = makeModel([makeDriver('a', 'EUR', 'b'), makeDriver('b', 'EUR', { value: '1' }), makeModelLine('x', 'a'), makeModelLine('gone', 100)]); // prettier-ignore
  const to = makeModel([
    makeDriver('a', 'EUR', { value: '1' }),
    makeDriver('b', 'EUR', 'a * 2 + extra'),
    makeDriver('extra', 'EUR', { value: '3' }),
    makeModelLine('x', 'b'),
    makeModelLine('come', 'extra * 2'),
  ]);
  const result = bridge(from, to, inEuros);
  expect(result.ok && result.value).toMatchObject({
    from: 2400,
    steps: [{ id: 'come', effect: 7200 }, { id: 'gone', effect: -1200 }, { id: 'a', effect: 0 }, { id: 'x', effect: 0 }], // prettier-ignore
    together: ['b'],
    to: 13_200,
    interaction: 4800,
  });
});

test('SA4: steps and interaction always add up, to the cent', () => {
  const values = fc.integer({ min: -99, max: 99 }).map(String);
  const formulas = ['a * b * 1 EUR', 'a * 1 EUR / 3', 'max(a; b) * 1 EUR', '7.77', 'prev + a * 0.1 EUR'];
  const definitions = fc
    .tuple(values, values, ...formulas.map(() => fc.constantFrom(...formulas)))
    .map(([a, b, ...lines]) => [
      makeDriver('a', '', { value: a }),
      makeDriver('b', '', { value: b }),
      ...lines.map((formula, i) => makeModelLine(`l${i}`, formula)),
    ]);
  fc.assert(
    fc.property(definitions, definitions, (before, after) => {
      const [from, to] = [makeModel(before), makeModel(after)];
      const result = bridge(from, to, inEuros);
      if (!result.ok) throw new Error('no bridge');
      const { steps, interaction } = result.value;
      expect(steps.reduce((sum, { effect }) => sum + effect, result.value.from) + interaction).toBe(result.value.to);
      expect(total(to, inEuros)).toEqual({ ok: true, value: result.value.to });
      const differing = before.filter((each, i) => JSON.stringify(each) !== JSON.stringify(after[i]));
      expect(steps.map(({ id }) => id).toSorted()).toEqual(differing.map(({ id }) => id).toSorted());
      // One change alone is all there is to explain.
      if (steps.length === 1) expect(interaction).toBe(0);
    }),
  );
});

test('SA5: base, delay and freeze side by side', () => {
  const base = makeModel(definitionsOf(makePlan()));
  const freeze = modelWith(base, makeDriver('headcount', 'head', { value: '10' }));
  const spring: Definition = makeModelLine('cloud', 'if(period = 4; 300000; 90000)');
  const cloud = modelWith(base, spring, makeModelLine('audit', 500_000));
  const result = compare([base, freeze, cloud], inEuros);
  if (!result.ok) throw new Error('no comparison');
  const { totals, peaks, lines, drivers, periods } = result.value;
  expect(totals).toEqual([215_760_000, 203_400_000, 230_760_000 - 6_000_000 + 6_000_000]);
  expect(peaks).toEqual(['2027-01', '2027-01', '2027-04']);
  expect(periods.map((each) => each[3])).toEqual([17_980_000, 16_950_000, 38_480_000]);
  expect(lines.map(({ id, totals: each, difference }) => [id, each, difference])).toEqual([
    ['people', [74_160_000, 61_800_000, 74_160_000], -12_360_000],
    ['cloud', [120_000_000, 120_000_000, 129_000_000], 9_000_000],
    ['audit', [null, null, 6_000_000], 6_000_000],
    ['licences', [21_600_000, 21_600_000, 21_600_000], 0],
  ]);
  expect(drivers.map(({ id, unit }) => [id, unit])).toEqual([['headcount', 'head']]);
});

test('SA6: a tornado of four drivers, the widest first', () => {
  const model = makeModel(definitionsOf(makePlan()));
  const range = (driverId: string, low: string, high: string) => ({ driverId, low, high });
  const bars = tornado(
    model,
    [range('inflation', '-100', '100'), range('dollar', '-10', '20'), range('salary', '-2.5', '5')],
    inEuros,
  );
  expect(bars).toEqual({
    ok: true,
    value: [
      { driverId: 'dollar', name: 'dollar', low: 213_600_000, high: 220_080_000 },
      { driverId: 'salary', name: 'salary', low: 215_760_000 - 1_854_000, high: 215_760_000 + 3_708_000 },
      { driverId: 'inflation', name: 'inflation', low: 213_600_000, high: 217_920_000 },
    ],
  });
  const refused = (id: string, percent: string) => {
    const result = tornado(model, [range(id, percent, '0')], inEuros);
    return !result.ok && explainMeasure(result.error, (each) => each);
  };
  expect(refused('nobody', '0')).toBe('There is no driver nobody here. Take it out of the list.');
  expect(refused('salary', 'Infinity')).toBe('“Infinity” is not a percentage. Write -10 or 2.5.');
});

test('SA6: a driver by formula is scaled as a whole', () => {
  const model = makeModel([makeDriver('n', '', '2 + period'), makeModelLine('x', 'n * 10 EUR')]);
  const bars = tornado(model, [{ driverId: 'n', low: '-50', high: '10' }], inEuros);
  expect(bars.ok && bars.value).toMatchObject([{ low: 51_000, high: 112_200 }]);
});
