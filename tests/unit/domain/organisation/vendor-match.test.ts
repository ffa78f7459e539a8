import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchVendor, normaliseVendorName, vendorIndex } from '#lib/domain/organisation/vendor-match.ts';

test.each([
  ['I.B.M. (UK) Ltd.', 'ibm uk'],
  ['IBM UK LIMITED', 'ibm uk'],
  ['Müller & Söhne GmbH', 'muller and sohne'],
  ['Amazon.com, Inc.', 'amazon com'],
  ['Foo S.p.A.', 'foo'],
  ['Électricité de France S.A.', 'electricite de france'],
  ['Straße 1 AG', 'strasse 1'],
  ['Sainsbury’s', 'sainsburys'],
  ['Ltd', 'ltd'],
  ['データ通信', 'データ通信'],
  [' -- ', ''],
])('O11: %s is known as %s', (text, known) => {
  expect(normaliseVendorName(text)).toBe(known);
});

test('O11: a normalised name is its own normal form, in any case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const known = normaliseVendorName(text);
      expect(normaliseVendorName(known)).toBe(known);
      expect(normaliseVendorName(`  ${text}, `)).toBe(known);
    }),
  );
});

test('O12: vendors match by name and alias, and a shared spelling matches neither', () => {
  const index = vendorIndex([
    { id: 'aws', name: 'Amazon Web Services', aliases: ['AWS EMEA SARL', 'Amazon'], note: '' },
    { id: 'amz', name: 'Amazon.com', aliases: ['AMAZON'], note: '' },
    { id: 'acme', name: 'ACME', aliases: ['Acme Ltd', ''], note: '' },
  ]);
  expect(matchVendor(index, 'aws emea s.a.r.l.')).toBe('aws');
  expect(matchVendor(index, 'AMAZON WEB SERVICES')).toBe('aws');
  expect(matchVendor(index, 'Amazon Inc')).toBeNull();
  expect(matchVendor(index, 'Acme')).toBe('acme');
  expect(matchVendor(index, 'Somebody else')).toBeNull();
  expect(matchVendor(index, '')).toBeNull();
});
