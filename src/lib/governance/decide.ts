/** Yes or no to a command: pure, and the same code on the device and on the server. */
import { currencyOf } from '#lib/domain/money/currency.ts';
import type { Department } from '#lib/domain/organisation/department.ts';
import { err, ok, type Result } from '#lib/domain/result.ts';
import type { Facts } from './approval/facts.ts';
import { decideApprovals } from './approval/decide-approvals.ts';
import type { GivenCommand } from './command.ts';
import { decideDepartment } from './decide-department.ts';
import { decideRecoding, decideTakingBack } from './decide-entries.ts';
import { decidePosting } from './decide-posting.ts';
import { decideCalendar, decideRates } from './decide-terms.ts';
import { decidePeople } from './people/decide-people.ts';
import { access, type Access } from './rights/access.ts';
import { mayCause, mayGive } from './rights/rights.ts';
import type { DecisionEvent } from './event.ts';
import type { Refusal } from './refusal.ts';
import type { Founded, State } from './state.ts';

/**
 * What follows from a command, or why it may not be. `now` is the decider's ISO instant. No events means that what is
 * asked already stands: the answer is yes, and there is nothing to log. (G1)
 */
export function decide(
  state: State,
  given: GivenCommand,
  now: string,
  facts: Facts,
): Result<readonly DecisionEvent[], Refusal> {
  const { command, by } = given;
  if (command.kind === 'found-workspace') {
    if (state.workspace) return err({ kind: 'already-founded' });
    if (command.founder !== by) return err({ kind: 'founder-is-another', founder: command.founder });
    if (!currencyOf(command.baseCurrency)) return err({ kind: 'unknown-currency', currency: command.baseCurrency });
    return ok([{ ...command, kind: 'workspace-founded' }]);
  }
  if (!state.workspace) return err({ kind: 'not-founded' });
  const founded = { ...state, workspace: state.workspace };
  // Whoever joins holds nothing yet: the invitation is what lets them in.
  if (command.kind === 'join' && command.member === by) return decideFounded(founded, given, now, facts);
  const rights = access(state.people, by, now.slice(0, 10));
  const refusal = mayGive(rights, command);
  if (refusal) return err(refusal);
  const decided = decideFounded(founded, given, now, facts);
  return decided.ok ? within(rights, command.kind, decided.value) : decided;
}

/** What was decided, unless it reaches further than whoever asked. */
function within(
  rights: Access,
  kind: GivenCommand['command']['kind'],
  events: readonly DecisionEvent[],
): Result<readonly DecisionEvent[], Refusal> {
  const refusal = mayCause(rights, kind, events);
  return refusal ? err(refusal) : ok(events);
}

function decideFounded(
  state: Founded,
  { command, by }: GivenCommand,
  now: string,
  facts: Facts,
): Result<readonly DecisionEvent[], Refusal> {
  switch (command.kind) {
    case 'found-workspace':
      return err({ kind: 'already-founded' });
    case 'rename-workspace':
      return ok(command.name === state.workspace.name ? [] : [{ kind: 'workspace-renamed', name: command.name }]);
    case 'post':
      return decidePosting(state, command, { by, at: now });
    case 'return':
    case 'reverse':
      return decideTakingBack(state, command, { by, at: now });
    case 'recode':
      return decideRecoding(state, command, { by, at: now });
    case 'add-department':
    case 'revise-department':
    case 'close-department':
    case 'mark-area':
      return decideDepartment(state, command);
    case 'set-calendar':
      return decideCalendar(state, command.calendar);
    case 'set-rates':
    case 'remove-rate':
      return decideRates(state, command);
    case 'set-policy':
    case 'submit':
    case 'approve':
    case 'return-submission':
    case 'withdraw':
    case 'close-period':
    case 'reopen-period':
    case 'transfer-budget':
    case 'open-amendment': {
      const decided = decideApprovals(state, command, { by, at: now }, facts);
      return decided.ok ? decided : err({ kind: 'approval-refused', why: decided.error });
    }
    default:
      return decidePeople(state.people, command, {
        by,
        at: now,
        areas: areaIds(state.departments),
        remains: facts.remains ?? [],
      });
  }
}

function areaIds(departments: readonly Department[]): ReadonlySet<string> {
  return new Set(departments.filter(({ area }) => area).map(({ id }) => id));
}
