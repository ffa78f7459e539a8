import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
  compilerOptions: { runes: true },
  vitePlugin: {
    // Styles of what no first screen shows travel in its script: a style file for each would double the precache.
    dynamicCompileOptions: ({ filename }) => (isOnFirstScreen(filename) ? {} : { css: 'injected' }),
  },
  kit: {
    adapter: adapter({ fallback: 'index.html', precompress: true }),
    serviceWorker: { register: false },
    version: { pollInterval: 0 },
  },
};

function isOnFirstScreen(filename) {
  const pages = /\/src\/routes\/(?!\+|Started|OpenWorkspace)/;
  const controls = /\/src\/lib\/ui\/(import|conflict|receipt|command)\//;
  const forms =
    /\/src\/lib\/ui\/(form\/(?!Button|IconButton|SelectInput|SegmentedControl)|list\/(?!DataTable)|layer\/(?!Menu|Popover))/;
  return ![pages, controls, forms].some((later) => later.test(filename));
}
