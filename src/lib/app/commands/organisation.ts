/** What changes only by decision: the departments, the fiscal calendar, the rates, the workspace's name. */
import type { FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { ExchangeRate } from '#lib/domain/money/exchange-rate.ts';
import type { DepartmentVersion } from '#lib/domain/organisation/department.ts';
import type { Outcome } from '../decider.ts';
import type { Workspace } from '../workspace.svelte.ts';

export function renameWorkspace(workspace: Workspace, name: string): Promise<Outcome> {
  return workspace.give({ kind: 'rename-workspace', name });
}

export function setCalendar(workspace: Workspace, calendar: FiscalCalendar): Promise<Outcome> {
  return workspace.give({ kind: 'set-calendar', calendar });
}

export function setRates(workspace: Workspace, rates: readonly ExchangeRate[]): Promise<Outcome> {
  // Exactly a rate's fields: one that was read from a document also has the document's id.
  const plain = rates.map(({ from, to, rate, date, source }) => ({ from, to, rate, date, source }));
  return workspace.give({ kind: 'set-rates', rates: plain });
}

export function removeRate(workspace: Workspace, { from, to, date }: ExchangeRate): Promise<Outcome> {
  return workspace.give({ kind: 'remove-rate', from, to, date });
}

/** Adds a department below `parentId`; `area` makes it a boundary of rights. */
export function addDepartment(
  workspace: Workspace,
  department: { readonly name: string; readonly code: string; readonly parentId: string; readonly area?: boolean },
): Promise<Outcome> {
  const { name, code, parentId, area = false } = department;
  const version: DepartmentVersion = { from: null, name, code, parentId, managerId: null };
  return workspace.give({ kind: 'add-department', id: workspace.newId(), version, area });
}

/** Renames, re-codes or moves a department from a date on; what was before stays as it was. */
export function reviseDepartment(workspace: Workspace, id: string, version: DepartmentVersion): Promise<Outcome> {
  return workspace.give({ kind: 'revise-department', id, version });
}

/** Closes a department from an ISO date on, or with null opens it again. */
export function closeDepartment(workspace: Workspace, id: string, from: string | null): Promise<Outcome> {
  return workspace.give({ kind: 'close-department', id, from });
}

export function markArea(workspace: Workspace, id: string, area: boolean): Promise<Outcome> {
  return workspace.give({ kind: 'mark-area', id, area });
}
