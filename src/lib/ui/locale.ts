/** Which locale figures and dates are written in: said once by the layout, read by every component below it. */
import { getContext, setContext } from 'svelte';

const key = Symbol('locale');

/** `read` may change its answer; components follow. */
export function provideLocale(read: () => string): void {
  setContext(key, read);
}

/** How to read the locale; the browser's own where no layout said one. To be called while a component is set up. */
export function localeAround(): () => string {
  return getContext<(() => string) | undefined>(key) ?? (() => navigator.language);
}
