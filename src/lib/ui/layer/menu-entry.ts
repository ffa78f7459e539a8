import type { Icon } from '../icon.ts';

/** One line of a menu: a link when it has `href`, else a command. */
export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly icon?: Icon;
  /** Keys or a short note at the end of the line. */
  readonly hint?: string;
  readonly href?: string;
  readonly run?: () => void;
  readonly disabled?: boolean;
  readonly danger?: boolean;
  /** Draws a rule above it. */
  readonly divided?: boolean;
}
