#!/usr/bin/env node
// `npx baton`: compiles what is not compiled yet, then runs the command. What it says of that goes to stderr.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { requireNode, root, run } from '../launch/steps.mjs';

requireNode();
const compiled = join(root, 'infra', 'dist', 'cli', 'main.js');
if (!existsSync(compiled)) {
  console.error('Building (once; below a minute) …');
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const code = await run(process.execPath, [tsc, '-b', 'infra'], { stdio: ['ignore', 2, 2] });
  if (code !== 0) {
    console.error('Expected the sources to build, but they do not. The errors are above.');
    process.exit(3);
  }
}
const { main } = await import(compiled);
process.exitCode = await main(process.argv.slice(2), process.env);
