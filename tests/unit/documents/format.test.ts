import * as v from 'valibot';
import { expect, test } from 'vitest';
import { formatOf, markFormat, readOnlyReason } from '#lib/documents/format.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { openPlan } from '#lib/documents/documents.ts';
import { plainSchema, type RecordSchema } from '#lib/documents/record-schema.ts';
import { openTable } from '#lib/documents/record-table.ts';
import { ann, exchange, plannedLine, planOf } from './support.ts';

interface Tag {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
}

/** In format 1 a tag had a name; format 2 calls it label; format 3 gives it a colour. */
const tags: RecordSchema<Tag> = {
  ...plainSchema<Tag>([], v.object({ id: v.string(), label: v.string(), colour: v.string() })),
  upgrades: [
    ({ name, ...fields }) => (name === undefined ? fields : { label: name, ...fields }),
    (fields) => ({ colour: 'grey', ...fields }),
  ],
};

test('D13: records of every older format, side by side, are read as today', () => {
  const doc = newDocument();
  const map = doc.getMap('tags');
  map.set('one', '[{"name":"old"}]');
  map.set('two', '[{"label":"newer"}]');
  openTable(doc, 'tags', tags).insert({ id: 'three', label: 'new', colour: 'red' });
  expect([...openTable(doc, 'tags', tags).all()]).toEqual([
    { id: 'one', label: 'old', colour: 'grey' },
    { id: 'two', label: 'newer', colour: 'grey' },
    { id: 'three', label: 'new', colour: 'red' },
  ]);
});

test('D13: two devices that raise the format apart agree on the higher one', () => {
  const [left, right] = [newDocument(), newDocument()];
  expect(formatOf(left)).toBe(1);
  markFormat(left, 2);
  markFormat(right, 3);
  exchange(left, right);
  expect([formatOf(left), formatOf(right)]).toEqual([3, 3]);
});

test('D13: a document of a newer format is read but not written, and says why', () => {
  const doc = planOf(plannedLine({ id: 'cloud' }));
  expect(readOnlyReason(doc)).toBeNull();
  markFormat(doc, 9);
  expect(readOnlyReason(doc)).toEqual({ kind: 'newer-format', found: 9, known: 1 });
  expect(openPlan(doc).lines.get('cloud')?.name).toBe('Licences');
  expect(() => openPlan(doc).lines.revise('cloud', { note: 'x' }, ann)).toThrow('newer format');
});
