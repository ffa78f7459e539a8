/** Long work as a generator of its steps: a worker looks up between them for a cancel, a test runs them through. */

/** Takes all steps, handing each to `onstep`, and gives the result. */
export function runSteps<Step, R>(steps: Generator<Step, R, void>, onstep?: (step: Step) => void): R {
  for (;;) {
    const next = steps.next();
    if (next.done === true) return next.value;
    onstep?.(next.value);
  }
}
