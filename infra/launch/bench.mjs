// `npm run bench [-- name …]`: prints ratios measured in one run and keeps them in infra/load/results.
import { ensureBuilt, ensureInstalled, requireNode } from './steps.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const { bench } = await import('../dist/load/main.js');
await bench(process.argv.slice(2), process.env);
