/** The longest task of a page's main thread, out of a Chromium trace. */
import * as v from 'valibot';

const traceSchema = v.object({
  traceEvents: v.array(
    v.looseObject({
      name: v.string(),
      pid: v.number(),
      tid: v.number(),
      dur: v.optional(v.number()),
      tdur: v.optional(v.number()),
      args: v.optional(v.looseObject({ name: v.optional(v.unknown()) })),
    }),
  ),
});

interface LongestTask {
  /** By the clock: what a person waits for, which on a busy machine is also others' work. */
  readonly ms: number;
  /** The most that the page itself computed in one task. */
  readonly cpuMs: number;
}

/** Throws where the trace has no task of a main thread, because then nothing was measured. */
export function longestTask(trace: Buffer): LongestTask {
  const { traceEvents } = v.parse(traceSchema, JSON.parse(trace.toString()));
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid, dur }) => /RunTask$/.test(name) && dur !== undefined && mainThreads.has(`${pid} ${tid}`),
  );
  if (tasks.length === 0) throw new Error('The trace has no task of a main thread.');
  return {
    ms: tasks.reduce((longest, { dur = 0 }) => Math.max(longest, dur), 0) / 1000,
    cpuMs: tasks.reduce((longest, { tdur = 0 }) => Math.max(longest, tdur), 0) / 1000,
  };
}
