import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Tests run on the sources: every door of ours has a `baton-source` condition beside its built form.
const conditions = ['baton-source', 'module', 'node', 'development|production'];

const rooms = '{editor,engine,gateway,tools-registry,infra}';
const pages = `${rooms}/**/*.page.test.{ts,tsx}`;

/** What takes longest begins first: at the end nobody waits for one long file. */
const longest = [
  /^infra\/e2e\//,
  /\.page\.test\./,
  /^tools-registry\/connections\//,
  /\/conformance\//,
  /^gateway\/pipeline\//,
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const path = moduleId.slice(this.ctx.config.root.length + 1);
      const found = longest.findIndex((pattern) => pattern.test(path));
      return found === -1 ? longest.length : found;
    };
    return (await super.sort(files)).sort((one, other) => place(one) - place(other));
  }
}

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // What stands within a moment on a quiet machine takes longer on a busy one.
    expect: { poll: { timeout: 30_000 } },
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        // To start a process and import everything again takes longer than most files run: they share both.
        test: {
          name: 'units',
          include: [`${rooms}/**/*.test.{ts,tsx}`],
          exclude: [pages],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'pages', include: [pages], environment: 'jsdom' } },
    ],
  },
});
