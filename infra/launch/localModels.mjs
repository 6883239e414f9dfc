// `npm run local-models`: installs what runs models on this machine, at the versions and checksums of `infra/localModels/runtime`.
// It stays out of node_modules, and away from machines that want none: it has 75 MB, and needs a model besides.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, requireNode, root, run } from './steps.mjs';

requireNode();
const data = process.env.BATON_DATA || join(root, '.baton');
const runtime = process.env.LOCAL_RUNTIME || join(data, 'local-runtime');
const models = process.env.LOCAL_MODELS || join(data, 'local-models');

const kind = `${process.platform}-${process.arch}`;
const pin = (file) => JSON.parse(readFileSync(join(root, 'infra', 'localModels', 'runtime', file), 'utf8'));
const part = pin('platforms.json')[kind];
if (!part) {
  refuse(
    `Expected a machine whose part of node-llama-cpp is pinned here, but this is ${kind}: \`npm i --no-save node-llama-cpp\` takes what the registry has.`,
  );
}

// Of the parts for kinds of machines this one is installed, and none for graphics cards (hundreds of MB each).
const { name, version, integrity } = part;
const manifest = pin('package.json');
const lock = pin('package-lock.json');
manifest.dependencies[name] = version;
lock.packages[''].dependencies = manifest.dependencies;
lock.packages[`node_modules/${name}`] = { version, integrity };
mkdirSync(runtime, { recursive: true });
writeFileSync(join(runtime, 'package.json'), JSON.stringify(manifest));
writeFileSync(join(runtime, 'package-lock.json'), JSON.stringify(lock));
// Nothing of a package runs when it is installed.
const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const windows = process.platform === 'win32';
const code = await run(windows ? 'npm.cmd' : 'npm', words, { cwd: runtime, shell: windows });
if (code !== 0)
  refuse('Expected `npm ci` to install node-llama-cpp, but it failed; its own words are above.');

mkdirSync(models, { recursive: true });
console.log(
  `Installed in ${runtime}. Put models (GGUF files) into ${models} and add a provider 'This machine'.`,
);
