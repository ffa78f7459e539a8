/** Footers: rows that sum up others and would count them twice. (X14) */
import { withoutAccents } from '../table/month-name.ts';

const TOTAL =
  /^(?:(?:grand|sub|overall|report|column|page|running|net|gross|year|monthly|annual)[ -]*)?(?:totals?|subtotals?|sum|summe|gesamt|gesamtsumme|gesamtbetrag|zwischensumme|total general|totale|totale generale|totaal|eindtotaal|suma|soma|summa|razem|ogolem|i alt|totalt)(?: (?:for|of|amount|spend|expenditure|payments|value|net|gross|general|generale|period|month|year|this)\b.*)?\s*[:=]?$/i;

/** Whether a cell's whole text is the label of a total. A vendor named "Total Gas" is none. */
export function isTotalLabel(cell: string): boolean {
  return cell.length <= 60 && /^\p{L}/u.test(cell) && TOTAL.test(withoutAccents(cell).trim());
}
