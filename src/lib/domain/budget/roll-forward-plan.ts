/** Starting a version from another one whose lines may be worked out by formulas. */
import type { Timeline } from '#lib/domain/expression/timeline.ts';
import { idsIn } from '#lib/domain/expression/typed.ts';
import type { AmountOverflow } from '#lib/domain/money/money.ts';
import { ok, type Result } from '#lib/domain/result.ts';
import type { Plan, PlanLine } from '#lib/domain/scenario/plan.ts';
import { effectivePhases, effectivePlan } from './effective.ts';
import { rollForward } from './roll-forward.ts';

/**
 * The lines of one part as they stand in the copy, which has the drivers of the part. `growth` is percent as exact decimal
 * text; `leaves` says which lines come to stand in another document. (B7, B8, B14)
 */
export function rollPlanForward(
  plan: Plan,
  from: Timeline,
  to: Timeline,
  growth: string,
  leaves: (line: PlanLine) => boolean,
): Result<readonly PlanLine[], AmountOverflow & { readonly lineId: string }> {
  const effective = effectivePlan(plan, from);
  const came = plan.lines.map((line) => ({ ...line, figures: effectivePhases(effective, line) }));
  const grown = rollForward(
    came.map(({ line, figures }) => ({ line, phases: figures.ok ? figures.value : {} })),
    from,
    to,
    growth,
  );
  if (!grown.ok) return grown;
  const asFigures = new Map(grown.value.map((copy) => [copy.line.id, { ...copy, formula: null }]));
  const copies = came.flatMap((source): readonly PlanLine[] => {
    const figures = asFigures.get(source.line.id);
    if (figures === undefined) return [];
    // What had no figures in the source has none to give: its formula goes along and says why.
    if (source.formula === null || (source.figures.ok && leaves(source))) return [figures];
    const formula = source.figures.ok ? grownFormula(source.formula, growth, plan) : source.formula;
    return [{ ...figures, phases: {}, formula }];
  });
  const { faults } = effectivePlan({ ...plan, lines: copies }, to);
  return ok(
    copies.map((copy) => {
      const cannot = copy.formula !== null && faults.has(copy.line.id) && !effective.faults.has(copy.line.id);
      return cannot ? (asFigures.get(copy.line.id) ?? copy) : copy;
    }),
  );
}

function grownFormula(formula: string, growth: string, { lines }: Plan): string {
  if (/^-?0+(\.0+)?$/.test(growth)) return formula;
  const named = idsIn(formula);
  return lines.some(({ line }) => named.has(line.id)) ? formula : `(${formula}) * (1 + ${growth}%)`;
}
