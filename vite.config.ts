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
        // Icons are read when the app is installed, which is online.
        globIgnores: ['**/screenshots/**', '**/icons/**', '**/share-target.js'],
        // The first visit can go offline too, without a reload in between.
        clientsClaim: true,
        importScripts: ['/share-target.js'],
        cleanupOutdatedCaches: true,
        navigateFallbackDenylist: [/^\/(y|receipts|auth|chain|person|sealed)\//, /^\/(sync|healthz|readyz|metrics)$/],
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
            { name: 'preload', test: /vite[\\/]preload-helper/, priority: 4 },
            // With the files that the system hands over at the start: a line of state that the frame needs.
            {
              name: 'svelte',
              test: /node_modules[\\/](svelte|esm-env|clsx)[\\/]|app[\\/]handed-files/,
              priority: 3,
            },
            { name: 'icons', test: /@lucide[\\/]svelte/, priority: 2, minShareCount: 2 },
            { name: 'comlink', test: /node_modules[\\/]comlink[\\/]/, priority: 3 },
            // Who may do what: asked by every page.
            {
              name: 'rights',
              test: /src[\\/]lib[\\/](governance[\\/](rights|people[\\/](people|explain-people)\.)|documents[\\/]document-name|app[\\/](page-)?rights)/,
              priority: 2,
            },
            // What opening a workspace takes.
            {
              name: 'opening',
              test: /src[\\/]lib[\\/](store[\\/](update-log|quarantine|database|registry|write-rows|tabs|live-lock|outbox|stored-rows)\.|documents[\\/]update-row|app[\\/]kept-aside)/,
              priority: 2,
            },
            {
              name: 'basis',
              test: /src[\\/](routes[\\/](page-tools|repair-app)|lib[\\/]ui[\\/]list[\\/]scroll-stop)|src[\\/]lib[\\/](domain[\\/](fiscal|organisation|result|id|json|expression[\\/]definition|budget[\\/](driver\.|phasing|variance)|ledger[\\/](coding|entry\.)|money[\\/](allocate|exchange-rate|rate-book|fraction|currency\.|currency-list|format|rounding))|app[\\/](app-context|area-documents|live|version|save-file|explain-store|explain-sync|reference)|store[\\/]failure)/,
              priority: 2,
            },
            // Amounts with sums in them are read on every page that has an amount; what works formulas out is not.
            {
              name: 'amounts',
              test: /src[\\/]lib[\\/]domain[\\/](expression[\\/](parse|tokens|ast|constant)|money[\\/](numeral|magnitude|parse))\./,
              priority: 1.5,
            },
            {
              name: 'formulas',
              test: /src[\\/]lib[\\/]domain[\\/](expression|budget[\\/](effective|explain-fault))/,
              priority: 1.4,
            },
            {
              name: 'controls',
              test: /src[\\/]lib[\\/]ui[\\/](form|layer|feedback|figure|presence)[\\/]/,
              priority: 1,
              minShareCount: 2,
            },
            // What the first screen needs of these stays apart: it is not to wait for the rest.
            {
              name: 'records',
              test: /src[\\/]lib[\\/]documents[\\/](?!document-name|update-row|journal|content|documents|decisions|returns|approvals|core|plan|inbox|ledger|talk|analysis|scenario|read-drivers|plan-part|project-progress|effective-lines|write-again|undo-step|undo-apply|undo\.|apply-writes|report-hash)/,
              priority: 0,
              minShareCount: 2,
            },
            // What waits for a decision and what was decided, as it is stored and read.
            {
              name: 'log',
              test: /src[\\/]lib[\\/](store[\\/](outbox|decision-log|receipts|parked)\.|sync[\\/](device|protocol)\.|governance[\\/](audit[\\/](entry|signed-head)|schema|approval[\\/]schema|people[\\/]schema))/,
              priority: 0,
              minShareCount: 2,
            },
            // The forecast where it is used: on its page, in the budget, under the headline of the first screen.
            {
              name: 'ahead',
              test: /src[\\/](lib[\\/]app[\\/]forecasting[\\/](?!publish|scores|reforecast|judgement-acts)|routes[\\/](forecast[\\/]forecast-view|overview[\\/](Ahead|year-ahead)|budget[\\/](ForecastMode|forecast-mode)))/,
              priority: 0,
            },
            {
              name: 'acts',
              test: /src[\\/]lib[\\/](app[\\/](governed|names|period-choices|people|capture\.|insert-in-parts|budget-lines))/,
              priority: 0,
              minShareCount: 2,
            },
            {
              name: 'account',
              test: /src[\\/](routes[\\/](account|sign-in|setup|recover|join|settings[\\/]devices)[\\/](?!\+)|routes[\\/][^\\/]*(Account|Credential|link-here|explain-account)|lib[\\/](app[\\/]signing-in|sync[\\/]accounts))/,
              priority: 0,
              minShareCount: 2,
            },
            // A plan or a closed month as a file.
            {
              name: 'sealed',
              test: /src[\\/](lib[\\/](app[\\/](approvals[\\/]sealed-|plan-csv)|sync[\\/]sealed-line)|routes[\\/](approvals[\\/]SealedDownload|budget[\\/]download-plan))/,
              priority: 0,
            },
            {
              name: 'choices',
              test: /(currency-choices|currency-names|period-choices)\./,
              priority: 0,
              minShareCount: 2,
            },
            // What hardly anybody ever needs, in one file.
            {
              name: 'seldom',
              test: /src[\\/](routes[\\/](ChainFindings|InstallHint)|lib[\\/](app[\\/]forget-unreadable|store[\\/]forget))\./,
              priority: 0,
            },
            // Last, because it would take along what the others name.
            {
              name: 'sheets',
              test: /src[\\/]routes[\\/](settings[\\/](tell|date-text|RowMenu|SettingsPage|EditSheet)|NotHere)/,
              priority: 0,
              minShareCount: 2,
            },
            // Changes of reference data, asked for by the settings.
            {
              name: 'reference-acts',
              test: /src[\\/]lib[\\/]app[\\/]commands[\\/](reference|organisation|people)\./,
              priority: 0,
              minShareCount: 2,
            },
            // How what was asked for stands.
            {
              name: 'standing',
              test: /src[\\/]lib[\\/](app[\\/]approvals[\\/](governed|locked|standing)|governance[\\/]approval[\\/](request|policy|facts))\./,
              priority: 0,
              minShareCount: 2,
            },
            {
              name: 'backup',
              test: /src[\\/]lib[\\/](app[\\/]backup[\\/](contents|take-backup)|store[\\/]everything|interchange[\\/]backup[\\/](format|encode))\./,
              priority: 0,
              minShareCount: 2,
            },
            {
              name: 'expense-words',
              test: /src[\\/]routes[\\/]expenses[\\/](names|texts)\./,
              priority: -1,
              minShareCount: 2,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: {
    port: 4811,
    proxy: {
      '/sync': { target: 'ws://localhost:4810', ws: true },
      '/receipts': 'http://localhost:4810',
      '/auth': 'http://localhost:4810',
      '/chain': 'http://localhost:4810',
      '/person': 'http://localhost:4810',
      '/sealed': 'http://localhost:4810',
    },
  },
});
