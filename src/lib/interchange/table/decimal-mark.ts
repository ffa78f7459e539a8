/** Whether a column of amounts writes decimals with a point or a comma, decided on the whole column or asked. (X9) */
import { minorDigits } from '#lib/domain/money/currency.ts';
import { numeralReadings, type DecimalMark } from '#lib/domain/money/numeral.ts';
import { readAmount } from './amount-text.ts';

export type DecimalDecision =
  | { readonly kind: 'decided'; readonly mark: DecimalMark }
  /** It holds cells such as `1.234` and none that tells, or tells both: a person has to say. The likelier mark stands first. */
  | { readonly kind: 'ambiguous'; readonly marks: readonly DecimalMark[]; readonly samples: readonly AmountSample[] };

/** A cell with what each mark makes of it, in minor units, in the order of `marks`. */
interface AmountSample {
  readonly text: string;
  readonly readings: readonly (number | null)[];
}

export interface DecimalEvidence {
  readonly add: (cell: string) => void;
  /** `currency`: the one the column is mostly in. */
  readonly decide: (currency: string) => DecimalDecision;
}

const SAMPLES = 5;
/** When this share of the telling cells tells the opposite, no mark is taken without asking. */
const DISPUTED = 0.1;

export function decimalEvidence(): DecimalEvidence {
  const cells = { '.': 0, ',': 0, either: 0 };
  const samples = new Set<string>();
  return {
    add(cell) {
      const told = whatItTells(cell);
      if (told === undefined) return;
      cells[told] += 1;
      if (told === 'either' && samples.size < SAMPLES) samples.add(cell.trim());
    },
    decide(currency) {
      const [most, least]: [DecimalMark, DecimalMark] = cells[','] > cells['.'] ? [',', '.'] : ['.', ','];
      const isTold = cells[most] > 0 && cells[least] <= DISPUTED * cells[most];
      // Cells that tell are read by what they tell; only the others hang on the mark.
      if (isTold || cells.either === 0) return { kind: 'decided', mark: most };
      const likelier = cells[most] > 0 ? most : byThousands([...samples], currency);
      return ask([likelier, likelier === '.' ? ',' : '.'], [...samples], currency);
    },
  };
}

/** The mark a cell must be written with, `either` when it could be both, undefined when it tells nothing. */
export function whatItTells(cell: string): DecimalMark | 'either' | undefined {
  const mark = markOf(/([.,])\d{1,2}\D*$/.exec(cell)?.[1]);
  if (mark !== undefined) return mark;
  const figures = /\d[\d.,' ]*\d/.exec(cell)?.[0] ?? '';
  const last = markOf(/[.,](?=[^.,]*$)/.exec(figures)?.[0]);
  const [reading, other] = numeralReadings(figures);
  if (last === undefined || reading === undefined) return undefined;
  if (other !== undefined) return 'either';
  return reading.includes('.') ? last : otherThan(last);
}

/** Cells that all have three figures behind the mark are thousands, unless the currency has thousandths. */
function byThousands(samples: readonly string[], currency: string): DecimalMark {
  const seen = samples.some((text) => text.includes(',')) ? ',' : '.';
  return minorDigits(currency) >= 3 ? seen : otherThan(seen);
}

function ask(marks: readonly DecimalMark[], texts: readonly string[], currency: string): DecimalDecision {
  const samples = texts.map((text) => ({
    text,
    readings: marks.map((mark) => {
      const amount = readAmount(text, currency, mark);
      return amount.ok ? amount.value.minor : null;
    }),
  }));
  return { kind: 'ambiguous', marks, samples };
}

function markOf(text: string | undefined): DecimalMark | undefined {
  return text === '.' || text === ',' ? text : undefined;
}

function otherThan(mark: DecimalMark): DecimalMark {
  return mark === '.' ? ',' : '.';
}
