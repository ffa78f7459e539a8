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
  worker: { format: 'es' },
  server: { port: 4811, proxy: { '/sync': { target: 'ws://localhost:4810', ws: true } } },
});
