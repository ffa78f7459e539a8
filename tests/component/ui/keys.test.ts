import { beforeEach, expect, test, vi } from 'vitest';
import { focusSearch, keyName, makeKeys, submitAround } from '#lib/ui/keys.ts';

const keys = (letters = true) => makeKeys({ mac: false, letters: () => letters });
const press = (key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
};

beforeEach(() => {
  document.body.innerHTML = '<input data-search><form><textarea></textarea></form><dialog></dialog>';
});

function listening(letters = true) {
  const bound = keys(letters);
  const listen = (event: KeyboardEvent): void => bound.press(event);
  window.addEventListener('keydown', listen);
  return { ...bound, stop: () => window.removeEventListener('keydown', listen) };
}

test('combinations, single letters, signs and pairs of keys run what is bound', () => {
  const { bind, stop } = listening();
  const ran: string[] = [];
  const does = (name: string) => () => void ran.push(name);
  bind({
    'Mod+K': does('palette'),
    'G B': does('budget'),
    '?': does('help'),
    'Alt+Shift+S': does('sync'),
    N: does('new'),
  });
  expect(press('k', { ctrlKey: true }).defaultPrevented).toBe(true);
  press('?', { shiftKey: true });
  press('ß', { code: 'KeyS', altKey: true, shiftKey: true });
  press('g');
  press('b');
  press('n');
  expect(ran).toEqual(['palette', 'help', 'sync', 'budget', 'new']);
  stop();
});

test('single letters rest while somebody types, a dialog is open, or they are switched off', () => {
  const run = vi.fn();
  const on = listening();
  on.bind({ N: run, 'Shift+C': run, 'Mod+K': run });
  press('n', {}, document.querySelector('input') ?? window);
  press('C', { shiftKey: true }, document.querySelector('textarea') ?? window);
  document.querySelector('dialog')?.showModal();
  press('n');
  document.querySelector('dialog')?.close();
  expect(run).not.toHaveBeenCalled();
  press('k', { ctrlKey: true }, document.querySelector('input') ?? window);
  expect(run).toHaveBeenCalledOnce();
  on.stop();

  const off = listening(false);
  const never = vi.fn();
  off.bind({ N: never });
  press('n');
  expect(never).not.toHaveBeenCalled();
  off.stop();
});

test("undo inside a text field stays the field's own", () => {
  const { bind, stop } = listening();
  const undo = vi.fn();
  bind({ 'Mod+Z': undo });
  press('z', { ctrlKey: true }, document.querySelector('textarea') ?? window);
  expect(undo).not.toHaveBeenCalled();
  press('z', { ctrlKey: true });
  expect(undo).toHaveBeenCalledOnce();
  stop();
});

test('the newest binding of a key wins until it is let go, and a key that was handled already is left alone', () => {
  const { bind, stop } = listening();
  const [page, panel] = [vi.fn(), vi.fn()];
  bind({ N: page });
  const letGo = bind({ N: panel });
  press('n');
  letGo();
  press('n');
  expect([page.mock.calls.length, panel.mock.calls.length]).toEqual([1, 1]);
  document.body.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
  press('n');
  expect(page).toHaveBeenCalledOnce();
  stop();
});

test('Command stands for Control on a Mac', () => {
  expect(keyName(new KeyboardEvent('keydown', { key: 'k', metaKey: true }), true)).toBe('Mod+K');
  expect(keyName(new KeyboardEvent('keydown', { key: 'Z', ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+Z');
});

test('Ctrl+Enter sends the form around, and / goes to the search field of the page', () => {
  const { bind, stop } = listening();
  bind({ 'Mod+Enter': submitAround, '/': () => void focusSearch(document) });
  const sent = vi.fn((event: Event) => event.preventDefault());
  document.querySelector('form')?.addEventListener('submit', sent);
  press('Enter', { ctrlKey: true }, document.querySelector('textarea') ?? window);
  expect(sent).toHaveBeenCalledOnce();
  press('/');
  expect(document.activeElement).toBe(document.querySelector('input'));
  expect(focusSearch(document.createElement('div'))).toBe(false);
  stop();
});
