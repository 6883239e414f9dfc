import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Ended {
  code: number | null;
  output: string;
}

/** The protocol's own programs, as `.ci/run` installs them, with the Node they need (22). */
export interface OfficialTools {
  conformance(args: readonly string[], cwd: string): Promise<Ended>;
  inspector(args: readonly string[], cwd: string): Promise<Ended>;
}

/** `undefined` where they could not be installed. */
export function officialTools(folder: string | undefined): OfficialTools | undefined {
  if (folder === undefined) return undefined;
  const modules = join(folder, 'node_modules');
  const node = join(modules, `node-linux-${process.arch}`, 'bin', 'node');
  const conformance = join(modules, '@modelcontextprotocol', 'conformance', 'dist', 'index.js');
  const inspector = join(modules, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');
  if (![node, conformance, inspector].every((file) => existsSync(file))) return undefined;
  return {
    conformance: (args, cwd) => run(node, [conformance, ...args], cwd),
    inspector: (args, cwd) => run(node, [inspector, '--cli', ...args], cwd),
  };
}

function run(command: string, args: readonly string[], cwd: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
