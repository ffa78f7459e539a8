/** What a key press means in the grid, while moving about and while typing in a cell. */
import type { Direction, Step } from './selection.ts';

/** The part of a KeyboardEvent that is read. */
export interface KeyStroke {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

/** Replacing starts a fresh figure and arrows commit it; revising edits the old one and arrows move the caret. */
export type Typing = 'none' | 'replacing' | 'revising';

export type GridAction =
  | { readonly kind: 'move'; readonly step: Step; readonly extend: boolean }
  | { readonly kind: 'edit' }
  | { readonly kind: 'replace'; readonly text: string }
  | { readonly kind: 'commit'; readonly then: AfterCommit }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'fill'; readonly to: 'down' | 'right' }
  | { readonly kind: 'clear' | 'select-all' | 'toggle' | 'choose' }
  | AppAction;

/** Actions that the app answers. */
export type AppAction =
  | { readonly kind: 'year'; readonly by: -1 | 1 }
  | { readonly kind: 'move-line'; readonly by: -1 | 1 }
  | { readonly kind: 'undo' | 'redo' | 'table' }
  | { readonly kind: 'spread' | 'insert' | 'archive' | 'comment' | 'history' | 'note' };

/** Where the cursor goes once a figure is taken. */
export type AfterCommit = Direction | 'next' | 'previous';

/** The action of a key, or undefined where the key belongs to somebody else: the browser, the app, the text field. */
export function readKey(stroke: KeyStroke, typing: Typing): GridAction | undefined {
  if (typing !== 'none') return whileTyping(stroke, typing);
  if (stroke.altKey) return withAlt(stroke);
  if (stroke.ctrlKey || stroke.metaKey) return withControl(stroke);
  return plain(stroke);
}

const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

const startsFigure = /^[0-9+\-=(,]$/;

function whileTyping(stroke: KeyStroke, typing: 'replacing' | 'revising'): GridAction | undefined {
  const { key, shiftKey } = stroke;
  if (stroke.altKey || stroke.ctrlKey || stroke.metaKey) return undefined;
  if (key === 'Enter') return { kind: 'commit', then: shiftKey ? 'up' : 'down' };
  if (key === 'Tab') return { kind: 'commit', then: shiftKey ? 'previous' : 'next' };
  if (key === 'Escape') return { kind: 'cancel' };
  const arrow = arrows[key];
  if (arrow !== undefined && typing === 'replacing' && !shiftKey) return { kind: 'commit', then: arrow };
  return undefined;
}

function withAlt({ key, ctrlKey, metaKey }: KeyStroke): GridAction | undefined {
  if (ctrlKey || metaKey) return undefined;
  switch (key) {
    case 'ArrowUp':
      return { kind: 'move-line', by: -1 };
    case 'ArrowDown':
      return { kind: 'move-line', by: 1 };
    case 'ArrowLeft':
      return { kind: 'year', by: -1 };
    case 'ArrowRight':
      return { kind: 'year', by: 1 };
    case 'Enter':
      return { kind: 'choose' };
    default:
      return undefined;
  }
}

function withControl({ key, shiftKey }: KeyStroke): GridAction | undefined {
  const arrow = arrows[key];
  if (arrow !== undefined) return { kind: 'move', step: `edge-${arrow}`, extend: shiftKey };
  switch (key.toLowerCase()) {
    case 'home':
      return { kind: 'move', step: 'sheet-start', extend: shiftKey };
    case 'end':
      return { kind: 'move', step: 'sheet-end', extend: shiftKey };
    case 'a':
      return { kind: 'select-all' };
    case 'd':
      return shiftKey ? { kind: 'spread' } : { kind: 'fill', to: 'down' };
    case 'r':
      return shiftKey ? undefined : { kind: 'fill', to: 'right' };
    case 'z':
      return { kind: shiftKey ? 'redo' : 'undo' };
    case 'y':
      return { kind: 'redo' };
    case '+':
    case '=':
      return { kind: 'insert' };
    case '-':
    case '_':
      return { kind: 'archive' };
    case ';':
      return { kind: 'note' };
    default:
      return undefined;
  }
}

function plain({ key, shiftKey }: KeyStroke): GridAction | undefined {
  const arrow = arrows[key];
  if (arrow !== undefined) return { kind: 'move', step: arrow, extend: shiftKey };
  if (startsFigure.test(key)) return { kind: 'replace', text: key };
  switch (key) {
    case 'Tab':
      return { kind: 'move', step: shiftKey ? 'previous' : 'next', extend: false };
    case 'Home':
      return { kind: 'move', step: 'row-start', extend: shiftKey };
    case 'End':
      return { kind: 'move', step: 'row-end', extend: shiftKey };
    case 'PageUp':
      return { kind: 'move', step: 'page-up', extend: shiftKey };
    case 'PageDown':
      return { kind: 'move', step: 'page-down', extend: shiftKey };
    case 'Enter':
      return shiftKey ? { kind: 'move', step: 'up', extend: false } : { kind: 'edit' };
    case 'F2':
      return { kind: 'edit' };
    case 'Escape':
      return { kind: 'cancel' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'clear' };
    case ' ':
      return { kind: 'toggle' };
    default:
      return letter(key.toLowerCase(), shiftKey);
  }
}

function letter(key: string, shiftKey: boolean): GridAction | undefined {
  if (key === 'c' && shiftKey) return { kind: 'comment' };
  if (key === 'h' && !shiftKey) return { kind: 'history' };
  return key === 't' && !shiftKey ? { kind: 'table' } : undefined;
}
