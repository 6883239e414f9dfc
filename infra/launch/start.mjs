// `npm start`: installs and builds when needed, then becomes the product (one process tree).
import { ensureBuilt, ensureInstalled, requireNode } from './steps.mjs';

requireNode();
await ensureInstalled();
await ensureBuilt();
const { start } = await import('../dist/start/main.js');
await start(process.env);
