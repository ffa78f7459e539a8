/** What a forecast rests on, in sentences: warnings, what people decided, and why there is none. */
import type { PeriodKey } from '#lib/domain/fiscal/period.ts';
import type { EventFault } from '../known-events/event.ts';
import type { Adjustment } from '../series/adjustments.ts';
import type { Judged, Judgement } from '../series/judgement.ts';
import type { Forecast, ForecastFault } from './forecast.ts';
import type { Override } from './overrides.ts';
import type { Warning } from './warnings.ts';

/** How figures, people and periods are written where the sentences are read. */
export interface Wording {
  /** Of minor units, which may have a fraction. */
  readonly amount: (minor: number) => string;
  readonly person: (id: string) => string;
  readonly period: (key: PeriodKey) => string;
}

/** Every warning, adjustment and override of a forecast: none of them is left unsaid. */
export function explainForecast(made: Forecast, words: Wording): string[] {
  return [
    ...made.warnings.map((warning) => explainWarning(warning, words)),
    ...made.adjustments.map((adjustment) => explainAdjustment(adjustment, words)),
    ...made.overrides.map((override) => explainOverride(override, words)),
  ];
}

function explainWarning(warning: Warning, { amount, period }: Wording): string {
  switch (warning.kind) {
    case 'too-short':
      return `There are ${counted(warning.periods, 'period')} of history and ${warning.needed} are needed: the last figure goes on, without a range.`;
    case 'few-seasons':
      return `There are ${counted(warning.periods, 'period')} of history: it takes ${2 * warning.season}, two full years, to tell a season from chance.`;
    case 'intermittent':
      return `${warning.zeros} of ${warning.periods} periods are zero: what is forecast is the average of what comes now and then.`;
    case 'constant':
      return 'Every figure so far is the same, so nothing can be said of how far off the next one may be.';
    case 'cannot-pin':
      return `The method that was chosen cannot be fitted to this history, so it was not used.`;
    case 'begun-after-gap':
      return `Nothing was booked for a year or more before ${period(warning.period)}: what is older is not looked at.`;
    case 'shifted':
      return `The level changed by ${amount(warning.by)} with ${period(warning.period)}. If it stays, say so: the figures before it are then read at the new level.`;
    case 'outliers':
      return `Far from what was to be expected: ${warning.figures.map((figure) => `${period(figure.period)} with ${amount(figure.booked)} in place of about ${amount(figure.expected)}`).join('; ')}.`;
    case 'stale':
      return `The last figure is that of ${period(warning.last)}: ${counted(warning.periods, 'period')} have gone by since.`;
  }
}

function explainAdjustment({ judgement, standing, changes }: Judged<Adjustment>, words: Wording): string {
  const name = words.period(judgement.period);
  const [change] = changes;
  const act = {
    replace: () =>
      change === undefined
        ? `The figure of ${name} is taken as it is booked`
        : `The figure of ${name} is read as ${words.amount(change.is)} in place of ${words.amount(change.was)}`,
    exclude: () =>
      change === undefined
        ? `The figure of ${name} is left out`
        : `The figure of ${name}, ${words.amount(change.was)}, is left out; about ${words.amount(change.is)} was to be expected`,
    'level-shift': () => `The level since ${name} is taken to stay, and the figures before it are read at that level`,
  }[judgement.kind]();
  return sentenceOf(act, judgement, standing, words);
}

function explainOverride({ judgement, standing, changes }: Judged<Override>, words: Wording): string {
  const name = words.period(judgement.period);
  const calculated = changes[0] === undefined ? '' : ` in place of the ${words.amount(changes[0].was)} calculated`;
  const act = `For ${name}, ${words.amount(judgement.amount)} is expected${calculated}`;
  return sentenceOf(act, judgement, standing, words);
}

/** `act`, by whom and why; where it does not hold, that comes first. */
function sentenceOf(
  act: string,
  { by, reason, at, expires }: Judgement,
  standing: Judged<Judgement>['standing'],
  { person }: Wording,
): string {
  const held = {
    holds: '',
    expired: `No longer in force since ${expires ?? ''}: `,
    superseded: 'Replaced by a later decision: ',
    outside: 'Without effect, because the period is not among those in question: ',
  }[standing];
  const until = standing === 'holds' && expires !== null ? `, until ${expires}` : '';
  return `${held}${act} (${person(by)}, ${at.slice(0, 10)}${until}: “${reason}”).`;
}

/** Why there is no forecast, and what to do. */
export function explainForecastFault(fault: ForecastFault): string {
  switch (fault.kind) {
    case 'not-a-horizon':
      return 'A forecast looks 1 to 600 periods ahead.';
    case 'reason-missing':
      return 'Write down the reason: a figure is changed only with one.';
    default:
      return explainEventFault(fault);
  }
}

function explainEventFault(fault: EventFault): string {
  switch (fault.kind) {
    case 'not-a-date':
      return `“${fault.date}” is not a date. Write it as year, month and day: 2027-04-30.`;
    case 'ends-before-it-starts':
      return 'It ends before it starts. Check both dates.';
    case 'not-an-interval':
      return 'It has to come every so many weeks or months, from 1 on.';
    case 'not-an-amount':
      return 'The amount is not a whole number of minor units, or too large to be exact.';
    case 'not-a-factor':
      return 'A price changes by a factor above zero: 1.04 for four percent more.';
    case 'other-currency':
      return `It is in ${fault.currency} and the line is in ${fault.expected}. Convert it first: amounts of several currencies are not added up.`;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
