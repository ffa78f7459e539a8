import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import * as Y from 'yjs';
import { newDocument } from '#lib/documents/new-document.ts';
import { plainSchema } from '#lib/documents/record-schema.ts';
import { openTable } from '#lib/documents/record-table.ts';

interface Vendor {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

const schema = plainSchema<Vendor>(['name'], v.looseObject({ id: v.string(), name: v.string(), note: v.string() }));
const ann = { member: 'ann', at: '2027-03-01T09:00:00.000Z' };
const ben = { member: 'ben', at: '2027-03-01T09:05:00.000Z' };

describe('one replica', () => {
  test('D3: a record reads back as it was inserted, with later edits over it', () => {
    const table = openTable(newDocument(), 'vendors', schema);
    table.insert({ id: 'dell', name: 'Dell', note: '' });
    table.revise('dell', { note: 'laptops' }, ann);
    expect(table.get('dell')).toEqual({ id: 'dell', name: 'Dell', note: 'laptops' });
    expect([...table.all()]).toHaveLength(1);
  });
});

describe('two replicas', () => {
  test('D5: two people in different fields of one record both win', () => {
    const [left, right] = [newDocument(), newDocument()];
    openTable(left, 'vendors', schema).insert({ id: 'dell', name: 'Dell', note: '' });
    Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
    openTable(left, 'vendors', schema).revise('dell', { name: 'Dell GmbH' }, ann);
    openTable(right, 'vendors', schema).revise('dell', { note: 'laptops' }, ben);
    Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
    expect(openTable(right, 'vendors', schema).get('dell')).toEqual({ id: 'dell', name: 'Dell GmbH', note: 'laptops' });
  });
});
