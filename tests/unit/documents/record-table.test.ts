import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { JsonValue } from '#lib/domain/json.ts';
import { newDocument } from '#lib/documents/new-document.ts';
import { decodeBase, encodeBase } from '#lib/documents/record-layout.ts';
import { plainSchema } from '#lib/documents/record-schema.ts';
import { openTable, type Table } from '#lib/documents/record-table.ts';
import { ann, ben, exchange } from './support.ts';

interface Vendor {
  readonly id: string;
  readonly name: string;
  readonly note: string;
}

const schema = plainSchema<Vendor>(['name'], v.object({ id: v.string(), name: v.string(), note: v.string() }));
const dell: Vendor = { id: 'dell', name: 'Dell', note: '' };

function vendorsOf(doc: Y.Doc): Table<Vendor> {
  return openTable(doc, 'vendors', schema);
}

function withDell(): Y.Doc {
  const doc = newDocument();
  vendorsOf(doc).insert(dell);
  return doc;
}

function countUpdates(doc: Y.Doc, work: () => void): number {
  let updates = 0;
  doc.on('update', () => (updates += 1));
  work();
  return updates;
}

describe('one device', () => {
  test('D3: a record reads back as it was inserted, with later edits over it', () => {
    const table = vendorsOf(withDell());
    table.revise('dell', { note: 'laptops' }, ann);
    expect(table.get('dell')).toEqual({ ...dell, note: 'laptops' });
    expect([...table.all()]).toEqual([{ ...dell, note: 'laptops' }]);
  });

  test('D3: edits can be read within the transaction that writes them', () => {
    const doc = withDell();
    const table = vendorsOf(doc);
    doc.transact(() => {
      table.revise('dell', { note: 'laptops' }, ann);
      table.remove('dell', ann);
      expect([table.get('dell'), table.isRemoved('dell')]).toEqual([undefined, true]);
      table.restore('dell', ann);
      expect(table.get('dell')?.note).toBe('laptops');
    });
  });

  test('D3: a removed record is no longer read, is still known, and can be restored with its edits', () => {
    const table = vendorsOf(withDell());
    table.revise('dell', { note: 'laptops' }, ann);
    table.remove('dell', ann);
    expect([table.get('dell'), [...table.all()], table.has('dell')]).toEqual([undefined, [], true]);
    table.restore('dell', ann);
    expect(table.get('dell')?.note).toBe('laptops');
  });

  test('D5: writing what is there already writes nothing', () => {
    const doc = withDell();
    const table = vendorsOf(doc);
    expect(countUpdates(doc, () => table.revise('dell', { name: 'Dell', note: '' }, ann))).toBe(0);
    expect(countUpdates(doc, () => table.restore('dell', ann))).toBe(0);
  });

  test('D5: inserting an id twice and revising what is not there are faults of the program', () => {
    const table = vendorsOf(withDell());
    expect(() => table.insert(dell)).toThrow('new id');
    expect(() => table.insert({ ...dell, id: 'a|b' })).toThrow('new id');
    expect(() => table.revise('hp', { note: '' }, ann)).toThrow('is here');
  });

  test('D6: a record that does not parse is set aside with its reason and left as it is', () => {
    const doc = withDell();
    const table = vendorsOf(doc);
    table.insert({ id: 'hp', name: 'HP', note: '' });
    table.revise('hp', { name: 7 }, ann);
    doc.getMap('vendors').set('odd', { not: 'a base' });
    doc.getMap('vendors').set('odder', 'not JSON');
    doc.getMap('vendors').set('not an id', '[0,"x"]');
    doc.getMap('vendors').set('dell|note', 'not an edit');
    expect([...table.all()]).toEqual([dell]);
    expect(table.unreadable().map(({ id, why }) => `${id}: ${why}`)).toEqual([
      'hp: name: Invalid type: Expected string but received 7',
      'odd: its base is damaged',
      'odder: its base is damaged',
    ]);
    table.revise('hp', { name: 'HP' }, ann);
    expect(table.get('hp')?.name).toBe('HP');
    expect(table.unreadable().map(({ id }) => id)).toEqual(['odd', 'odder']);
  });

  test('D6: a field named like a part of an object changes nothing but itself', () => {
    const doc = withDell();
    doc.getMap('vendors').set('dell|__proto__', [{ name: 'hidden' }, 'ann', '']);
    doc.getMap('vendors').set('dell|constructor', ['x', 'ann', '']);
    expect(vendorsOf(doc).get('dell')).toEqual(dell);
  });
});

describe('two devices', () => {
  test('D5: two people in different fields of one record both win', () => {
    const [left, right] = [withDell(), newDocument()];
    exchange(left, right);
    vendorsOf(left).revise('dell', { name: 'Dell GmbH' }, ann);
    vendorsOf(right).revise('dell', { note: 'laptops' }, ben);
    exchange(left, right);
    for (const doc of [left, right]) {
      expect(vendorsOf(doc).get('dell')).toEqual({ id: 'dell', name: 'Dell GmbH', note: 'laptops' });
    }
  });

  test('D9: a transaction says which records it touched, a write that lost included', () => {
    const [left, right] = [withDell(), newDocument()];
    exchange(left, right);
    [left.clientID, right.clientID] = [1, 2];
    vendorsOf(left).revise('dell', { note: 'left' }, ann);
    vendorsOf(right).revise('dell', { note: 'right' }, ben);
    const table = vendorsOf(right);
    const touched: string[] = [];
    right.on('afterTransaction', (transaction) => touched.push(...table.changed(transaction)));
    Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
    expect([touched, table.get('dell')?.note]).toEqual([['dell'], 'right']);
  });
});

describe('bases', () => {
  const columns = ['a', 'b', 'c'];

  test('D4: a base is a JSON array: what has no column, then the columns', () => {
    expect(encodeBase({ a: 1, b: null, c: 'x' }, columns)).toBe('[0,1,null,"x"]');
    expect(encodeBase({ a: 1, b: null, c: 'x', '2027-03': 5 }, columns)).toBe('[{"2027-03":5},1,null,"x"]');
    expect(encodeBase({ a: 1 }, columns)).toBe('[{"a":1}]');
  });

  test('D4: a base written before a column was appended, or by an app that appended one, is read without loss', () => {
    expect(decodeBase('[0,1,2]', columns)).toEqual({ a: 1, b: 2 });
    expect(decodeBase('[0,1,2,3,4]', columns)).toEqual({ a: 1, b: 2, c: 3, '#3': 4 });
  });

  test('D4: any fields read back from their base', () => {
    const field = fc.constantFrom('a', 'b', 'c', 'd', '2027-03');
    const fields = fc.dictionary(field, fc.jsonValue() as fc.Arbitrary<JsonValue>);
    fc.assert(
      fc.property(fields, (each) => {
        const plain = JSON.parse(JSON.stringify(each)) as Record<string, JsonValue>;
        expect(decodeBase(encodeBase(plain, columns), columns)).toEqual(plain);
      }),
    );
  });
});
