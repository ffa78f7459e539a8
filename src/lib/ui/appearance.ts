/** How this device likes the app to look. Kept beside the data, read before the first paint by app.html. */
export interface Appearance {
  readonly theme: 'auto' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  /** The rail shows icons only. */
  readonly railCollapsed: boolean;
  /** Amounts are blurred, for a screen that others see. */
  readonly amountsHidden: boolean;
  /** Single letters work as commands. */
  readonly letterKeys: boolean;
  /** The shell has stood on this device: the first paint may show its frame instead of a plain page. */
  readonly shellSeen: boolean;
}

/** app.html reads this key too. */
const key = 'outlay.appearance';

const usual: Appearance = {
  theme: 'auto',
  density: 'comfortable',
  railCollapsed: false,
  amountsHidden: false,
  letterKeys: true,
  shellSeen: false,
};

/** What is stored, as far as it can be read; the usual look for the rest. */
export function readAppearance(storage: Pick<Storage, 'getItem'>): Appearance {
  const found = parse(storage.getItem(key));
  return {
    theme: found['theme'] === 'light' || found['theme'] === 'dark' ? found['theme'] : usual.theme,
    density: found['density'] === 'compact' ? 'compact' : usual.density,
    railCollapsed: found['railCollapsed'] === true,
    amountsHidden: found['amountsHidden'] === true,
    letterKeys: found['letterKeys'] !== false,
    shellSeen: found['shellSeen'] === true,
  };
}

export function saveAppearance(storage: Pick<Storage, 'setItem'>, appearance: Appearance): void {
  storage.setItem(key, JSON.stringify(appearance));
}

/** Puts the look on the page's root element, where the tokens read it. */
export function applyAppearance(root: HTMLElement, { theme, density, railCollapsed, amountsHidden }: Appearance): void {
  set(root, 'theme', theme === 'auto' ? undefined : theme);
  set(root, 'density', density === 'compact' ? density : undefined);
  set(root, 'rail', railCollapsed ? 'collapsed' : undefined);
  set(root, 'amounts', amountsHidden ? 'hidden' : undefined);
}

function set(root: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) root.removeAttribute(`data-${name}`);
  else root.setAttribute(`data-${name}`, value);
}

function parse(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}
