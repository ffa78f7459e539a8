import { expect, test } from 'vitest';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { foundingParts } from '#lib/sync/founding-parts.ts';
import { LIMITS } from '#lib/sync/protocol.ts';

test('a log travels in parts of bounded size that join to its lines', () => {
  const log = Array.from({ length: 40 }, (_, seq) => ({ seq, salt: 'ü'.repeat(20_000) }) as unknown as LogEntry);
  const parts = [...foundingParts(log)];
  expect(parts.every(({ part }) => part.length <= LIMITS.foundingPart)).toBe(true);
  expect(parts.map(({ last }) => last).indexOf(true)).toBe(parts.length - 1);
  const text = Buffer.concat(parts.map(({ part }) => part)).toString();
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as LogEntry).seq),
  ).toEqual(log.map(({ seq }) => seq));
});
