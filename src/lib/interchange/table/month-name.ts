/** Month names as files write them, in the languages Outlay's readers meet most. */

/** Full names and abbreviations per month, without accents: English, German, French, Spanish, Italian, Dutch, Portuguese, Nordic, Polish. */
const NAMES = [
  'january jan januar janvier janv enero ene gennaio gen januari janeiro janner stycznia styczen sty',
  'february feb februar fevrier fevr febrero febbraio februari fevereiro fev lutego luty lut',
  'march mar marz mars marzo maart mrt marco marca marzec marts',
  'april apr avril avr abril abr aprile kwietnia kwiecien kwi',
  'may mai mayo maggio mag mei maio maj maja',
  'june jun juni juin junio giugno giu junho czerwca czerwiec cze',
  'july jul juli juillet juil julio luglio lug julho lipca lipiec lip',
  'august aug aout aou agosto ago augustus augusti sierpnia sierpien sie',
  'september sept sep septembre septiembre set settembre setembro wrzesnia wrzesien wrz',
  'october oct oktober okt octobre octubre ottobre ott outubro out oktobar pazdziernika pazdziernik paz',
  'november nov novembre noviembre novembro listopada listopad lis',
  'december dec dezember dez decembre diciembre dic dicembre dezembro desember des grudnia grudzien gru',
];

const numberByName: ReadonlyMap<string, number> = new Map(
  NAMES.flatMap((names, i) => names.split(' ').map((name): [string, number] => [name, i + 1])),
);

/** 1 to 12 for the name or abbreviation of a month, whatever its case, accents and closing dot. */
export function monthOfName(name: string): number | undefined {
  return numberByName.get(withoutAccents(name).toLowerCase().replace(/\.$/, ''));
}

export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '');
}
