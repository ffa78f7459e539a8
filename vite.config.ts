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
        globIgnores: ['**/screenshots/**', '**/share-target.js'],
        // The first visit can go offline too, without a reload in between.
        clientsClaim: true,
        importScripts: ['/share-target.js'],
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
            // Named first, so that no other group takes what everything stands on along with it.
            { name: 'svelte', test: /node_modules[\\/](svelte|esm-env|clsx)[\\/]/, priority: 3 },
            { name: 'icons', test: /@lucide[\\/]svelte/, priority: 2 },
            { name: 'calendar', test: /src[\\/]lib[\\/]domain[\\/](fiscal|result|id|json)/, priority: 2 },
            {
              name: 'controls',
              test: /src[\\/]lib[\\/]ui[\\/](form[\\/](Button|Icon|Select|Segmented|field)|layer[\\/](Menu|Pop|place)|feedback[\\/](Empty|Skel|Toast)|figure|presence|list[\\/]DataTable)/,
              priority: 1,
            },
            {
              name: 'forms',
              test: /src[\\/]lib[\\/]ui[\\/](form|layer|feedback[\\/]ErrorNote|list|receipt|conflict)[\\/]/,
            },
            { name: 'settings', test: /src[\\/]routes[\\/]settings[\\/]/ },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { port: 4811, proxy: { '/sync': { target: 'ws://localhost:4810', ws: true } } },
});
