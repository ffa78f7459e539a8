/** The pages of the app in the order of the rail: one place to add a page to every menu. */
import Camera from '@lucide/svelte/icons/camera';
import ChartSpline from '@lucide/svelte/icons/chart-spline';
import FileUp from '@lucide/svelte/icons/file-up';
import GitFork from '@lucide/svelte/icons/git-fork';
import History from '@lucide/svelte/icons/history';
import House from '@lucide/svelte/icons/house';
import LockKeyhole from '@lucide/svelte/icons/lock-keyhole';
import ReceiptText from '@lucide/svelte/icons/receipt-text';
import Settings from '@lucide/svelte/icons/settings';
import Stamp from '@lucide/svelte/icons/stamp';
import Table2 from '@lucide/svelte/icons/table-2';
import type { Icon } from '../icon.ts';

export interface NavPage {
  readonly href: string;
  readonly label: string;
  readonly icon: Icon;
  /** The keys that go there, as the help shows them. */
  readonly keys?: string;
}

export interface NavGroup {
  /** Empty for the pages that stand above all groups. */
  readonly label: string;
  readonly pages: readonly NavPage[];
}

export const navigation: readonly NavGroup[] = [
  { label: '', pages: [{ href: '/', label: 'Overview', icon: House, keys: 'G O' }] },
  { label: 'Plan', pages: [{ href: '/budget', label: 'Budget', icon: Table2, keys: 'G B' }] },
  {
    label: 'Track',
    pages: [
      { href: '/expenses', label: 'Expenses', icon: ReceiptText, keys: 'G E' },
      { href: '/capture', label: 'Capture', icon: Camera, keys: 'G C' },
      { href: '/import', label: 'Import', icon: FileUp, keys: 'G I' },
    ],
  },
  {
    label: 'Analyse',
    pages: [
      { href: '/forecast', label: 'Forecast', icon: ChartSpline, keys: 'G F' },
      { href: '/scenarios', label: 'Scenarios', icon: GitFork, keys: 'G S' },
    ],
  },
  {
    label: 'Govern',
    pages: [
      { href: '/approvals', label: 'Approvals', icon: Stamp, keys: 'G A' },
      { href: '/close', label: 'Close', icon: LockKeyhole, keys: 'G L' },
      { href: '/audit', label: 'Audit trail', icon: History, keys: 'G T' },
    ],
  },
  { label: 'Together', pages: [{ href: '/settings', label: 'Settings', icon: Settings }] },
];

/** The groups with those of their pages that are offered; a group without any is none. */
export function offered(groups: readonly NavGroup[], isOffered: (href: string) => boolean): readonly NavGroup[] {
  return groups
    .map((group) => ({ ...group, pages: group.pages.filter(({ href }) => isOffered(href)) }))
    .filter(({ pages }) => pages.length > 0);
}

/** Whether a page of the navigation is the one (or holds the one) at `path`. */
export function isAt(page: NavPage, path: string): boolean {
  return page.href === '/' ? path === '/' : path === page.href || path.startsWith(`${page.href}/`);
}
