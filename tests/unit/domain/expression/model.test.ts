import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Definition, Driver } from '#lib/domain/expression/definition.ts';
import { exactly } from '#lib/domain/expression/exact.ts';
import { explainFigure, explainModel } from '#lib/domain/expression/explain.ts';
import { amountsIn, changed, figuresIn, modelOf, type Model } from '#lib/domain/expression/model.ts';
import { printFormula } from '#lib/domain/expression/print.ts';
import { scaled } from '#lib/domain/money/fraction.ts';
import { makeDriver, makeModel, makeModelLine, monthsOf } from '#tests/support/make-model.ts';
import { expressions } from './arbitraries.ts';

/** Minor units of a line; the kind of fault where there is none. */
function amounts(model: Model, id: string): readonly (number | string)[] {
  return amountsIn(model, id).map((amount) => (amount.ok ? amount.value : amount.error.kind));
}

/** The first figures of a driver as numbers. */
function figures(model: Model, id: string, count = 12): readonly number[] {
  return figuresIn(model, id)
    .slice(0, count)
    .map((figure) => (figure.ok ? Number(figure.value.numerator) / Number(figure.value.denominator) : NaN));
}

const hires: Driver = {
  kind: 'driver',
  id: 'hires',
  name: 'hires',
  unit: 'head',
  content: {
    values: [
      { from: '2027-03-15', value: '6' },
      { from: '2027-07-01', value: '12' },
    ],
  },
};

test('E13: twelve hires, six of them in March and six in July, at 5,000 a month', () => {
  const model = makeModel([
    hires,
    makeDriver('salary', 'EUR/head', { value: '5000' }),
    makeModelLine('people', 'hires * salary'),
  ]);
  const [half, whole] = [3_000_000, 6_000_000];
  expect(amounts(model, 'people')).toEqual([0, 0, half, half, half, half, whole, whole, whole, whole, whole, whole]);
});

test('E9: cloud use that grows by 1.8 % a month from 1,000 GB at 0.023', () => {
  const model = makeModel([
    makeDriver('growth', '%', { value: '0.018' }),
    makeDriver('usage', 'GB', 'prev(usage * (1 + growth); 1000)'),
    makeModelLine('storage', 'usage * 0.023 EUR / 1 GB'),
  ]);
  // 1000 * 1.018^11 = 1216.8... GB, at 0.023 is 27.9866...
  expect(figures(model, 'usage')[11]).toBeCloseTo(1000 * 1.018 ** 11, 9);
  expect(amounts(model, 'storage').slice(0, 3)).toEqual([2300, 2341, 2384]);
  expect(amounts(model, 'storage')[11]).toBe(Math.round(2300 * 1.018 ** 11));
});

test('E9: windows, clocks and single periods', () => {
  const model = makeModel(
    [
      makeDriver('n', '', 'period + 12 * (year - 2027)'),
      makeDriver('of_year', '', 'sum(n over year)'),
      makeDriver('to_date', '', 'sum(n over ytd)'),
      makeDriver('three', '', 'avg(n over last 3)'),
      makeDriver('most', '', 'max(n over all) - min(n over all)'),
      makeDriver('march', '', 'at(n; "2028-03") + at(n; "2027-03-31")'),
      makeDriver('own', '', 'prev + 2'),
      makeDriver('before', '', 'prev(n; 99)'),
      makeDriver('twice', '', 'prev(prev(n))'),
    ],
    monthsOf(2),
  );
  expect(figures(model, 'of_year', 24)).toEqual([...Array<number>(12).fill(78), ...Array<number>(12).fill(222)]);
  expect(figures(model, 'to_date', 14).slice(10)).toEqual([66, 78, 13, 27]);
  expect(figures(model, 'three', 4)).toEqual([1, 1.5, 2, 3]);
  expect(figures(model, 'most', 1)).toEqual([23]);
  expect(figures(model, 'march', 1)).toEqual([18]);
  expect(figures(model, 'own', 4)).toEqual([2, 4, 6, 8]);
  expect(figures(model, 'before', 3)).toEqual([99, 1, 2]);
  expect(figures(model, 'twice', 4)).toEqual([0, 0, 1, 2]);
});

