// The steps before anything of ours runs: plain JavaScript without dependencies, because nothing is installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

const packages = ['engine', 'tools-registry', 'gateway', 'infra', 'editor'];
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

/** Ends the program with one sentence instead of a stack trace. */
export function refuse(sentence) {
  console.error(sentence);
  process.exit(1);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    refuse(
      `Expected Node.js 20.19 or newer, but this is ${process.versions.node}. Install a newer Node.js and try again.`,
    );
  }
}

/** Runs a program to its end; resolves with its exit code. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

function digest(text) {
  return createHash('sha256').update(text).digest('hex');
}

function readStamp(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Installs what the lockfile names, when it changed since the last time. */
export async function ensureInstalled() {
  const stampFile = join(root, 'node_modules', '.baton-installed');
  const wanted = digest(
    ['package-lock.json', 'package.json', ...packages.map((name) => `${name}/package.json`)]
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n'),
  );
  if (readStamp(stampFile) === wanted) return;
  console.log('Installing packages (once; about a minute) …');
  const code = await run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    refuse(
      'Expected `npm ci` to install the packages, but it failed. Its own words are above; mend that and run the same command again.',
    );
  }
  writeFileSync(stampFile, wanted);
}

/** Folders that no build reads: what is installed, what is built, what tests and benchmarks keep. */
const notSources = new Set(['node_modules', 'dist', 'results', 'recorded']);

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (notSources.has(entry.name) || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (/\.(ts|tsx|css|html|json|svg|woff2)$/.test(entry.name)) yield path;
  }
}

/** Name, size and time of every source file: enough to see that something changed, cheap enough for every start. */
function sourcesFingerprint() {
  const lines = [
    readStamp(join(root, 'node_modules', '.baton-installed')),
    readStamp(join(root, 'tsconfig.base.json')),
  ];
  for (const name of packages) {
    for (const file of sourceFiles(join(root, name))) {
      const { size, mtimeMs } = statSync(file);
      lines.push(`${relative(root, file)} ${size} ${mtimeMs}`);
    }
  }
  return digest(lines.sort().join('\n'));
}

/** Builds the packages and the editor, when a source changed since the last time. */
export async function ensureBuilt() {
  const stampFile = join(root, 'infra', 'dist', '.baton-built');
  const wanted = sourcesFingerprint();
  if (readStamp(stampFile) === wanted) return;
  console.log('Building (once; below a minute) …');
  const bin = (name) => join(root, 'node_modules', ...name);
  const codes = await Promise.all([
    run(process.execPath, [bin(['typescript', 'bin', 'tsc']), '-b']),
    run(process.execPath, [bin(['vite', 'bin', 'vite.js']), 'build', '--logLevel', 'warn'], {
      cwd: join(root, 'editor'),
      // Whoever starts it, tests too: else the page gets the libraries as their authors debug them.
      env: { ...process.env, NODE_ENV: 'production' },
    }),
  ]);
  if (codes.some((code) => code !== 0))
    refuse('Expected the sources to build, but they do not. The errors are above.');
  mkdirSync(join(root, 'infra', 'dist'), { recursive: true });
  writeFileSync(stampFile, wanted);
}
