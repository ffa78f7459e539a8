import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earnedValue, OUTLOOKS, type ProjectStanding } from '#lib/domain/earned-value/indices.ts';

/** In cents, from whole units. */
function standing(units: Partial<ProjectStanding>): ProjectStanding {
  const cents = ({ budget = 0, planned = 0, actual = 0 }: Partial<ProjectStanding>) => ({
    budget: budget * 100,
    planned: planned * 100,
    actual: actual * 100,
  });
  const { complete = null, remaining = null } = units;
  return { ...cents(units), complete, remaining: remaining === null ? null : remaining * 100 };
}

test('EV2 to EV6: a tenth over and a fifth late, by hand', () => {
  // BAC 1,000; half of it due; 40 % done = 400; spent 440.
  const found = earnedValue(standing({ budget: 1000, planned: 500, actual: 440, complete: 4000, remaining: 640 }));
  expect(found).toEqual({
    earned: { known: 400_00 },
    costVariance: { known: -40_00 },
    scheduleVariance: { known: -100_00 },
    costIndex: { known: '0.909091' },
    scheduleIndex: { known: '0.8' },
    atCompletion: {
      'as-it-went': { estimate: { known: 1100_00 }, variance: { known: -100_00 } },
      'rest-as-planned': { estimate: { known: 1040_00 }, variance: { known: -40_00 } },
      // 440 + 600 / (0.9090… x 0.8) = 440 + 825
      'cost-and-delay': { estimate: { known: 1265_00 }, variance: { known: -265_00 } },
      'bottom-up': { estimate: { known: 1080_00 }, variance: { known: -80_00 } },
    },
    toComplete: { known: '1.071429' },
  });
});

test('EV2 to EV6: the example of the R package PRA (Govan), after Fleming & Koppelman', () => {
  const found = earnedValue(standing({ budget: 500_000, planned: 250_000, actual: 290_000, complete: 4000 }));
  expect(found.earned).toEqual({ known: 200_000_00 });
  expect(found.scheduleVariance).toEqual({ known: -50_000_00 });
  expect(found.costVariance).toEqual({ known: -90_000_00 });
  expect(found.scheduleIndex).toEqual({ known: '0.8' });
  expect(Number('known' in found.costIndex && found.costIndex.known)).toBeCloseTo(0.69, 3);
  expect(found.atCompletion['as-it-went']).toEqual({
    estimate: { known: 725_000_00 },
    variance: { known: -225_000_00 },
  });
  expect(found.atCompletion['rest-as-planned'].estimate).toEqual({ known: 590_000_00 });
  expect(found.atCompletion['cost-and-delay'].estimate).toEqual({ known: 833_750_00 });
  expect(Number('known' in found.toComplete && found.toComplete.known)).toBeCloseTo(1.429, 3);
});

test('EV4 to EV6: a teaching example with BAC 100, PV 50, EV 40, AC 45 (in thousands)', () => {
  const found = earnedValue(standing({ budget: 100_000, planned: 50_000, actual: 45_000, complete: 4000 }));
  expect(found.costIndex).toEqual({ known: '0.888889' });
  expect(found.scheduleIndex).toEqual({ known: '0.8' });
  expect(found.atCompletion['as-it-went']).toEqual({
    estimate: { known: 112_500_00 },
    variance: { known: -12_500_00 },
  });
  expect(found.atCompletion['cost-and-delay'].estimate).toEqual({ known: 129_375_00 });
  expect(found.toComplete).toEqual({ known: '1.090909' });
});

test('EV5: an estimate never comes from a rounded index', () => {
  // CPI 100/83 as a spreadsheet rounds it to two decimals would give 83.33.
  const found = earnedValue({ budget: 100, planned: 100, actual: 83, complete: 10_000, remaining: null });
  expect(found.atCompletion['as-it-went'].estimate).toEqual({ known: 83 });
  const large = earnedValue({ budget: 9e14, planned: 3e14, actual: 3e14 + 1, complete: 3333, remaining: null });
  // 9e14 x (3e14 + 1) / 2.9997e14 = 900,090,009,000,903.09
  expect(large.atCompletion['as-it-went'].estimate).toEqual({ known: 900_090_009_000_903 });
});

test('EV7: what is not defined says why', () => {
  const why = (given: Partial<ProjectStanding>) => {
    const { costIndex, scheduleIndex, atCompletion, toComplete, earned } = earnedValue(standing(given));
    const estimates = OUTLOOKS.map((outlook) => atCompletion[outlook].estimate);
    return [earned, costIndex, scheduleIndex, ...estimates, toComplete].map((figure) =>
      'unknown' in figure ? figure.unknown : 'known',
    );
  };
  expect(why({ actual: 5, complete: 10 })).toEqual([...Array<string>(6).fill('no-budget'), 'no-estimate', 'no-budget']);
  expect(why({ budget: 10, actual: 5 })).toEqual([
    ...Array<string>(6).fill('no-progress'),
    'no-estimate',
    'no-progress',
  ]);
  expect(why({ budget: 10, complete: 0, remaining: 4 })).toEqual([
    'known',
    'nothing-spent',
    'nothing-planned',
    'nothing-spent',
    'known',
    'nothing-spent',
    'known',
    'known',
  ]);
  expect(why({ budget: 10, planned: 5, actual: 3, complete: 0 }).slice(3, 6)).toEqual([
    'nothing-earned',
    'known',
    'nothing-earned',
  ]);
  expect(why({ budget: 10, actual: 3, complete: 5000 })[5]).toBe('nothing-planned');
  expect(why({ budget: 10, planned: 5, actual: 10, complete: 5000 })[7]).toBe('budget-used');
  expect(why({ budget: 10, planned: 5, actual: 12, complete: 10_000 })[7]).toBe('work-complete');
});

test('EV7: an estimate beyond what can be held is said to be too large', () => {
  const found = earnedValue({ budget: 9e15, planned: 9e15, actual: 9e15, complete: 1, remaining: 9e15 });
  expect(found.atCompletion['as-it-went']).toEqual({
    estimate: { unknown: 'too-large' },
    variance: { unknown: 'too-large' },
  });
  expect(found.atCompletion['bottom-up'].estimate).toEqual({ unknown: 'too-large' });
});

test('EV2: hundredths of a percent that are none cannot come this far', () => {
  expect(() => earnedValue(standing({ budget: 1, complete: 10_001 }))).toThrow('complete');
  expect(() => earnedValue(standing({ budget: 1, complete: 0.5 }))).toThrow('complete');
});

test('EV5: on cost and on time every estimate is the budget; no figure is NaN or infinite', () => {
  const amount = fc.integer({ min: -1e12, max: 1e12 });
  fc.assert(
    fc.property(amount, amount, amount, fc.integer({ min: 0, max: 10_000 }), (budget, planned, actual, complete) => {
      const found = earnedValue({ budget, planned, actual, complete, remaining: null });
      const { atCompletion, ...rest } = found;
      const figures = [...Object.values(rest), ...OUTLOOKS.flatMap((outlook) => Object.values(atCompletion[outlook]))];
      for (const figure of figures) if ('known' in figure) expect(Number.isFinite(Number(figure.known))).toBe(true);

      if (!('known' in found.earned)) return;
      const ev = found.earned.known;
      const even = earnedValue({ budget, planned: ev, actual: ev, complete, remaining: null });
      for (const outlook of OUTLOOKS.slice(0, 3)) {
        const { estimate } = even.atCompletion[outlook];
        if ('known' in estimate) expect(estimate.known).toBe(budget);
      }
    }),
  );
});
