/** Wiring: a question is prepared in every worker, pieces are run in any of them, one of them puts all together. */
import { expose, transfer } from 'comlink';
import type { ChunkResult } from '#lib/analysis/simulation/simulate.ts';
import { assert, ok, type Result } from '#lib/domain/result.ts';
import type { RiskAnswer, SimulationRefusal } from './simulation-messages.ts';
import { prepare, type Prepared } from './simulation.ts';

/** What the page sees of a worker. `id` names a question for as long as it is worked on. */
export interface SimulationService {
  /** How many pieces there are. */
  readonly begin: (id: number, question: unknown) => Result<number, readonly SimulationRefusal[]>;
  /** The pieces from `from` up to `until`. */
  readonly run: (id: number, from: number, until: number) => readonly ChunkResult[];
  readonly finish: (id: number, results: readonly ChunkResult[]) => RiskAnswer;
  readonly forget: (id: number) => void;
}

const open = new Map<number, Prepared>();

const service: SimulationService = {
  begin(id, question) {
    const prepared = prepare(question);
    if (!prepared.ok) return prepared;
    open.set(id, prepared.value);
    return ok(prepared.value.pieces);
  },
  run(id, from, until) {
    const { run } = preparedFor(id);
    const results = Array.from({ length: until - from }, (_, at) => run(from + at));
    return transfer(
      results,
      results.flatMap(({ outputs }) => outputs.map(({ buffer }) => buffer as ArrayBuffer)),
    );
  },
  finish(id, results) {
    const answer = preparedFor(id).finish(results);
    return answer.ok ? transfer(answer, [answer.value.samples.buffer]) : answer;
  },
  forget: (id) => void open.delete(id),
};

function preparedFor(id: number): Prepared {
  const prepared = open.get(id);
  assert(prepared !== undefined, `no simulation ${id} is open`);
  return prepared;
}

expose(service);
