import type { CategoryKind } from '#lib/domain/organisation/category.ts';
import type { Choice } from '#lib/ui/form/choice.ts';

/** What a category is, whatever it is called: the classes that organisations compare themselves by. */
export const kindLabels: Readonly<Record<CategoryKind, string>> = {
  hardware: 'Hardware',
  software: 'Software',
  cloud: 'Cloud',
  personnel: 'Personnel',
  services: 'Services',
  maintenance: 'Maintenance',
  facilities: 'Facilities',
  telecom: 'Telecom',
  other: 'Other',
  revenue: 'Revenue',
};

/** The kinds a category of that nature may have. */
export function kindChoices(nature: 'cost' | 'revenue'): readonly Choice<CategoryKind>[] {
  const kinds = Object.keys(kindLabels) as CategoryKind[];
  return kinds
    .filter((kind) => (kind === 'revenue') === (nature === 'revenue'))
    .map((value) => ({ value, label: kindLabels[value] }));
}
