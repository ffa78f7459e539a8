import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['.svelte-kit/', 'build/', 'node_modules/', '/data/', 'static/', 'test-results/', '.outlay/'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      'no-restricted-imports': ['error', { patterns: ['$lib', '$lib/*', '$service-worker'] }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // A callback whose only statement is a call reads best on one line.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // Loops over columns of numbers: an index that runs from 0 to a length is there.
    files: [
      'src/lib/analysis/**/*.ts',
      'src/lib/domain/expression/*.ts',
      'tests/unit/analysis/**/*.ts',
      'tests/unit/domain/{expression,scenario}/*.ts',
      'bench/support/m4-score.ts',
      'bench/support/monte-carlo.ts',
      'bench/forecast.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // The app is served from the root of its own origin; `resolve()` around every link would say nothing.
      'svelte/no-navigation-without-resolve': 'off',
      // A map or a date inside a function is no state; what is state says so by `$state`.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // Reading a signal only to be told of its changes is written `void signal`.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // In markup eslint takes what a component's callbacks and snippets are given for `any`; svelte-check knows better.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs', '.dependency-cruiser.js'], ...ts.configs.disableTypeChecked },
);