test('E13: a price from July on; E22: a discount by bands, a rate by its name', () => {
  const model = makeModel([
    makeDriver('seats', 'seat', 'period * 10 seat'),
    { kind: 'table', id: 't', name: 'Price', unit: 'EUR/seat', content: { keyUnit: 'seat', bands: [{ from: '0', value: '10' }, { from: '50', value: '8' }, { from: '100', value: '7.5' }] } }, // prettier-ignore
    { kind: 'table', id: 'r', name: 'Rates', unit: 'EUR', content: { rows: { junior: '60', 'on call': '0.1' } } },
    makeModelLine('licences', 'seats * lookup(price; seats)'),
    makeModelLine('support', 'dated(100; "2027-07-01"; 110; "2027-12-31"; 0)'),
    makeModelLine('calls', 'lookup(rates; "on call") * 3'),
    makeModelLine('lost', 'lookup(rates; "senior")'),
  ]);
  expect(amounts(model, 'licences').slice(3, 6)).toEqual([40_000, 40_000, 48_000]);
  expect(amounts(model, 'licences')[9]).toBe(75_000);
  expect(amounts(model, 'support').slice(5)).toEqual([10_000, 11_000, 11_000, 11_000, 11_000, 11_000, 0]);
  expect(amounts(model, 'calls')[0]).toBe(30);
  const [lost] = amountsIn(model, 'lost');
  expect(lost && !lost.ok && explainFigure(lost.error, 'lost')).toBe(
    '“lost” looks up “senior” in “Rates” in 2027-01, which has no row for it. Add the row.',
  );
});

test('E14: ties go to the even cent, others to the nearest, and who refers to a line gets the rounded amount', () => {
  const model = makeModel([
    makeDriver('tie', 'EUR', { value: '0.125' }),
    makeDriver('tie3', 'EUR', { value: '0.375' }),
    makeDriver('third', 'EUR', '1 / 3'),
    makeModelLine('even', 'tie'),
    makeModelLine('up', 'tie3'),
    makeModelLine('down', '-tie'),
    makeModelLine('cut', 'third'),
    makeModelLine('thrice', 'cut * 3'),
    makeModelLine('exact', 'third * 3'),
    makeModelLine('yen', 'third * 7.5', { currency: 'EUR' }),
  ]);
  const first = (id: string) => amounts(model, id)[0];
  expect([first('even'), first('up'), first('down')]).toEqual([12, 38, -12]);
  expect([first('cut'), first('thrice'), first('exact')]).toEqual([33, 99, 100]);
  expect(Object.is(amounts(makeModel([makeModelLine('none', '-0.001')]), 'none')[0], 0)).toBe(true);
});

test('E16: a tie is a tie, also where floating point has lost most of its figures on the way there', () => {
  // A third less its first ten decimals is a third of 10^-10; the factors make half cents of it.
  const ties = [0, 1, 2, 3, 4, 5].map((cents) => {
    const factor = String(30_000_000_000 * 0.01 * cents + 150_000_000);
    return makeModelLine(`tie${cents}`, `(1 / 3 - 0.3333333333) * ${factor}`);
  });
  const model = makeModel(ties);
  expect(ties.map(({ id }) => amounts(model, id)[0])).toEqual([0, 2, 2, 4, 4, 6]);
});

test('E15: growth upon growth neither hangs nor overflows: it is refused by name and period', () => {
  const model = makeModel([
    makeDriver('fine', '', 'prev(fine * fine / 3; 1.1)'),
    makeDriver('wild', '', 'prev(wild * wild; 12)'),
    makeModelLine('cost', 'wild * 1 EUR'),
    makeModelLine('big', '999999999999999 * 1000'),
  ], monthsOf(10)); // prettier-ignore
  expect(figures(model, 'fine', 120).every(Number.isFinite)).toBe(true);
  expect(amounts(model, 'cost').slice(0, 6)).toEqual([
    1200,
    14_400,
    2_073_600,
    42_998_169_600,
    'too-large',
    'too-large',
  ]);
  expect(amounts(model, 'big')[0]).toBe('too-large');
});

