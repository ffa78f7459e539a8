/** A sample as it is listed: what each record is called, what it is worth, when it was and where it is looked up. */
import { kindText } from '#lib/app/audit/describe-entry.ts';
import type { Sampled } from '#lib/app/audit/draw-sample.ts';
import type { DecisionKind, SampledDecision } from '#lib/app/audit/sample-decisions.ts';
import { requestTitle, type Naming } from '#lib/app/approvals/words.ts';
import { moneyText } from '#lib/ui/figure/figure-text.ts';
import { addressOf } from './audit-filter.ts';

export const DECISIONS: Readonly<Record<DecisionKind, string>> = {
  submission: 'Submission',
  transfer: 'Transfer',
  approval: 'Approval',
  return: 'Return',
  withdrawal: 'Withdrawal',
  close: 'Close',
  reopening: 'Reopening',
};

export interface SampleRow {
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly value: string;
  readonly caption: string;
}

export function sampleRow(record: Sampled, naming: Naming): SampleRow {
  const { id } = record;
  switch (record.what) {
    case 'posting': {
      const { expense, title, period } = record;
      const value = amountText(record.amount, naming);
      return { id, href: `/expenses?expense=${expense}`, title: title || expense, value, caption: period };
    }
    case 'decision': {
      const caption = `${naming.nameOf(record.by)}, ${day(record.at, naming)}`;
      const value = amountText(record.amount, naming);
      return { id, href: addressOf({ record: record.about }), title: decisionTitle(record, naming), value, caption };
    }
    case 'changed-record': {
      const { collection, title, amount, at, members } = record;
      return {
        id,
        href: addressOf({ record: record.record }),
        title: `${kindText(collection)} ${title}`.trim(),
        value: amount === 1 ? '1 change' : `${amount.toLocaleString(naming.locale)} changes`,
        caption: [members.map((member) => naming.nameOf(member)).join(', '), at === null ? '' : day(at, naming)]
          .filter(Boolean)
          .join(', '),
      };
    }
  }
}

/** Minor units of the base currency as text; a dash where there is no money. */
export function amountText(minor: number | null, { baseCurrency, locale }: Naming): string {
  return minor === null ? '–' : moneyText({ minor, currency: baseCurrency }, locale, { currency: 'code' });
}

function decisionTitle({ kind, subject, transfer }: SampledDecision, naming: Naming): string {
  const about = subject.kind === 'period' ? subject.period : requestTitle({ subject, transfer }, naming);
  return kind === 'transfer' ? about : `${DECISIONS[kind]}: ${about}`;
}

function day(at: string, { locale }: Naming): string {
  return new Date(at).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' });
}
