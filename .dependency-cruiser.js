/** Who may import whom: the floors of the house, as data. */
const inside = (floor) => `^src/lib/${floor}/`;
export const floors = {
  domain: [],
  analysis: ['domain'],
  governance: ['domain'],
  interchange: ['domain'],
  documents: ['domain', 'governance'],
  store: ['domain', 'governance', 'documents'],
  sync: ['domain', 'governance', 'documents'],
  workers: ['domain', 'analysis', 'interchange'],
  app: ['domain', 'analysis', 'governance', 'interchange', 'documents', 'store', 'sync', 'workers'],
  ui: ['domain'],
};
const packageHomes = {
  'decimal.js': ['domain'],
  yjs: ['documents', 'store', 'sync'],
  dexie: ['store'],
  'y-websocket': ['sync'],
  layercake: ['ui'],
  svelte: ['app', 'ui'],
};

const floorRules = Object.entries(floors).map(([floor, below]) => ({
  name: `floor-${floor}`,
  comment: `${floor} may import ${below.length === 0 ? 'nothing' : below.join(', ')}`,
  severity: 'error',
  from: { path: inside(floor) },
  to: { path: '^(src|sync-server|tests|bench|scripts)/', pathNot: [floor, ...below].map(inside) },
}));

const packageRules = Object.entries(packageHomes).map(([name, homes]) => ({
  name: `package-${name}`,
  comment: `${name} is named only in ${homes.join(', ')}`,
  severity: 'error',
  from: { path: '^src/lib/', pathNot: homes.map(inside) },
  to: { path: `node_modules/${name.replace('.', '\\.')}/` },
}));

export default {
  forbidden: [
    ...floorRules,
    ...packageRules,
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'routes-read-app-ui-domain',
      severity: 'error',
      from: { path: '^src/routes/' },
      to: { path: '^(src/lib|sync-server|tests)/', pathNot: ['app', 'ui', 'domain'].map(inside) },
    },
    {
      name: 'server-shares-the-wire-only',
      severity: 'error',
      from: { path: '^sync-server/' },
      to: {
        path: '^src/',
        pathNot: ['^src/lib/sync/(protocol|receipt-wire)\\.ts$', ...['governance', 'documents', 'domain'].map(inside)],
      },
    },
    {
      name: 'workers-never-reach-svelte',
      severity: 'error',
      from: { path: '\\.worker\\.ts$' },
      to: { path: 'node_modules/svelte/', reachable: true },
    },
    {
      name: 'only-the-projection-worker-reaches-dexie',
      severity: 'error',
      from: { path: '\\.worker\\.ts$', pathNot: 'store/projection\\.worker\\.ts$' },
      to: { path: 'node_modules/dexie/', reachable: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'svelte', 'default'] },
  },
};
