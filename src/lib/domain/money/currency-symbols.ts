/** Currency signs and short names people write beside an amount, and the currencies they may mean. (M17) */
import { currencyOf } from '#lib/domain/money/currency.ts';

/** Whether a word beside an amount means the wanted currency, another one, or none that is known. */
export function readCurrency(word: string, wanted: string): 'wanted' | 'other' | undefined {
  const name = word.replaceAll(/[\s.]/g, '').toUpperCase();
  if (name === wanted) return 'wanted';
  if (currencyOf(name) !== undefined) return 'other';
  const meant = bySign.get(name) ?? bySign.get(withoutCountry(name, wanted));
  if (meant === undefined) return undefined;
  return meant.includes(wanted) ? 'wanted' : 'other';
}

/** `US$`, `$US` and `CA$` as `$`, if the letters begin the wanted currency's code. */
function withoutCountry(name: string, wanted: string): string {
  const country = wanted.slice(0, 2);
  if (name.startsWith(country)) return name.slice(2);
  return name.endsWith(country) ? name.slice(0, -2) : name;
}

const bySign: ReadonlyMap<string, readonly string[]> = new Map(
  `
$ USD CAD AUD NZD HKD SGD TWD MXN ARS CLP COP BBD BMD BND BSD BZD CVE DOP FJD GYD JMD KYD LRD NAD SBD SRD TTD UYU XCD
A$ AUD
C$ CAD NIO
R$ BRL
S$ SGD
HK$ HKD
NT$ TWD
NZ$ NZD
MX$ MXN
US$ USD
€ EUR
£ GBP EGP FKP GIP LBP SDG SHP SSP SYP
¥ JPY CNY
円 JPY
元 CNY TWD
₹ INR
RS INR LKR MUR NPR PKR SCR
KR SEK NOK DKK ISK
FR CHF
SFR CHF
KČ CZK
ZŁ PLN
FT HUF
LEI RON MDL
L RON MDL HNL
ЛВ BGN
DIN RSD
ДИН RSD
KM BAM
TL TRY
₺ TRY
₽ RUB
₴ UAH
₸ KZT
₼ AZN
₾ GEL
₮ MNT
₪ ILS
₩ KRW KPW
₫ VND
Đ VND
฿ THB
₱ PHP
₭ LAK
៛ KHR
৳ BDT
RM MYR
RP IDR
R ZAR
₦ NGN
₵ GHS
GH₵ GHS
BR BYN ETB
KSH KES
TSH TZS
USH UGX
S/ PEN
BS BOB VES
Q GTQ
₡ CRC SVC
₲ PYG
FCFA XAF XOF
CFA XAF XOF
FCFP XPF
`
    .trim()
    .split('\n')
    .map((line) => {
      const [sign = '', ...codes] = line.split(' ');
      return [sign, codes];
    }),
);