test('E21: division by zero names where it went wrong, and so does all that needs it', () => {
  const model = makeModel([
    makeDriver('seats', '', { value: '0' }),
    makeDriver('share', '', '1 / seats'),
    makeModelLine('cost', 'share * 5 EUR'),
    makeModelLine('guarded', 'if(seats = 0; 7; 5 EUR / seats)'),
  ]);
  const [cost] = amountsIn(model, 'cost');
  expect(cost && !cost.ok && explainFigure(cost.error, 'share')).toBe(
    '“share” divides by zero in 2027-01. Write if(x = 0; 0; y / x), or give x a value there.',
  );
  expect(cost && !cost.ok && cost.error.id).toBe('share');
  expect(amounts(model, 'guarded')[0]).toBe(700);
});

/** What is wrong with definitions, in words. */
function faults(definitions: readonly Definition[]): readonly string[] {
  const model = modelOf(definitions, monthsOf(1));
  return model.ok ? [] : model.error.map((fault) => explainModel(fault, () => ''));
}

test('E18: a circle is named as it goes round; needing earlier periods is none', () => {
  const remedy = 'Let one of them use prev(...), or a value of its own.';
  expect(faults([makeDriver('a', '', 'b + 1'), makeDriver('b', '', 'c'), makeDriver('c', '', 'a')])).toEqual([
    `These wait for each other: a -> b -> c -> a. ${remedy}`,
  ]);
  expect(faults([makeDriver('a', '', 'a')])).toEqual([`These wait for each other: a -> a. ${remedy}`]);
  expect(faults([makeDriver('a', '', 'prev(b)'), makeDriver('b', '', 'sum(a over year)')])).toEqual([
    `These wait for each other: b -> a -> b. ${remedy}`,
  ]);
  expect(faults([makeDriver('a', '', 'prev(b)'), makeDriver('b', '', 'sum(prev(a) over year)')])).toHaveLength(1);
  expect(faults([makeDriver('a', '', 'prev(b; a)'), makeDriver('b', '', '1')])).toHaveLength(1);
  expect(faults([makeDriver('a', '', 'prev(b) + 1'), makeDriver('b', '', 'a * 2')])).toEqual([]);
});

test('E17: two that feed each other later are worked out together', () => {
  const model = makeModel([
    makeDriver('a', '', 'prev(b; 0) + 1'),
    makeDriver('b', '', 'a * 2'),
    makeDriver('c', '', 'b'),
  ]);
  expect(figures(model, 'c', 4)).toEqual([2, 6, 14, 30]);
});

test('E17: a chain of ten thousand is worked out without overflowing', () => {
  const chain = Array.from({ length: 10_000 }, (_, i) => makeModelLine(`l${i}`, i === 0 ? 1 : `l${i - 1} + 1`));
  expect(amounts(makeModel(chain.reverse()), 'l9999')[0]).toBe(999_901);
});

/** Drivers d0.. and lines l0.., each by a formula over those before it, in an order that says nothing. */
const models = fc
  .tuple(fc.nat({ max: 3 }), fc.nat({ max: 5 }))
  .chain(([drivers, lines]) => {
    const ids = [...Array.from({ length: drivers + 1 }, (_, i) => `d${i}`), ...Array.from({ length: lines + 1 }, (_, i) => `l${i}`)]; // prettier-ignore
    return fc.tuple(...ids.map((id, at) => definitionFor(id, ids.slice(0, at))));
  })
  .chain((definitions) => fc.shuffledSubarray(definitions, { minLength: definitions.length }));

const value = fc.tuple(fc.integer({ min: -500, max: 500 }), fc.constantFrom('', '.5', '.25', '.333')).map(([n, rest]) => `${n}${rest}`); // prettier-ignore

function definitionFor(id: string, before: readonly string[]): fc.Arbitrary<Definition> {
  const make = id.startsWith('d')
    ? (text: string) => makeDriver(id, 'EUR', text)
    : (text: string) => makeModelLine(id, text);
  if (before.length === 0) return value.map((text) => makeDriver(id, 'EUR', { value: text }));
  // Quotients and products of money are no money: the unit is taken off and put on again.
  const formula = expressions(fc.constantFrom(...before.map((name) => `${name} `)), 3).map(printFormula);
  return formula.map((text) => make(`(${text.replaceAll(/\[(\w+) \]/g, '($1 / 1 EUR)')}) * 1 EUR`));
}

function snapshot(model: Model): unknown {
  return model.nodes.map(({ definition: { id, kind } }) => [id, kind === 'line' ? amountsIn(model, id) : figuresIn(model, id).map((f) => (f.ok ? String(f.value.numerator * 10n ** 30n / f.value.denominator) : f.error))]); // prettier-ignore
}

