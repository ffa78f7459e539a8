/** Every key of the app, as the help lists them. What a page binds is one of these lines. */
interface KeyLine {
  /** As the help shows them; several ways are parted by ' / '. */
  readonly keys: string;
  readonly does: string;
}

export interface KeyScope {
  readonly id: 'anywhere' | 'grid-move' | 'grid-edit' | 'inbox';
  readonly label: string;
  readonly lines: readonly KeyLine[];
}

export const keyTable: readonly KeyScope[] = [
  {
    id: 'anywhere',
    label: 'Anywhere',
    lines: [
      { keys: 'Mod+K', does: 'Find a page, a vendor, a line or a command' },
      { keys: '/', does: 'Search or filter this page' },
      { keys: '?', does: 'Show these keys' },
      { keys: 'G O', does: 'Go to the overview' },
      { keys: 'G B', does: 'Go to the budget' },
      { keys: 'G E', does: 'Go to expenses' },
      { keys: 'G C', does: 'Go to capture' },
      { keys: 'G I', does: 'Go to import' },
      { keys: 'G S', does: 'Go to scenarios' },
      { keys: 'G A', does: 'Go to approvals' },
      { keys: 'G L', does: 'Go to the close of periods' },
      { keys: 'G T', does: 'Go to the audit trail' },
      { keys: 'N', does: 'New, whatever this page holds' },
      { keys: 'Mod+Z', does: 'Undo your last change' },
      { keys: 'Mod+Shift+Z', does: 'Redo it' },
      { keys: 'Mod+Enter', does: 'Send the form you are in' },
      { keys: '.', does: 'Hide or show amounts' },
      { keys: 'Alt+Shift+S', does: 'Show how syncing stands' },
      { keys: 'Escape', does: 'Close what is on top, back to where you were' },
    ],
  },
  {
    id: 'grid-move',
    label: 'Budget: move',
    lines: [
      { keys: 'Arrow keys', does: 'To the next cell' },
      { keys: 'Tab / Shift+Tab', does: 'Right, left' },
      { keys: 'Home / End', does: 'First, last month of the line' },
      { keys: 'Mod+Home / Mod+End', does: 'First, last cell' },
      { keys: 'Mod+Arrow keys', does: 'To the edge of the filled cells' },
      { keys: 'Page Up / Page Down', does: 'One screen up, down' },
      { keys: 'Shift+any of these', does: 'Widen the selection' },
      { keys: 'Mod+A', does: 'Select all' },
      { keys: 'Alt+Left / Alt+Right', does: 'Previous, next year' },
    ],
  },
  {
    id: 'grid-edit',
    label: 'Budget: edit',
    lines: [
      { keys: 'Any figure', does: 'Replace the value' },
      { keys: 'F2 / Enter', does: 'Edit the value' },
      { keys: 'Enter / Shift+Enter', does: 'Keep it and go down, up' },
      { keys: 'Escape', does: 'Give up the edit' },
      { keys: 'Delete', does: 'Clear' },
      { keys: 'Mod+C / Mod+X / Mod+V', does: 'Copy, cut, paste' },
      { keys: 'Mod+Shift+V', does: 'Paste values only' },
      { keys: 'Mod+D / Mod+R', does: 'Fill down, right' },
      { keys: 'Mod+Shift+D', does: 'Spread over the year' },
      { keys: 'Alt+Up / Alt+Down', does: 'Move the line' },
      { keys: 'Mod++ / Mod+-', does: 'Add a line, archive it' },
      { keys: 'Space', does: 'Open or close a category' },
      { keys: 'Shift+C', does: 'Comment' },
      { keys: 'H', does: 'History of the cell' },
      { keys: 'Mod+;', does: 'Note' },
    ],
  },
  {
    id: 'inbox',
    label: 'Inbox',
    lines: [
      { keys: 'J / K', does: 'Next, previous' },
      { keys: 'X', does: 'Select' },
      { keys: 'A', does: 'Approve' },
      { keys: 'E', does: 'Edit' },
      { keys: 'C', does: 'Choose the category' },
      { keys: 'V', does: 'Choose the vendor' },
      { keys: 'M', does: 'Match' },
      { keys: 'R', does: 'Make a rule of it' },
      { keys: 'U', does: 'Undo' },
    ],
  },
];

/** 'Mod+K' as this machine's keyboard prints it. */
export function printedKeys(keys: string, mac: boolean): string {
  if (!mac) return keys.replaceAll('Mod', 'Ctrl');
  return keys.replaceAll('Mod+', '⌘').replaceAll('Shift+', '⇧').replaceAll('Alt+', '⌥');
}
