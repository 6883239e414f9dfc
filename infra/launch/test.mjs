// `npm test`: installs, builds, checks the form of the code, runs every test. With `--real` the suites against real services instead.
// Extra arguments go to vitest.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root, run } from './steps.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const bin = (...path) => join(root, 'node_modules', ...path);
const folder = join(root, 'test-results');
mkdirSync(folder, { recursive: true });

const extra = process.argv.slice(2);
const real = extra.includes('--real');
const formCode = real
  ? 0
  : await run(process.execPath, [bin('@biomejs', 'biome', 'bin', 'biome'), 'ci', '--colors=off', '.']);
const results = join(folder, real ? 'real.json' : 'results.json');
rmSync(results, { force: true });
const testCode = await run(process.execPath, [
  bin('vitest', 'vitest.mjs'),
  'run',
  ...(real ? ['--config=vitest.real.config.ts'] : []),
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...extra.filter((word) => word !== '--real'),
]);

try {
  const total = { passed: 0, failed: 0, skipped: 0 };
  // after the suites against real services: the sum of both
  const files = real ? [join(folder, 'results.json'), results] : [results];
  for (const file of files.filter(existsSync)) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    total.passed += numPassedTests;
    total.failed += numFailedTests;
    total.skipped += numPendingTests + numTodoTests;
    for (const { assertionResults } of testResults) {
      for (const test of assertionResults) {
        if (test.status !== 'passed' && test.status !== 'failed') console.log(`skipped: ${test.fullName}`);
      }
    }
  }
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
} catch {
  console.log('Expected the test runner to leave its results, but there are none.');
}
process.exit(formCode || testCode);
