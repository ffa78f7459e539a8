import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainReconciliation } from '#lib/analysis/reconciliation/explain.ts';
import { bottomUp, topDown, type Reconciled, type ReconcileFault } from '#lib/analysis/reconciliation/reconcile.ts';
import type { Result } from '#lib/domain/result.ts';

const made = (result: Result<Reconciled, ReconcileFault>): Reconciled => {
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
};
const sum = (figures: readonly number[]): number => figures.reduce((whole, figure) => whole + figure, 0);
const column = ({ lines }: Reconciled, period: number): number[] => lines.map((line) => line[period]!);
const figure = fc.double({ min: -1e11, max: 1e11, noNaN: true });
const smallFigure = fc.double({ min: -3, max: 3, noNaN: true });
const figures = fc.array(fc.oneof(figure, smallFigure, fc.constant(0)), { minLength: 1, maxLength: 40 });

test('RC2: three lines of 33.333 cents make 100, and the earliest has the odd cent', () => {
  const { lines, total, method } = made(bottomUp([[100 / 3], [100 / 3], [100 / 3]]));
  expect([lines, total, method]).toEqual([[[34], [33], [33]], [100], 'bottom-up']);
});

test('RC2: a line known to the cent stays as it is whatever the others do', () => {
  expect(made(bottomUp([[250_000], [0.4], [0.4], [0.4]])).lines).toEqual([[250_000], [1], [0], [0]]);
});

test('RC1, RC2, RC4: bottom-up adds up exactly, within a unit, without a change of sign', () => {
  fc.assert(
    fc.property(figures, (column0) => {
      const result = made(bottomUp(column0.map((each) => [each, -each])));
      for (const period of [0, 1]) {
        const parts = column(result, period);
        expect(sum(parts)).toBe(result.total[period]);
        expect(Math.abs(result.total[period]! - (period === 0 ? 1 : -1) * sum(column0))).toBeLessThanOrEqual(0.501);
        parts.forEach((part, line) => {
          const own = (period === 0 ? 1 : -1) * column0[line]!;
          expect(Math.abs(part - own)).toBeLessThan(1);
          expect(part * own).toBeGreaterThanOrEqual(0);
        });
      }
    }),
  );
});

test('RC3: a total is spread in proportion to what the lines forecast', () => {
  const { lines, total, method } = made(topDown([1000.4], [[100], [200], [400]]));
  expect([lines, total, method]).toEqual([[[143], [286], [571]], [1000], 'top-down']);
  expect(made(topDown([7], [[0], [0], [0]])).lines).toEqual([[3], [2], [2]]);
});

test('RC3: with credits among the lines, costs are scaled up by the factor that credits are divided by', () => {
  // 300 - 100 = 200 is to be 275: at 5/4, 375 - 80 = 295; at 1.2, 360 - 83.3 = 276.7.
  const { lines, total } = made(topDown([275], [[200], [100], [-100]]));
  expect(total).toEqual([275]);
  const factor = lines[0]![0]! / 200;
  expect(lines[1]![0]! / 100).toBeCloseTo(factor, 1);
  expect(-100 / lines[2]![0]!).toBeCloseTo(factor, 1);
  expect(factor).toBeGreaterThan(1.15);
});

test('RC1, RC4: top-down adds up exactly to any total that is possible, without a change of sign', () => {
  fc.assert(
    fc.property(figures, figure, (lines, total) => {
      const result = topDown([total], lines.map((line) => [line])); // prettier-ignore
      const whole = Math.round(total);
      const clashes = lines.some((line) => line !== 0) && whole !== 0 && !lines.some((line) => line * whole > 0);
      if (clashes) expect(result).toEqual({ ok: false, error: { kind: 'signs-clash', period: 0 } });
      else {
        const parts = column(made(result), 0);
        expect(sum(parts)).toBe(whole + 0);
        parts.forEach((part, line) => expect(part * (lines[line] || whole)).toBeGreaterThanOrEqual(0));
      }
    }),
    { numRuns: 300 },
  );
});

test('RC3: a total that is the sum of its lines already leaves them as they are', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 30 }), (lines) => {
      const { lines: parts } = made(topDown([sum(lines)], lines.map((line) => [line]))); // prettier-ignore
      parts.forEach(([part], line) => expect(Math.abs(part! - lines[line]!)).toBeLessThanOrEqual(1));
    }),
  );
});

test('RC6: what cannot be added up is refused', () => {
  expect(bottomUp([])).toEqual({ ok: false, error: { kind: 'no-lines' } });
  expect(topDown([5], [])).toEqual({ ok: false, error: { kind: 'no-lines' } });
  expect(bottomUp([[1, 2], [3]])).toEqual({ ok: false, error: { kind: 'lengths-differ' } });
  expect(topDown([1], [[1, 2]])).toEqual({ ok: false, error: { kind: 'lengths-differ' } });
  expect(bottomUp([[1], [NaN]])).toEqual({ ok: false, error: { kind: 'not-an-amount', period: 0 } });
  expect(bottomUp([[1, 1e300]])).toEqual({ ok: false, error: { kind: 'not-an-amount', period: 1 } });
  expect(bottomUp([[9e15], [9e15]])).toEqual({ ok: false, error: { kind: 'not-an-amount', period: 0 } });
  expect(topDown([5], [[1e300], [-1e300]])).toEqual({ ok: false, error: { kind: 'not-an-amount', period: 0 } });
  expect(topDown([Infinity], [[1]])).toEqual({ ok: false, error: { kind: 'not-an-amount', period: 0 } });
});

test('RC6: each refusal is a sentence that says what to do', () => {
  const faults: ReconcileFault[] = [
    { kind: 'not-an-amount', period: 1 },
    { kind: 'lengths-differ' },
    { kind: 'no-lines' },
    { kind: 'signs-clash', period: 1 },
  ];
  const sentences = faults.map((fault) => explainReconciliation(fault, (at) => `month ${at + 1}`));
  expect(new Set(sentences).size).toBe(4);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  expect(sentences[0]).toContain('month 2');
  expect(sentences[3]).toContain('month 2');
});
