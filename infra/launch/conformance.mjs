// `npm run conformance [-- --record] [-- name …]`: the scenarios on the embedded broker and on the real ones, as a table.
// `npm run conformance -- --models <folder> [path …]`: deploys the models of a folder tree on them.
import { ensureBuilt, ensureInstalled, requireNode } from './steps.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const { conformance } = await import('../dist/conformance/main.js');
await conformance(process.argv.slice(2), process.env);
