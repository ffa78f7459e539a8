import { expect, test } from 'vitest';
import { daysFault, NEW_GRANT, withRole } from '../../../../src/routes/settings/sharing/invited.ts';

const TODAY = '2027-03-15';

test('P3: an auditor is proposed thirty days, the last one included; what somebody chose stays', () => {
  expect(withRole(NEW_GRANT, 'auditor', TODAY)).toMatchObject({ role: 'auditor', from: null, until: '2027-04-14' });
  const chosen = { ...NEW_GRANT, until: '2027-06-30' };
  expect(withRole(chosen, 'auditor', TODAY).until).toBe('2027-06-30');
});

test('P3: the proposal goes with the role it was made for, and what was typed does not', () => {
  const auditor = withRole(NEW_GRANT, 'auditor', TODAY);
  expect(withRole(auditor, 'viewer', TODAY).until).toBeNull();
  expect(withRole({ ...auditor, until: '2027-03-31' }, 'viewer', TODAY).until).toBe('2027-03-31');
});

test('P3: areas and limits stay with the roles that can have them', () => {
  const approver = { ...NEW_GRANT, role: 'approver', areas: ['ops'], limit: 5000 } as const;
  expect(withRole(approver, 'auditor', TODAY)).toMatchObject({ areas: ['ops'], limit: null });
  expect(withRole(approver, 'controller', TODAY)).toMatchObject({ areas: null, limit: null });
});

test('P3: a role that ends before it begins, or has ended, is told so before it is asked for', () => {
  const fault = (from: string | null, until: string | null) => daysFault({ from, until }, TODAY);
  expect(fault('2027-04-02', '2027-04-01')).toBe('The role would end before it begins. Change one of the two dates.');
  expect(fault(null, '2027-03-14')).toContain('This day is over.');
  for (const [from, until] of [
    [null, null],
    ['2027-04-01', null],
    [null, TODAY],
    ['2027-04-01', '2027-04-01'],
  ] as const) {
    expect(fault(from, until)).toBeNull();
  }
});
