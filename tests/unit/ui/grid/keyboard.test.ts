import { describe, expect, test } from 'vitest';
import { readKey, type KeyStroke, type Typing } from '#lib/ui/grid/keyboard.ts';

/** `Ctrl+Shift+z` as a stroke. */
function stroke(keys: string): KeyStroke {
  const parts = keys.split(/(?<=\w)\+/);
  const held = (key: string): boolean => parts.slice(0, -1).includes(key);
  return {
    key: parts.at(-1) ?? '',
    shiftKey: held('Shift'),
    ctrlKey: held('Ctrl'),
    metaKey: held('Meta'),
    altKey: held('Alt'),
  };
}
const read = (keys: string, typing: Typing = 'none'): unknown => readKey(stroke(keys), typing);

describe('keys over the cells', () => {
  test.each([
    ['ArrowDown', { kind: 'move', step: 'down', extend: false }],
    ['Shift+ArrowLeft', { kind: 'move', step: 'left', extend: true }],
    ['Ctrl+ArrowRight', { kind: 'move', step: 'edge-right', extend: false }],
    ['Ctrl+Shift+End', { kind: 'move', step: 'sheet-end', extend: true }],
    ['Home', { kind: 'move', step: 'row-start', extend: false }],
    ['PageDown', { kind: 'move', step: 'page-down', extend: false }],
    ['Tab', { kind: 'move', step: 'next', extend: false }],
    ['Shift+Tab', { kind: 'move', step: 'previous', extend: false }],
    ['Ctrl+a', { kind: 'select-all' }],
    ['F2', { kind: 'edit' }],
    ['Enter', { kind: 'edit' }],
    ['Shift+Enter', { kind: 'move', step: 'up', extend: false }],
    ['7', { kind: 'replace', text: '7' }],
    ['-', { kind: 'replace', text: '-' }],
    ['=', { kind: 'replace', text: '=' }],
    ['Delete', { kind: 'clear' }],
    ['Ctrl+d', { kind: 'fill', to: 'down' }],
    ['Ctrl+r', { kind: 'fill', to: 'right' }],
    ['Ctrl+z', { kind: 'undo' }],
    ['Meta+z', { kind: 'undo' }],
    ['Ctrl+Shift+Z', { kind: 'redo' }],
    ['Ctrl+Shift+D', { kind: 'spread' }],
    ['Alt+ArrowUp', { kind: 'move-line', by: -1 }],
    ['Alt+ArrowRight', { kind: 'year', by: 1 }],
    ['Ctrl++', { kind: 'insert' }],
    ['Ctrl+-', { kind: 'archive' }],
    ['Ctrl+;', { kind: 'note' }],
    [' ', { kind: 'toggle' }],
    ['Shift+C', { kind: 'comment' }],
    ['h', { kind: 'history' }],
    ['t', { kind: 'table' }],
    ['Alt+Enter', { kind: 'choose' }],
  ])('%s', (keys, action) => expect(read(keys)).toEqual(action));

  test.each(['.', '/', '?', 'g', 'Ctrl+k', 'Ctrl+c', 'Ctrl+v', 'Ctrl+Shift+v', 'Alt+Shift+S', 'F5', 'Ctrl+Shift+R'])(
    '%s is left to the app and the browser',
    (keys) => expect(read(keys)).toBeUndefined(),
  );
});

describe('keys in the editor', () => {
  test('Enter goes down and Tab goes on, the other way with Shift', () => {
    expect(read('Enter', 'revising')).toEqual({ kind: 'commit', then: 'down' });
    expect(read('Shift+Enter', 'revising')).toEqual({ kind: 'commit', then: 'up' });
    expect(read('Tab', 'replacing')).toEqual({ kind: 'commit', then: 'next' });
    expect(read('Shift+Tab', 'replacing')).toEqual({ kind: 'commit', then: 'previous' });
  });

  test('arrows take a fresh figure and move the caret of an old one', () => {
    expect(read('ArrowLeft', 'replacing')).toEqual({ kind: 'commit', then: 'left' });
    expect(read('ArrowLeft', 'revising')).toBeUndefined();
  });

  test('what is typed, undone or copied in the editor belongs to the editor', () => {
    for (const keys of ['7', 'Ctrl+z', 'Ctrl+a', 'Ctrl+c', 'Delete', ' ', 't']) {
      expect(read(keys, 'revising')).toBeUndefined();
    }
  });
});
