/** What the layout lends to the pages below it: short notes, keys, and how figures are written. */
import { createContext } from 'svelte';
import type { Appearance } from '#lib/ui/appearance.ts';
import type { Keys } from '#lib/ui/keys.ts';
import type { Toasts } from '#lib/ui/feedback/toasts.svelte.ts';
import type { Person } from '#lib/ui/presence/person.ts';

export interface PageTools {
  readonly toasts: Toasts;
  readonly keys: Keys;
  /** The fiscal year chosen in the bar. */
  readonly year: () => number;
  readonly showYear: (year: number) => void;
  /** Tells the bar who else is on this page, and how to go to them; nobody once the page has gone. */
  readonly present: (people: readonly Person[], onjump?: (person: Person) => void) => void;
  /** How this device likes the app to look, and how that is changed. */
  readonly appearance: () => Appearance;
  readonly look: (change: Partial<Appearance>) => void;
}

export const [pageTools, providePageTools] = createContext<PageTools>();
