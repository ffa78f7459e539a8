/** Whether the department tree may change: the rules are the tree's own (O1 to O5). */
import { isSameJson, type JsonValue } from '#lib/domain/json.ts';
import {
  addDepartment,
  closeDepartment,
  markArea,
  reviseDepartment,
  type DepartmentRefusal,
} from '#lib/domain/organisation/department-change.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Command } from './command.ts';
import type { DecisionEvent } from './event.ts';
import type { Refusal } from './refusal.ts';
import type { State } from './state.ts';

type DepartmentCommand = Extract<
  Command,
  { kind: 'add-department' | 'revise-department' | 'close-department' | 'mark-area' }
>;
type Changed = Result<readonly Department[], DepartmentRefusal>;

/** A change that leaves the tree as it is has nothing to log. (G12) */
export function decideDepartment(state: State, command: DepartmentCommand): Result<readonly DecisionEvent[], Refusal> {
  const [changed, event] = change(state.departments, command);
  if (!changed.ok) return err({ kind: 'department-refused', id: command.id, why: changed.error });
  return ok(sameTree(changed.value, state.departments) ? [] : [event]);
}

function change(departments: readonly Department[], command: DepartmentCommand): [Changed, DecisionEvent] {
  const { id } = command;
  switch (command.kind) {
    case 'add-department':
      return [addDepartment(departments, command), { ...command, kind: 'department-added' }];
    case 'revise-department':
      return [reviseDepartment(departments, id, command.version), { ...command, kind: 'department-revised' }];
    case 'close-department':
      return [closeDepartment(departments, id, command.from), { ...command, kind: 'department-closed' }];
    case 'mark-area':
      return [markArea(departments, id, command.area), { ...command, kind: 'area-marked' }];
  }
}

function sameTree(a: readonly Department[], b: readonly Department[]): boolean {
  return isSameJson(a as unknown as JsonValue, b as unknown as JsonValue);
}
