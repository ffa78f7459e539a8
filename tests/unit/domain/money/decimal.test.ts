import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Decimal } from '#lib/domain/money/decimal.ts';

test('M6: a decimal carries 40 digits, rounds half-even between steps and never prints an exponent', () => {
  expect(new Decimal(2).div(3).toString()).toBe(`0.${'6'.repeat(39)}7`);
  expect(new Decimal('1e-30').toString()).toBe(`0.${'0'.repeat(29)}1`);
  expect(new Decimal(1).div(8).toDecimalPlaces(2).toString()).toBe('0.12');
});

test('M24: only decimal.ts loads decimal.js, and nothing here loads decimal.ts', () => {
  const domain = new URL('../../../../src/lib/domain/', import.meta.url);
  const files = globSync('{money,fiscal}/*.ts', { cwd: domain.pathname });
  expect(files).toContain('money/decimal.ts');
  const loads = (file: string): string[] =>
    readFileSync(new URL(file, domain), 'utf8')
      .split('\n')
      .filter((line) => /^(?:import|export) (?!type).*decimal(?:\.js|\.ts)'/.test(line));
  expect(files.filter((file) => loads(file).length > 0)).toEqual(['money/decimal.ts']);
});
