import { sveltekit } from '@sveltejs/kit/vite';
import { SvelteKitPWA } from '@vite-pwa/sveltekit';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    sveltekit(),
    SvelteKitPWA({
      registerType: 'prompt',
      injectRegister: false,
      manifest: false,
      kit: { spa: true, adapterFallback: 'index.html' },
      workbox: {
        globPatterns: ['client/**/*.{js,css,html,svg,png,webmanifest}'],
        globIgnores: ['**/screenshots/**'],
        cleanupOutdatedCaches: true,
        navigateFallbackDenylist: [/^\/y\//, /^\/sync$/],
      },
    }),
  ],
  build: {
    // Browsers that have light-dark() get it as written, not rewritten for older ones.
    cssTarget: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    rolldownOptions: {
      output: {
        // One file for what is small and used everywhere: a precache of hundreds of crumbs installs slowly.
        codeSplitting: {
          groups: [
            { name: 'icons', test: /@lucide[\\/]svelte/ },
            { name: 'calendar', test: /src[\\/]lib[\\/]domain[\\/](fiscal|organisation|result|id|json)/ },
            {
              name: 'page',
              test: /src[\\/](routes[\\/]page-tools|lib[\\/](app[\\/](app-context|live)|ui[\\/]locale))/,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { port: 4811, proxy: { '/sync': { target: 'ws://localhost:4810', ws: true } } },
});
