import { expect, test } from 'vitest';
import type { Risk, RiskAnswer } from '#lib/workers/simulation-messages.ts';
import { prepare } from '#lib/workers/simulation.ts';
import { startSimulationWorkers, type SimulationProgress, type SimulationWorkers } from '#lib/workers/start-simulation-workers.ts'; // prettier-ignore
import { makeRiskQuestion } from '#tests/support/make-risk-question.ts';

async function withWorkers<T>(count: number, use: (workers: SimulationWorkers) => Promise<T>): Promise<T> {
  const workers = startSimulationWorkers(count);
  try {
    return await use(workers);
  } finally {
    workers.close();
  }
}

function riskOf(answer: RiskAnswer | null): Risk {
  if (answer?.ok !== true) throw new Error(JSON.stringify(answer));
  return answer.value;
}

test('MC26: one, two and four workers give the same answer to the last bit, and so does no worker at all', async () => {
  const question = makeRiskQuestion();
  const answers = await Promise.all(
    [1, 2, 4].map((count) => withWorkers(count, (workers) => workers.simulate(question))),
  );
  const prepared = prepare(question);
  if (!prepared.ok) throw new Error('refused');
  const { pieces, run, finish } = prepared.value;
  const backwards = Array.from({ length: pieces }, (_, at) => pieces - 1 - at)
    .map(run)
    .reverse();
  const alone = riskOf(finish(backwards));
  for (const answer of answers) expect(riskOf(answer)).toEqual(alone);
  expect(alone.samples).toHaveLength(4096);
  expect(riskOf(await withWorkers(2, (workers) => workers.simulate(makeRiskQuestion({ seed: 43 })))).samples).not.toEqual(alone.samples); // prettier-ignore
});

test('MC26: every piece is told as it is done, and one pool answers one question after the other', async () => {
  await withWorkers(2, async (workers) => {
    const steps: SimulationProgress[] = [];
    const first = await workers.simulate(makeRiskQuestion(), { onprogress: (step) => steps.push(step) });
    expect(steps.map(({ done }) => done)).toEqual([...steps.keys()].map((at) => Math.min(2 * (at + 1), 32)));
    expect(steps.at(-1)).toEqual({ done: 32, of: 32 });
    expect(riskOf(await workers.simulate(makeRiskQuestion()))).toEqual(riskOf(first));
  });
});

test('MC26: an abort is heard within a few pieces, and the pool goes on to answer', async () => {
  await withWorkers(2, async (workers) => {
    const abort = new AbortController();
    const steps: SimulationProgress[] = [];
    const answer = await workers.simulate(makeRiskQuestion({ paths: 2 ** 18 }), {
      signal: abort.signal,
      onprogress(step) {
        steps.push(step);
        abort.abort();
      },
    });
    expect(answer).toBeNull();
    expect(steps.at(-1)?.done).toBeLessThanOrEqual(4);
    expect(riskOf(await workers.simulate(makeRiskQuestion({ paths: 256 }))).paths).toBe(256);
  });
});

test('MC18, MC27: what cannot be run is refused by the workers as by the page', async () => {
  await withWorkers(2, async (workers) => {
    expect(await workers.simulate(makeRiskQuestion({ varied: [], correlations: [] }))).toEqual({
      ok: false,
      error: [{ kind: 'simulation', fault: { kind: 'nothing-varies' } }],
    });
    const odd = { ...makeRiskQuestion(), seed: 'seven' } as unknown as ReturnType<typeof makeRiskQuestion>;
    expect(await workers.simulate(odd)).toEqual({ ok: false, error: [{ kind: 'unreadable', at: 'seed' }] });
  });
});
