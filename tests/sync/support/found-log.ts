import { NO_FACTS, type Facts } from '#lib/governance/approval/facts.ts';
import type { Command, GivenCommand } from '#lib/governance/command.ts';
import { decide } from '#lib/governance/decide.ts';
import { appendDecision, EMPTY_LOG, headOf } from '#lib/governance/decision-log.ts';
import type { LogEntry } from '#lib/governance/decision-log.ts';
import { evolve } from '#lib/governance/evolve.ts';
import { initialState } from '#lib/governance/state.ts';

const AT = '2027-01-04T09:00:00.000Z';

/** What founding a workspace decides. */
function foundingBy(founder: string): Command {
  const calendar = { pattern: 'months', startMonth: 1, namedBy: 'start' } as const;
  return { kind: 'found-workspace', name: 'Example', baseCurrency: 'EUR', calendar, founder };
}

export function given(command: Command, by: string, id: string): GivenCommand {
  return { id, command, by, at: AT };
}

/** The log of a workspace on a device, with these commands decided there after its founding. */
export function localLog(
  founder: string,
  commands: readonly Command[] = [],
  facts: Facts = NO_FACTS,
): readonly LogEntry[] {
  const log: LogEntry[] = [];
  let state = initialState();
  for (const [index, command] of [foundingBy(founder), ...commands].entries()) {
    const asked = given(command, founder, `local-${index}`);
    const decided = decide(state, asked, AT, facts);
    if (!decided.ok) throw new Error(`refused: ${decided.error.kind}`);
    const head = log.length === 0 ? EMPTY_LOG : headOf(log[log.length - 1] as LogEntry);
    log.push(
      appendDecision(head, {
        given: asked,
        events: decided.value,
        decidedAt: AT,
        decider: 'device',
        salt: '0'.repeat(32),
      }),
    );
    state = decided.value.reduce(evolve, state);
  }
  return log;
}
