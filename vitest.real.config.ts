import tests from './vitest.config.ts';

/** The suites against real services, one after the other: each starts what it needs, or says what the machine lacks. */
export default {
  ...tests,
  test: {
    ...tests.test,
    projects: undefined,
    include: ['infra/**/*.real.ts'],
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // real clocks run while a real broker answers
    retry: 2,
    fileParallelism: false,
    maxConcurrency: 5,
  },
};
