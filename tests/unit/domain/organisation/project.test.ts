import { expect, test } from 'vitest';
import { checkObjective, isOverdue } from '#lib/domain/organisation/objective.ts';
import { checkProject } from '#lib/domain/organisation/project.ts';

const project = { id: 'p', name: ' Migration ', code: ' MIG ', objectiveId: null, closed: false };
const other = { id: 'q', name: 'Other', code: 'mig', objectiveId: null, closed: false };
const objective = { id: 'o', name: 'Cut run cost', metric: 'run share', target: '60 %', due: '2027-12-31' };

test('O13: a project has a name, and a code that no other open project has', () => {
  expect(checkProject(project, [])).toMatchObject({ value: { name: 'Migration', code: 'MIG' } });
  expect(checkProject({ ...project, name: ' ' }, [])).toMatchObject({ error: { kind: 'name-missing' } });
  expect(checkProject(project, [other])).toMatchObject({ error: { kind: 'code-taken', by: 'Other' } });
  expect(checkProject(project, [{ ...other, closed: true }, project]).ok).toBe(true);
  expect(checkProject({ ...project, code: '' }, [{ ...other, code: '' }]).ok).toBe(true);
});

test('O14: an objective has a name and a due date, and is overdue on the days after it', () => {
  expect(checkObjective(objective)).toMatchObject({ value: objective });
  expect(checkObjective({ ...objective, name: '' })).toMatchObject({ error: { kind: 'name-missing' } });
  expect(checkObjective({ ...objective, due: '31.12.2027' })).toMatchObject({ error: { kind: 'not-a-date' } });
  expect(isOverdue(objective, '2027-12-31')).toBe(false);
  expect(isOverdue(objective, '2028-01-01')).toBe(true);
  expect(isOverdue({ ...objective, due: null }, '2028-01-01')).toBe(false);
});
