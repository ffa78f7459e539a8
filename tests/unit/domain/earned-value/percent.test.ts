import { expect, test } from 'vitest';
import { completeFromText } from '#lib/domain/earned-value/percent.ts';

test.each([
  ['42', 4200],
  ['42.5 %', 4250],
  ['0', 0],
  ['100%', 10_000],
  ['33.33', 3333],
])('EV2: %s percent is %i hundredths', (text, hundredths) => {
  expect(completeFromText(text, '.')).toBe(hundredths);
  expect(completeFromText(text.replace('.', ','), ',')).toBe(hundredths);
});

test.each(['', 'half', '101', '-1', '33.333', '1e1', 'NaN', '1000000', '%'])(
  'EV2: %j is no percent complete',
  (text) => {
    expect(completeFromText(text, '.')).toBeNull();
  },
);
