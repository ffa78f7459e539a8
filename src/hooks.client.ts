/** What has to listen from the first moment on: the browser tells some things once and early. */
import type { HandleClientError } from '@sveltejs/kit';
import { handedFiles } from '#lib/app/handed-files.svelte.ts';
import { updates } from './routes/app-update.svelte.ts';
import { installOffer } from './routes/install-offer.svelte.ts';

const RELOADED = 'outlay:reloaded-for-a-file';
const NOT_AGAIN_MS = 60_000;

updates.start();
installOffer.start();

// Files opened with the installed app, from the device's file manager.
window.launchQueue?.setConsumer(({ files = [] }) => {
  void Promise.all(files.map((handle) => handle.getFile())).then((opened) => handedFiles.put(opened));
});

// A tab that stood open over an update asks for files of its old version: it moves on, but never in circles.
addEventListener('vite:preloadError', (event) => {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED) ?? 0) < NOT_AGAIN_MS) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  event.preventDefault();
  location.reload();
});

export const handleError: HandleClientError = ({ error, status }) => {
  if (status !== 404) console.error(error);
  return { message: status === 404 ? 'There is no page at this address.' : 'Outlay met something it did not expect.' };
};
