/** What a person fills in to say what is known or decided of a line, and what becomes of it: something to write, or why not. */
import type { Judging } from '#lib/app/forecasting/judgement-acts.ts';
import type { Money } from '#lib/domain/money/money.ts';

export type JudgementKind = Judging['collection'];

type ChangeKind = 'step' | 'percent' | 'start' | 'end' | 'end-of-all' | 'one-off';

/** All fields of all kinds; each kind reads its own. */
export interface JudgementForm {
  readonly label: string;
  readonly amount: Money | null;
  readonly period: string;
  readonly reason: string;
  readonly expires: string | null;
  readonly on: string | null;
  readonly last: string | null;
  readonly every: string;
  readonly unit: 'week' | 'month';
  readonly change: ChangeKind;
  /** Percent more (or with a minus less), as typed. */
  readonly percent: string;
  readonly adjust: 'replace' | 'exclude' | 'level-shift';
}

export const BLANK: JudgementForm = {
  label: '',
  amount: null,
  period: '',
  reason: '',
  expires: null,
  on: null,
  last: null,
  every: '1',
  unit: 'month',
  change: 'step',
  percent: '',
  adjust: 'exclude',
};

export const NEEDS_PERCENT = 'Enter by how many percent the price changes: 4, or −2.5 for less.';
const NEEDS_AMOUNT = 'Enter the amount.';
const NEEDS_DATE = 'Enter the date.';
const NEEDS_LABEL = 'Say what it is, so that others know it again.';
const NEEDS_REASON = 'Write down the reason: a figure is changed only with one.';

/** What is written down, or a sentence that says what is missing. `currency`: of the amounts, the base currency. */
export function judgingFrom(kind: JudgementKind, form: JudgementForm, currency: string): Judging | string {
  switch (kind) {
    case 'recurring':
      return recurringFrom(form, currency);
    case 'lineChanges':
      return changeFrom(form, currency);
    case 'adjustments':
      return adjustmentFrom(form);
    case 'overrides':
      return overrideFrom(form);
  }
}

function recurringFrom({ label, amount, on, last, every, unit }: JudgementForm, currency: string): Judging | string {
  const count = Number(every);
  if (label.trim() === '') return NEEDS_LABEL;
  if (amount === null) return NEEDS_AMOUNT;
  if (on === null) return NEEDS_DATE;
  if (!Number.isInteger(count) || count < 1) return 'It has to come every so many weeks or months, from 1 on.';
  if (last !== null && last < on) return 'It ends before it starts. Check both dates.';
  const said = { label: label.trim(), amount: amount.minor, currency, first: on, every: { count, unit }, last };
  return { collection: 'recurring', said };
}

function changeFrom({ label, change, amount, on, percent }: JudgementForm, currency: string): Judging | string {
  if (label.trim() === '') return NEEDS_LABEL;
  if (on === null) return NEEDS_DATE;
  const dated = { label: label.trim(), on };
  if (change === 'end-of-all') {
    const said = { ...dated, kind: 'end' as const, amount: null, factor: null, currency: null };
    return { collection: 'lineChanges', said };
  }
  if (change === 'percent') {
    const factor = factorOf(percent);
    if (factor === null) return NEEDS_PERCENT;
    const said = { ...dated, kind: 'price-step' as const, amount: null, factor, currency: null };
    return { collection: 'lineChanges', said };
  }
  if (amount === null) return NEEDS_AMOUNT;
  const kind = change === 'step' ? 'price-step' : change;
  return { collection: 'lineChanges', said: { ...dated, kind, amount: amount.minor, factor: null, currency } };
}

function adjustmentFrom({ adjust, period, amount, reason, expires }: JudgementForm): Judging | string {
  if (period === '') return 'Choose the period.';
  if (adjust === 'replace' && amount === null) return NEEDS_AMOUNT;
  if (reason.trim() === '') return NEEDS_REASON;
  const figure = adjust === 'replace' && amount !== null ? amount.minor : null;
  return { collection: 'adjustments', said: { period, kind: adjust, amount: figure, reason: reason.trim(), expires } };
}

function overrideFrom({ period, amount, reason, expires }: JudgementForm): Judging | string {
  if (period === '') return 'Choose the period.';
  if (amount === null) return NEEDS_AMOUNT;
  if (reason.trim() === '') return NEEDS_REASON;
  return { collection: 'overrides', said: { period, amount: amount.minor, reason: reason.trim(), expires } };
}

/** 1.04 of '4'; null for what is no number or would leave nothing. */
function factorOf(percent: string): number | null {
  const text = percent.trim().replace('−', '-').replace(',', '.').replace(/ ?%$/, '');
  const factor = 1 + Number(text) / 100;
  return text !== '' && Number.isFinite(factor) && factor > 0 ? Math.round(factor * 1e6) / 1e6 : null;
}
