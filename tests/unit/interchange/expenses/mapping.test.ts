import * as v from 'valibot';
import { expect, test } from 'vitest';
import { likeliest, recallAnswers, rememberMapping } from '#lib/interchange/expenses/decide.ts';
import { headerFingerprint, recallRoles, rememberedMapping, withRole } from '#lib/interchange/expenses/mapping.ts';
import { importText, rolesOf } from '#tests/support/import-text.ts';

const FILE = 'Date,Payee,Net,Gross\n03/04/2027,Acme,1.000,1.200\n';

test('X11: the header is known again whatever the order, case and punctuation of its columns', () => {
  const fingerprint = (header: string): string =>
    headerFingerprint(importText(`${header}\n2027-04-03,Acme,1,2\n`).mapping);
  expect(fingerprint('GROSS,Net,payee,Date')).toBe(fingerprint('Date,Payee,Net,Gross'));
  expect(fingerprint('Date,Payee,Net')).not.toBe(fingerprint('Date,Payee,Net,Gross'));
  expect(fingerprint('Date,Payee,Net,Net')).not.toBe(fingerprint('Date,Payee,Net,Gross'));
});

test('X11: a mapping is remembered by column names and answers the questions the next file leaves open', () => {
  const { mapping, decisions } = importText(FILE);
  const answered = { ...likeliest(decisions), dateOrder: 'mdy', decimalMark: '.', currency: 'USD' } as const;
  const stored: unknown = JSON.parse(JSON.stringify(rememberMapping(withRole(mapping, 3, 'amount'), answered)));
  const remembered = v.parse(rememberedMapping, stored);

  const next = importText('Gross,Date,Payee,Net\n1.500,05/06/2027,Beta,1.250\n');
  expect(rolesOf(next)).toEqual([null, 'date', 'vendor', 'amount']);
  const recalled = recallRoles(next.mapping, remembered);
  expect(rolesOf({ mapping: recalled })).toEqual(['amount', 'date', 'vendor', null]);
  expect(recallAnswers(next.decisions, remembered)).toEqual({ ...answered, spending: 'positive' });
});

test('X11: where the next file decides for itself, the file is believed', () => {
  const { mapping, decisions } = importText(FILE);
  const remembered = rememberMapping(mapping, { ...likeliest(decisions), dateOrder: 'mdy', decimalMark: ',' });
  const next = importText('Date,Payee,Net,Gross\n25/06/2027,Beta,1.25,1.50\n');
  expect(recallAnswers(next.decisions, remembered)).toMatchObject({ dateOrder: 'dmy', decimalMark: '.' });
});

test('X11: a mapping is not applied to another header, nor to a file without one that holds other things', () => {
  const { mapping, decisions } = importText(FILE);
  const remembered = rememberMapping(withRole(mapping, 3, 'amount'), likeliest(decisions));
  const other = importText('Date,Payee,Net,Tax\n2027-04-01,A,1.00,0.20\n').mapping;
  expect(recallRoles(other, remembered)).toBe(other);
  const headless = (text: string): string => headerFingerprint(importText(text).mapping);
  expect(headless('2027-04-01,Acme,12.50\n')).toBe(headless('2027-05-01,Beta,7.00\n'));
  expect(headless('2027-04-01,Acme,12.50\n')).not.toBe(headless('Acme,2027-04-01,12.50\n'));
});
