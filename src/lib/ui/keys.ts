/**
 * Keyboard commands. A page binds a handful of keys for as long as it stands; the newest binding of a key wins. Single
 * letters rest while somebody types or a dialog is open, and can be switched off altogether (WCAG 2.1.4).
 */

/** 'Mod+K', 'Alt+Shift+S', '?', 'N', or two keys in turn: 'G B'. `Mod` is Command on a Mac, Control elsewhere. */
type KeyBindings = Readonly<Record<string, (event: KeyboardEvent) => void>>;

export interface Keys {
  /** Returns how to let go of them. */
  readonly bind: (bindings: KeyBindings) => () => void;
  /** To be called for every keydown of the window. */
  readonly press: (event: KeyboardEvent) => void;
}

export interface KeysOptions {
  readonly mac: boolean;
  /** Whether single letters are on: the person's setting. */
  readonly letters: () => boolean;
}

export function makeKeys({ mac, letters }: KeysOptions): Keys {
  const layers: KeyBindings[] = [];
  let first: { readonly name: string; readonly at: number } | undefined;

  const find = (name: string): ((event: KeyboardEvent) => void) | undefined =>
    layers.findLast((layer) => layer[name] !== undefined)?.[name];
  const startsPair = (name: string): boolean =>
    layers.some((layer) => Object.keys(layer).some((keys) => keys.startsWith(`${name} `)));

  return {
    bind: (bindings) => {
      layers.push(bindings);
      return () => void layers.splice(layers.lastIndexOf(bindings), 1);
    },
    press: (event) => {
      if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
      const name = keyName(event, mac);
      if (isSign(event, mac) && (!letters() || isBusy(event.target))) return;
      if (fieldsOwn.has(name) && isTextField(event.target)) return;
      const pair = first && event.timeStamp - first.at < pairMs ? find(`${first.name} ${name}`) : undefined;
      first = undefined;
      const act = pair ?? find(name);
      if (act) {
        event.preventDefault();
        act(event);
      } else if (startsPair(name)) first = { name, at: event.timeStamp };
    },
  };
}

const pairMs = 1200;
/** What a text field does better itself. */
const fieldsOwn: ReadonlySet<string> = new Set(['Mod+Z', 'Mod+Shift+Z', 'Mod+A', 'Mod+C', 'Mod+X', 'Mod+V']);

/** The name of a pressed key in the spelling of bindings. */
export function keyName(event: KeyboardEvent, mac: boolean): string {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
  // With Alt, a Mac reports the sign it would type; the code still tells the letter.
  const key = event.key.length > 1 ? event.key : ((event.altKey ? letter : undefined) ?? event.key.toUpperCase());
  const named = /^[A-Z]$/.test(key) || key.length > 1;
  const mod = mac ? event.metaKey : event.ctrlKey;
  return [mod && 'Mod', event.altKey && 'Alt', named && event.shiftKey && 'Shift', key]
    .filter((part) => part !== false)
    .join('+');
}

/** Ctrl+Enter (Command+Enter on a Mac) sends the form that holds the focus. */
export function submitAround(event: KeyboardEvent): void {
  if (event.target instanceof Element) event.target.closest('form')?.requestSubmit();
}

/** '/' goes to the search field of the page on show; false when it has none. */
export function focusSearch(root: ParentNode): boolean {
  const field = root.querySelector<HTMLInputElement>('[data-search]');
  field?.focus();
  field?.select();
  return field !== null;
}

function isModifier(key: string): boolean {
  return key === 'Control' || key === 'Shift' || key === 'Alt' || key === 'Meta';
}

/** A key that would type a sign: a letter, a figure, '?'. */
function isSign(event: KeyboardEvent, mac: boolean): boolean {
  return event.key.length === 1 && !event.altKey && !(mac ? event.metaKey : event.ctrlKey);
}

/** Somebody types there, or a dialog stands above the page. */
function isBusy(target: EventTarget | null): boolean {
  return isTextField(target) || document.querySelector('dialog:modal') !== null;
}

function isTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select');
}
