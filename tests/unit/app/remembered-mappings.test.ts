import { expect, test } from 'vitest';
import { rememberedMappings, rememberForNextTime } from '#lib/app/importing/remembered-mappings.ts';
import type { RememberedMapping } from '#lib/interchange/expenses/mapping.ts';

function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const items = new Map<string, string>();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

function mapping(header: string, fields: Partial<RememberedMapping> = {}): RememberedMapping {
  return {
    header,
    roles: { date: 'date', betrag: 'amount' },
    dateOrder: 'dmy',
    decimalMark: ',',
    spending: 'negative',
    currency: 'EUR',
    ...fields,
  };
}

test('a header is remembered once, as it was read last, and for its own workspace', () => {
  const kept = storage();
  rememberForNextTime(kept, 'one', mapping('a'));
  rememberForNextTime(kept, 'one', mapping('b'));
  rememberForNextTime(kept, 'one', mapping('a', { dateOrder: 'mdy' }));
  expect(rememberedMappings(kept, 'one')).toEqual([mapping('b'), mapping('a', { dateOrder: 'mdy' })]);
  expect(rememberedMappings(kept, 'two')).toEqual([]);
});

test('the oldest of a hundred headers makes room', () => {
  const kept = storage();
  for (let i = 0; i <= 100; i += 1) rememberForNextTime(kept, 'one', mapping(`header ${i}`));
  const headers = rememberedMappings(kept, 'one').map(({ header }) => header);
  expect(headers).toHaveLength(100);
  expect(headers[0]).toBe('header 1');
});

test('what cannot be read is forgotten, and a full storage changes nothing', () => {
  const broken = { getItem: () => '{"no": "list"', setItem: () => undefined };
  expect(rememberedMappings(broken, 'one')).toEqual([]);
  const foreign = { getItem: () => JSON.stringify([{ header: 'a', roles: { date: 'birthday' } }]) };
  expect(rememberedMappings(foreign, 'one')).toEqual([]);
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  expect(() => rememberForNextTime(full, 'one', mapping('a'))).not.toThrow();
});
