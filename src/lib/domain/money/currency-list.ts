/**
 * ISO 4217 list one (published by SIX as maintenance agency): the active codes by the decimals of their minor unit.
 * Codes without a minor unit (metals, funds, XXX) are left out: an integer of minor units says nothing about them.
 */
export const active: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW ' +
    'CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF ' +
    'IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK ' +
    'MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP ' +
    'SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG ' +
    'YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** ISO 4217 list three: withdrawn in 2020 or later, so still met in old bills. Code, decimals, month of withdrawal, name. */
export const withdrawn: readonly (readonly [code: string, digits: number, until: string])[] = [
  ['ANG', 2, '2025-03'],
  ['BGN', 2, '2026-01'],
  ['CUC', 2, '2021-06'],
  ['HRK', 2, '2023-01'],
  ['SLL', 2, '2023-12'],
  ['ZWL', 2, '2024-09'],
];