test('E16: every amount is the exact value rounded half-even, whatever the formula', () => {
  let worked = 0;
  fc.assert(
    fc.property(models, (definitions) => {
      const model = makeModel(definitions, monthsOf(1).slice(0, 5));
      for (const { definition, term } of model.nodes) {
        if (definition.kind !== 'line' || !term) continue;
        amountsIn(model, definition.id).forEach((amount, at) => {
          const exact = exactly(term, at, {
            timeline: model.timeline,
            figureOf: (index, place) => figuresIn(model, model.nodes[index]!.definition.id)[place]!,
            tableOf: () => { throw new Error('no tables here'); }, // prettier-ignore
          }, definition.id); // prettier-ignore
          const minor = exact.ok ? Number(scaled(exact.value, 2, 'half-even')) : NaN;
          expect(amount.ok).toBe(Number.isSafeInteger(minor));
          if (amount.ok) expect(amount.value).toBe(minor);
          worked += 1;
        });
      }
    }),
    { numRuns: 300 },
  );
  expect(worked).toBeGreaterThan(1000);
});

test('E19: a change worked out is everything worked out afresh; E20: the model before stays as it was', () => {
  fc.assert(
    fc.property(models, fc.nat(), value, fc.boolean(), (definitions, pick, text, byFormula) => {
      const model = makeModel(definitions, monthsOf(1).slice(0, 5));
      const before = JSON.stringify(snapshot(model), (_, each: unknown) =>
        typeof each === 'bigint' ? String(each) : each,
      );
      const victim = definitions[pick % definitions.length]!;
      const change: Definition =
        victim.kind === 'line'
          ? makeModelLine(victim.id, byFormula ? text : 100 * pick)
          : makeDriver(victim.id, 'EUR', byFormula ? text : { value: text });
      const after = changed(model, [change]);
      const afresh = makeModel(
        definitions.map((each) => (each.id === change.id ? change : each)),
        model.timeline,
      );
      expect(after.ok && snapshot(after.value.model)).toEqual(snapshot(afresh));
      expect(
        JSON.stringify(snapshot(model), (_, each: unknown) => (typeof each === 'bigint' ? String(each) : each)),
      ).toBe(before);
    }),
    { numRuns: 300 },
  );
});

test('E19: only what a change reaches is worked out, and only what came out otherwise is told', () => {
  const model = makeModel([
    makeDriver('a', 'EUR', { value: '1' }),
    makeDriver('b', 'EUR', { value: '2' }),
    makeModelLine('x', 'a * 2'),
    makeModelLine('y', 'b * 2'),
    makeModelLine('z', 'min(x; y)'),
    makeModelLine('end', 'z + 1'),
  ]);
  const after = changed(model, [makeDriver('b', 'EUR', { value: '3' })]);
  expect(after.ok && after.value.ids).toEqual(['b', 'y']);
  const cells = (each: Model, id: string) => each.cells[each.placeById.get(id)!];
  expect(after.ok && cells(after.value.model, 'x')).toBe(cells(model, 'x'));
  expect(after.ok && cells(after.value.model, 'end')).toBe(cells(model, 'end'));
});

test('E19: what is added, renamed or counts otherwise is checked against all that names it', () => {
  const model = makeModel([makeDriver('a', 'EUR', { value: '1' }), makeModelLine('x', 'a * 2')]);
  const more = changed(model, [makeDriver('new', '', { value: '3' }), makeModelLine('x', 'a * new')]);
  expect(more.ok && amounts(more.value.model, 'x')[0]).toBe(300);
  const other = changed(model, [makeDriver('a', 'USD', { value: '1' })]);
  expect(!other.ok && other.error).toMatchObject([
    { kind: 'in-definition', id: 'x', fault: { kind: 'wrong-unit', found: 'USD' } },
  ]);
  const renamed = changed(model, [{ ...makeDriver('a', 'EUR', { value: '5' }), name: 'Base' }]);
  expect(renamed.ok && amounts(renamed.value.model, 'x')[0]).toBe(1000);
  const round = changed(model, [makeDriver('a', 'EUR', 'x / 2')]);
  expect(!round.ok && round.error[0]?.kind).toBe('cycle');
});
