import { defineConfig } from 'vitest/config';

// Tests run on the sources: every door of ours has a `baton-source` condition beside its built form.
const conditions = ['baton-source', 'module', 'node', 'development|production'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ['{editor,engine,gateway,tools-registry,infra}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
