/** The pages of the settings, in the order of their list. */
import Building2 from '@lucide/svelte/icons/building-2';
import Coins from '@lucide/svelte/icons/coins';
import FolderTree from '@lucide/svelte/icons/folder-tree';
import HardDrive from '@lucide/svelte/icons/hard-drive';
import KeyRound from '@lucide/svelte/icons/key-round';
import Network from '@lucide/svelte/icons/network';
import Palette from '@lucide/svelte/icons/palette';
import Rocket from '@lucide/svelte/icons/rocket';
import Store from '@lucide/svelte/icons/store';
import Target from '@lucide/svelte/icons/target';
import Users from '@lucide/svelte/icons/users';
import type { Reference } from '#lib/app/reference.ts';
import { weekPatterns, type FiscalCalendar } from '#lib/domain/fiscal/calendar.ts';
import type { Icon } from '#lib/ui/icon.ts';

interface Section {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  /** What stands there now, in a few words. */
  readonly about: (reference: Reference) => string;
}

export interface SectionGroup {
  readonly label: string;
  readonly sections: readonly Section[];
}

export const sectionGroups: readonly SectionGroup[] = [
  {
    label: 'Workspace',
    sections: [
      {
        href: '/settings/workspace',
        label: 'Workspace',
        icon: Building2,
        about: ({ baseCurrency, calendar }) => `${baseCurrency}, ${calendarWords(calendar)}`,
      },
      {
        href: '/settings/rates',
        label: 'Currencies & rates',
        icon: Coins,
        about: ({ rates }) => count(rates.length, 'rate', 'No rates yet'),
      },
      {
        href: '/settings/departments',
        label: 'Departments',
        icon: Network,
        about: ({ departments }) => {
          const areas = departments.filter(({ area }) => area).length;
          return `${count(departments.length, 'department')}, ${count(areas, 'area')}`;
        },
      },
    ],
  },
  {
    label: 'Lists',
    sections: [
      {
        href: '/settings/categories',
        label: 'Categories',
        icon: FolderTree,
        about: ({ categories }) => count(categories.length, 'category', 'No categories', 'categories'),
      },
      {
        href: '/settings/vendors',
        label: 'Vendors',
        icon: Store,
        about: ({ vendors }) => count(vendors.length, 'vendor', 'No vendors yet'),
      },
      {
        href: '/settings/projects',
        label: 'Projects',
        icon: Rocket,
        about: ({ projects }) => count(projects.length, 'project', 'No projects yet'),
      },
      {
        href: '/settings/objectives',
        label: 'Objectives',
        icon: Target,
        about: ({ objectives }) => count(objectives.length, 'objective', 'No objectives yet'),
      },
    ],
  },
  {
    label: 'People and device',
    sections: [
      {
        href: '/settings/sharing',
        label: 'People & sharing',
        icon: Users,
        about: ({ members }) => {
          const here = members.filter(({ removedAt }) => removedAt === null).length;
          return here > 1 ? `${here} people` : 'Only you';
        },
      },
      {
        href: '/settings/devices',
        label: 'Devices and sign-in',
        icon: KeyRound,
        about: () => 'Passkeys, password, where you are signed in',
      },
      { href: '/settings/data', label: 'Data', icon: HardDrive, about: () => 'Backup, restore, storage' },
      {
        href: '/settings/appearance',
        label: 'Appearance & keys',
        icon: Palette,
        about: () => 'Theme, density, keyboard',
      },
    ],
  },
];

function calendarWords(calendar: FiscalCalendar): string {
  if (calendar.pattern !== 'months') return `years of ${weekPatterns[calendar.pattern].length} periods in weeks`;
  const month = new Date(2026, calendar.startMonth - 1, 1).toLocaleDateString('en', { month: 'long' });
  return `fiscal year starts in ${month}`;
}

function count(many: number, noun: string, none?: string, plural = `${noun}s`): string {
  if (many === 0 && none !== undefined) return none;
  return `${many.toLocaleString('en')} ${many === 1 ? noun : plural}`;
}
