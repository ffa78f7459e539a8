import { expect, test } from 'vitest';
import { LineReader } from '#server/workspace/line-reader.ts';

test('lines come together however they are cut, also within a character', () => {
  const bytes = new TextEncoder().encode('grün\nzwei\n');
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const lines = new LineReader(100);
    expect([...lines.read(bytes.subarray(0, cut)), ...lines.read(bytes.subarray(cut))]).toEqual(['grün', 'zwei']);
    expect(lines.isEmpty).toBe(true);
  }
  expect([...new LineReader(5).read(new TextEncoder().encode('much too long'))]).toEqual([null]);
});
