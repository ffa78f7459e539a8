/** The money of a plan as the grid wants it: one array of minor units for each period, in the order of the lines. */
import type { Phases } from '#lib/domain/budget/line.ts';
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';

interface Planned {
  readonly id: string;
  readonly phases: Phases;
}

export class PlanFigures {
  #position = new Map<string, number>();
  #byPeriod = new Map<PeriodKey, Float64Array>();
  #count = 0;

  /** Minor units by period; a line without a figure there has zero. */
  get byPeriod(): ReadonlyMap<PeriodKey, Float64Array> {
    return this.#byPeriod;
  }

  /** The figures of a period, zeros when nothing was planned in it. */
  of(period: PeriodKey): Float64Array {
    const known = this.#byPeriod.get(period);
    if (known !== undefined) return known;
    const figures = new Float64Array(this.#count);
    this.#byPeriod.set(period, figures);
    return figures;
  }

  /** Starts over with these lines. */
  reset(lines: readonly Planned[]): void {
    this.#count = lines.length;
    this.#position = new Map(lines.map(({ id }, position) => [id, position]));
    this.#byPeriod = new Map();
    for (const line of lines) this.take(line);
  }

  /** Takes in one line's phases as they stand now. */
  take(line: Planned | undefined): void {
    const position = line === undefined ? undefined : this.#position.get(line.id);
    if (line === undefined || position === undefined) return;
    for (const [period, figures] of this.#byPeriod) figures[position] = line.phases[period] ?? 0;
    for (const [period, minor] of Object.entries(line.phases)) this.of(period)[position] = minor;
  }
}
