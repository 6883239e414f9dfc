// `npm run conformance [-- --record] [-- name …]`: the scenarios on the embedded broker and on the real ones, as a table.
// `npm run conformance -- --models <folder> [broker]`: deploys every model of a folder tree on them.
import { ensureBuilt, ensureInstalled, requireNode } from './steps.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const words = process.argv.slice(2);
if (words[0] === '--models') {
  const { conformanceOfModels } = await import('../dist/conformance/models.js');
  const options = { broker: words.includes('broker'), environment: process.env };
  if (!(await conformanceOfModels(words[1] ?? '.', options))) process.exitCode = 1;
} else {
  const { conformance } = await import('../dist/conformance/main.js');
  await conformance(words, process.env);
}
