import type { StoreFailure } from '#lib/store/failure.ts';

/** What the device would not do, as a sentence: what is safe, and what to do next. */
export function explainStore(failure: StoreFailure): string {
  switch (failure.kind) {
    case 'no-room':
      return 'This device has no room left, so the last change is kept in memory only. Free some space; writing is tried again. You can export everything now.';
    case 'cannot-open':
      return 'The browser does not let Outlay keep data on this device. Leave private browsing or allow site data, then reload. Nothing was deleted.';
    case 'reload-needed':
      return 'Another tab runs a newer Outlay. Reload this tab to go on; nothing was lost.';
    case 'taken-away':
      return 'The browser deleted what Outlay kept on this device, so nothing can be saved here until the page is loaded again.';
    case 'head-moved':
      return 'Another tab decided something at the same moment. Nothing was lost; try again.';
    case 'cannot-write':
      return `The last change could not be saved on this device (${failure.cause}). It is kept in memory and tried again. You can export everything now.`;
  }
}

/** Null when the command was done or waits: then there is nothing to explain. */
