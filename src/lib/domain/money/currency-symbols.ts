/** Currency signs and short names people write beside an amount, and the currencies they may mean. (M19) */
import { currencyOf } from '#lib/domain/money/currency.ts';

/** Whether a word beside an amount means the wanted currency, another one, or none that is known. */
export function readCurrency(word: string, wanted: string): 'wanted' | 'other' | undefined {
  const name = word.replaceAll(/[\s.]/g, '').toUpperCase();
  if (name === wanted) return 'wanted';
  if (currencyOf(name) !== undefined) return 'other';
  const isSmallLetter = word.length === 1 && word !== name; // `k` is a thousand, `K` may be the kwacha
  const meant = isSmallLetter ? undefined : (bySign.get(name) ?? bySign.get(withoutCountry(name, wanted)));
  if (meant === undefined) return undefined;
  return meant.includes(wanted) ? 'wanted' : 'other';
}

/** `US$`, `$US` and `CA$` as `$`, if the letters begin the wanted currency's code. */
function withoutCountry(name: string, wanted: string): string {
  const country = wanted.slice(0, 2);
  if (name.startsWith(country)) return name.slice(2);
  return name.endsWith(country) ? name.slice(0, -2) : name;
}

/** Signs in upper case without dots and spaces; after Unicode CLDR (the root, English and home-country symbols). */
const bySign: ReadonlyMap<string, readonly string[]> = new Map(
  `
  € EUR, ₹ INR, ₪ ILS, NIS ILS, ₺ TRY, TL TRY, ₽ RUB, ₴ UAH, ₸ KZT, ₼ AZN, ₾ GEL, ₮ MNT, ֏ AMD, ؋ AFN, \u20c0 KGS,
  ₩ KRW KPW, ₫ VND, Đ VND, ฿ THB, ₱ PHP, ₭ LAK, ៛ KHR, ৳ BDT, TK BDT, ₦ NGN, ₵ GHS, GH₵ GHS, ₡ CRC SVC, ₲ PYG, GS PYG,
  $ USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP CUP BBD BMD BND BSD BZD CVE DOP FJD GYD JMD KYD LRD NAD SBD SRD TTD UYU XCD,
  US$ USD, A$ AUD, C$ CAD NIO, S$ SGD, HK$ HKD, NT$ TWD, NZ$ NZD, MX$ MXN, R$ BRL, BR$ BRL, RD$ DOP, EC$ XCD, T$ TOP,
  WS$ WST, $WS WST, B$ BBD BMD BND BSD, BDS$ BBD, $U UYU, CG XCG, AFL AWG, G HTG,
  £ GBP EGP FKP GIP LBP SDG SHP SSP SYP, UK£ GBP, E£ EGP, L£ LBP, S£ SYP,
  ¥ JPY CNY, 円 JPY, 元 CNY TWD,
  KR SEK NOK DKK ISK, SKR SEK, NKR NOK, DKR DKK, IKR ISK, FR CHF, SFR CHF, KČ CZK, ZŁ PLN, ZL PLN, FT HUF, LEI RON MDL,
  L RON MDL HNL, ЛВ BGN, DIN RSD, ДИН RSD, KM BAM, КМ BAM, BR BYN ETB, Р BYN RUB,
  RS INR LKR MUR NPR PKR SCR, RP IDR, RM MYR, K MMK PGK ZMW, ZK ZMW, R ZAR, P BWP, KSH KES, TSH TZS, USH UGX, KZ AOA,
  AR MGA, DB STN, FCFA XAF XOF, CFA XAF XOF, FCFP XPF, CFPF XPF, FG GNF, CF KMF, RF RWF, UM MRU, ZIG ZWG,
  S/ PEN, BS BOB VES, Q GTQ, B/ PAB,
  دإ AED, دب BHD, دج DZD, جم EGP, دع IQD, دأ JOD, دك KWD, لل LBP, دل LYD, دم MAD, رع OMR, رق QAR, رس SAR, دت TND
  `
    .split(',')
    .map((entry) => {
      const [sign = '', ...codes] = entry.trim().split(' ');
      return [sign, codes];
    }),
);
