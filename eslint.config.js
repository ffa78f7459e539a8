import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['.svelte-kit/', 'build/', 'node_modules/', 'data/', 'static/', 'test-results/', '.outlay/'] },
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
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      // The app is served from the root of its own origin; `resolve()` around every link would say nothing.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['**/*.js', '**/*.mjs', '.dependency-cruiser.js'], ...ts.configs.disableTypeChecked },
);
