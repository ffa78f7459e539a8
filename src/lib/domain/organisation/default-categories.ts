/**
 * The category tree a new workspace starts with: the eight cost pools that IT organisations compare themselves by,
 * with a few usual branches below, and revenue. Ids are fixed, so two devices that start apart start equal. (O7)
 */
import type { Category, CategoryKind } from './category.ts';

export const DEFAULT_CATEGORIES: readonly Category[] = [
  ...pool('internal-labour', 'Internal labour', 'personnel', [
    ['personnel', 'Personnel', 'personnel'],
    ['training', 'Training', 'personnel'],
  ]),
  ...pool('external-labour', 'External labour', 'services', [['contractors', 'Contractors', 'services']]),
  ...pool('outside-services', 'Outside services', 'services', [
    ['cloud', 'Cloud', 'cloud'],
    ['consulting', 'Consulting', 'services'],
    ['managed-services', 'Managed services', 'services'],
  ]),
  ...pool('hardware', 'Hardware', 'hardware', [
    ['devices', 'Devices', 'hardware'],
    ['servers-storage', 'Servers & storage', 'hardware'],
    ['network-equipment', 'Network equipment', 'hardware'],
    ['hardware-maintenance', 'Hardware maintenance', 'maintenance'],
  ]),
  ...pool('software', 'Software', 'software', [
    ['licences', 'Licences', 'software'],
    ['subscriptions', 'Subscriptions (SaaS)', 'software'],
    ['software-maintenance', 'Software maintenance', 'maintenance'],
  ]),
  ...pool('facilities-power', 'Facilities & power', 'facilities', []),
  ...pool('telecom', 'Telecom', 'telecom', []),
  ...pool('other', 'Other', 'other', []),
  ...pool('revenue', 'Revenue', 'revenue', [
    ['recharges', 'Recharges', 'revenue'],
    ['external-revenue', 'External revenue', 'revenue'],
  ]),
].map((category, order) => ({ ...category, order }));

type Branch = readonly [id: string, name: string, kind: CategoryKind];

function pool(id: string, name: string, kind: CategoryKind, branches: readonly Branch[]): Omit<Category, 'order'>[] {
  const nature = kind === 'revenue' ? 'revenue' : 'cost';
  const top = { id, name, parentId: null, kind, nature } as const;
  return [top, ...branches.map(([id, name, kind]) => ({ id, name, parentId: top.id, kind, nature }) as const)];
}
