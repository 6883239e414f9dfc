// `npm test`: installs, builds, checks the form of the code, runs every test. Extra arguments go to vitest.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt, ensureInstalled, requireNode, root, run } from './steps.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const bin = (...path) => join(root, 'node_modules', ...path);
const results = join(root, 'test-results', 'results.json');
rmSync(results, { force: true });
mkdirSync(join(root, 'test-results'), { recursive: true });

const formCode = await run(process.execPath, [
  bin('@biomejs', 'biome', 'bin', 'biome'),
  'ci',
  '--colors=off',
  '.',
]);
const testCode = await run(process.execPath, [
  bin('vitest', 'vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
]);

try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(results, 'utf8'),
  );
  for (const file of testResults) {
    for (const test of file.assertionResults) {
      if (test.status !== 'passed' && test.status !== 'failed') console.log(`skipped: ${test.fullName}`);
    }
  }
  console.log(
    `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`,
  );
} catch {
  console.log('Expected the test runner to leave its results, but there are none.');
}
process.exit(formCode || testCode);
