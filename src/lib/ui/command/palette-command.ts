import type { Icon } from '../icon.ts';

/** One thing the palette can find: a page, a vendor, a line, a period, a person, or something to do. */
export interface PaletteCommand {
  readonly id: string;
  readonly label: string;
  /** What it is: 'Page', 'Vendor', 'Command'; shown at the end and found by typing it. */
  readonly kind: string;
  readonly icon?: Icon;
  /** Keys that do the same, as the help prints them. */
  readonly keys?: string;
  /** Other words to find it by. */
  readonly words?: string;
  readonly run: () => void;
}
