import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { type Engine, startEngine } from '@baton/engine/main';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cacheFolder, findJava, hasMaven } from '../real/java.ts';
import { root } from '../real/root.ts';

const run = promisify(execFile);
const here = join(root, 'infra', 'clients');
const cache = join(cacheFolder(process.env), 'clients-1');

/** A client of Zeebe as its makers published it, and a small program of ours that uses it. */
interface PublishedClient {
  /** What this machine lacks for it. */
  missing: string | undefined;
  /** Fetches client and compiler once, and says how the program is run. */
  prepare(): Promise<{ program: string; arguments: string[] }>;
  steps: string[];
}

const steps = [
  'topology',
  'deploy',
  'refusal',
  'work and result',
  'failure and retry',
  'error',
  'push',
  'cancel',
];

const clients: { [name: string]: PublishedClient } = {
  'JavaScript: @camunda8/sdk': {
    missing: undefined,
    prepare: async () => ({ program: process.execPath, arguments: [join(here, 'node', 'story.mjs')] }),
    steps: [...steps, 'search'],
  },
  'Python: pyzeebe': {
    missing: has('python3') ? undefined : 'there is no python3',
    async prepare() {
      const home = join(cache, 'pyzeebe-4.7.0');
      const python = join(home, 'bin', 'python');
      if (!existsSync(join(home, 'ready'))) {
        await run('python3', ['-m', 'venv', home]);
        await run(python, [
          '-m',
          'pip',
          'install',
          '--quiet',
          '--disable-pip-version-check',
          'pyzeebe==4.7.0',
        ]);
        mkdirSync(join(home, 'ready'));
      }
      return { program: python, arguments: [join(here, 'python', 'story.py')] };
    },
    steps,
  },
  'Go: zeebe-client-go': {
    missing: has('go') ? undefined : 'there is no go',
    async prepare() {
      const program = join(cache, 'go-story');
      mkdirSync(cache, { recursive: true });
      await run('go', ['build', '-o', program, '.'], { cwd: join(here, 'go') });
      return { program, arguments: [] };
    },
    steps,
  },
  'Java: camunda-client-java': {
    missing: findJava(process.env)
      ? hasMaven(process.env)
        ? undefined
        : 'there is no mvn'
      : 'there is no Java 21',
    async prepare() {
      const home = join(cache, 'camunda-client-java-8.8.0');
      if (!existsSync(join(home, 'ready'))) {
        mkdirSync(home, { recursive: true });
        cpSync(join(here, 'java', 'pom.xml'), join(home, 'pom.xml'));
        const copy = [
          'dependency:copy-dependencies',
          '-DincludeScope=runtime',
          `-DoutputDirectory=${join(home, 'lib')}`,
        ];
        await run('mvn', ['-q', '-B', ...copy], { cwd: home });
        mkdirSync(join(home, 'ready'));
      }
      const java = join(findJava(process.env)!, 'bin', 'java');
      return { program: java, arguments: ['-cp', join(home, 'lib', '*'), join(here, 'java', 'Story.java')] };
    },
    steps: [...steps, 'search'],
  },
};

for (const [name, { missing }] of Object.entries(clients)) {
  if (missing) console.log(`skipped: published client, ${name}: ${missing}`);
}

/** Getting a client ready may mean to download it, ms. */
const DOWNLOAD = 600_000;

let engine: Engine;
beforeEach(async () => {
  const loopback = { host: '127.0.0.1', grpcPort: 0, restPort: 0 };
  engine = await startEngine({ ...loopback, dataDirectory: undefined });
});
afterEach(() => engine.close());

describe.each(Object.entries(clients))('%s', (_, client) => {
  it.skipIf(client.missing)(
    'works with the embedded broker as it was published',
    {
      timeout: DOWNLOAD,
    },
    async ({ skip }) => {
      const ready = await client.prepare().catch((error: Error) => error);
      if (ready instanceof Error) return skip(`it could not be had: ${ready.message}`);
      const { program, arguments: given } = ready;
      const model = join(here, 'claim.bpmn');
      const told = await run(program, [...given, engine.grpcAddress, engine.restAddress, model], {
        timeout: 180_000,
      }).catch((error: { stdout: string; stderr: string }) => error);
      const said = told.stdout.split('\n').filter((line) => /^(?:not )?ok /.test(line));
      expect(said, told.stderr).toEqual(client.steps.map((step) => `ok ${step}`));
    },
  );
});

function has(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}
