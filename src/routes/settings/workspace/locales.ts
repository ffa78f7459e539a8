/** The notations a workspace can be written in. */
import type { ComboOption } from '#lib/ui/form/combo-option.ts';

const TAGS =
  'en-GB en-US en-IE en-AU en-CA en-IN en-NZ en-ZA de-DE de-AT de-CH fr-FR fr-BE fr-CH fr-CA nl-NL nl-BE it-IT it-CH es-ES es-MX ' +
  'pt-PT pt-BR da-DK sv-SE nb-NO fi-FI is-IS et-EE lv-LV lt-LT pl-PL cs-CZ sk-SK hu-HU sl-SI hr-HR ro-RO bg-BG el-GR tr-TR ' +
  'uk-UA ja-JP ko-KR zh-CN zh-TW id-ID vi-VN th-TH he-IL';

/** Choices by name, with a sample of each; the present one is among them whatever it is. */
export function localeChoices(present: string): readonly ComboOption[] {
  const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
  return [...new Set([present, ...TAGS.split(' ')])].map((value) => ({
    value,
    label: names.of(value) ?? value,
    hint: new Intl.NumberFormat(value, { minimumFractionDigits: 2 }).format(1234.5),
  }));
}
