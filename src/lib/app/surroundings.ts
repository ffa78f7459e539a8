import type { Surroundings } from '#lib/sync/connection-options.ts';

/** What the page knows of its network and of being seen: hints for when to try, never for what to claim. */
export function pageSurroundings(): Surroundings {
  return {
    visible: () => document.visibilityState === 'visible',
    online: () => navigator.onLine,
    onchange: (callback) => {
      document.addEventListener('visibilitychange', callback);
      window.addEventListener('online', callback);
      window.addEventListener('offline', callback);
      return () => {
        document.removeEventListener('visibilitychange', callback);
        window.removeEventListener('online', callback);
        window.removeEventListener('offline', callback);
      };
    },
  };
}
