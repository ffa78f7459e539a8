import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameFromText, nameToText, type DocumentName } from '#lib/documents/document-name.ts';

const id = fc.stringMatching(/^[A-Za-z0-9_.-]{1,64}$/);
const name: fc.Arbitrary<DocumentName> = fc.oneof(
  fc.constant({ kind: 'core' as const }),
  fc.record({ kind: fc.constant('plan' as const), version: id, area: id }),
  fc.record({ kind: fc.constant('scenario' as const), scenario: id, area: id }),
  fc.record({ kind: fc.constant('inbox' as const), member: id }),
  fc.record({ kind: fc.constant('ledger' as const), period: fc.constantFrom('2027-03', '2027P13'), area: id }),
  fc.record({ kind: fc.constant('talk' as const), year: fc.integer({ min: 1900, max: 2999 }), area: id }),
  fc.record({ kind: fc.constant('analysis' as const), year: fc.integer({ min: 1900, max: 2999 }), area: id }),
  fc.record({ kind: fc.constant('decisions' as const), area: id }),
  fc.record({ kind: fc.constant('approvals' as const), area: id }),
);

test('D1: names are written as the rest of the house writes them', () => {
  expect(nameToText({ kind: 'core' })).toBe('core');
  expect(nameToText({ kind: 'plan', version: 'fy27', area: 'root' })).toBe('plan/fy27/root');
  expect(nameToText({ kind: 'scenario', scenario: 'cuts', area: 'root' })).toBe('scenario/cuts/root');
  expect(nameToText({ kind: 'ledger', period: '2027-03', area: 'root' })).toBe('ledger/2027-03/root');
  expect(nameToText({ kind: 'talk', year: 2027, area: 'root' })).toBe('talk/2027/root');
});

test('D1: every name reads back from its text', () => {
  fc.assert(
    fc.property(name, (each) => {
      expect(nameFromText(nameToText(each))).toEqual(each);
    }),
  );
});

test('D1: what is not exactly the text of a name is none', () => {
  const wrong: readonly unknown[] = [
    '',
    'core/',
    'Core',
    'plan/fy27',
    'plan/fy27/root/more',
    'plan//root',
    'scenario/cuts',
    'scenario/cuts/root/more',
    'inbox/a b',
    'inbox/../core',
    'inbox/a/b',
    'ledger/2027-13/root',
    'ledger/2027P14/root',
    'ledger/27-03/root',
    'talk/0027/root',
    'talk/2027.5/root',
    'analysis/2027',
    'analysis/2027-03/root',
    'decisions/',
    'else/root',
    null,
    7,
  ];
  expect(wrong.filter((text) => nameFromText(text) !== null)).toEqual([]);
});
