/** Workbox's own; a cache of another name may hold what somebody shared and nobody has taken yet. */
const APP_CACHE = /^workbox-/;

/** Fetches the app anew: lets go of the service worker and of the app's files that it kept, never of data. */
export async function repairApp(): Promise<void> {
  const registrations = await navigator.serviceWorker.getRegistrations();
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = (await caches.keys()).filter((name) => APP_CACHE.test(name));
  await Promise.all(names.map((name) => caches.delete(name)));
  location.reload();
}
