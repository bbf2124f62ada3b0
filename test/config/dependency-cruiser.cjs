// Who may import whom: docs/decisions/0001-four-words.md says why. test/config/boundaries.test.ts shows that each rule bites.
const TESTS = '\\.test\\.tsx?$';
/** Folders of core and ui that are not slices, and that slices build on. */
const CORE_GROUND = 'kernel|protocol|replica|testing|team';
const UI_GROUND = 'app|kit|text|testing|sample';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^virtual:|\\?' } },
    {
      name: 'core-slices-apart',
      comment: 'What two slices need goes down to kernel/, or travels as an id; what spans documents goes to team/.',
      severity: 'error',
      from: { path: `^packages/core/src/(?!(?:${CORE_GROUND})/)([^/]+)/` },
      to: { path: `^packages/core/src/(?!(?:kernel|protocol|testing)/)[^/]+/`, pathNot: '^packages/core/src/$1/' },
    },
    {
      name: 'kernel-at-the-bottom',
      severity: 'error',
      from: { path: '^packages/core/src/(kernel|protocol)/', pathNot: TESTS },
      to: { path: '^packages/core/src/', pathNot: '^packages/core/src/(kernel|protocol)/' },
    },
    {
      name: 'ui-slices-apart',
      severity: 'error',
      from: { path: `^packages/ui/src/(?!(?:${UI_GROUND})/)([^/]+)/`, pathNot: [TESTS, '/testing/'] },
      to: { path: `^packages/ui/src/(?!(?:app|kit|text)/)[^/]+/`, pathNot: '^packages/ui/src/$1/' },
    },
    {
      name: 'ui-knows-no-yjs-and-no-browser-api',
      severity: 'error',
      from: { path: '^packages/ui/', pathNot: [TESTS, '^packages/ui/src/testing/'] },
      to: { path: 'node_modules/(yjs|y-websocket|y-indexeddb|y-protocols|wxt|@types/chrome)/|^extension/' },
    },
    {
      name: 'server-knows-the-protocol-only',
      severity: 'error',
      from: { path: '^sync-server/' },
      to: { path: '^(packages|extension|test)/', pathNot: '^packages/core/src/protocol/index\\.ts$' },
    },
    {
      name: 'core-knows-nobody',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^(packages/ui|extension|sync-server|test)/' },
    },
    {
      name: 'no-deep-imports',
      severity: 'error',
      from: { pathNot: '^packages/core/' },
      to: {
        path: '^packages/core/src/',
        pathNot: '^packages/core/src/((dossier/compare|protocol|replica|search|testing)/)?index\\.ts$',
      },
    },
    {
      name: 'no-deep-imports-of-ui',
      severity: 'error',
      from: { pathNot: '^packages/ui/' },
      to: { path: '^packages/ui/', pathNot: '^packages/ui/src/(index|popup|account|files)\\.tsx?$' },
    },
    {
      name: 'no-testing-in-the-product',
      severity: 'error',
      from: {
        path: '^(packages|extension|sync-server)/',
        pathNot: [TESTS, '/testing[/.]', '/(gallery|preview)[^/]*$', '[cC]ontract'],
      },
      to: { path: '/testing[/.]|fast-check|^test/' },
    },
    {
      name: 'declared',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|^test/config/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.output|\\.wxt|dist|test-results)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.css'],
    },
  },
};
