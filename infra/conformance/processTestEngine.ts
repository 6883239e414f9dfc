import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readJson } from '@baton/engine/protocol';
import {
  connectZeebe,
  missingFeature,
  PATIENCE,
  type SeenRecord,
  type Target,
} from '@baton/engine/test/conformance';
import { cacheFolder, findJava } from '../real/java.ts';

/** The published in-memory engine: an oracle of records, with a clock that can be moved. Nothing of it is shipped. */
export const PROCESS_TEST_ENGINE = '8.8.21';

/** Opens one empty engine after the other, in one Java. */
export interface ProcessTestEngines {
  fresh(): Promise<Target>;
  close(): Promise<void>;
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>conformance</groupId><artifactId>conformance</artifactId><version>1</version>
<dependencies><dependency><groupId>io.camunda</groupId><artifactId>zeebe-process-test-engine</artifactId>
<version>${PROCESS_TEST_ENGINE}</version></dependency></dependencies></project>
`;

/** Fetches the engine and what it needs with Maven into the cache, once. */
function ensureLibraries(cache: string): string {
  const home = join(cache, `process-test-engine-${PROCESS_TEST_ENGINE}`);
  const libraries = join(home, 'lib');
  if (existsSync(libraries)) return libraries;
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'pom.xml'), pom);
  const staging = join(home, `staging-${process.pid}`);
  execFileSync(
    'mvn',
    [
      '-q',
      '-f',
      join(home, 'pom.xml'),
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${staging}`,
    ],
    { stdio: 'inherit' },
  );
  renameSync(staging, libraries);
  return libraries;
}

/** @param program `ProcessTestEngine.java`; Java compiles it as it starts */
export function openProcessTestEngines(program: string, environment: NodeJS.ProcessEnv): ProcessTestEngines {
  const java = findJava(environment);
  if (!java) throw new Error('Expected Java 21 or newer, but there is none. Set BATON_JAVA_HOME to one.');
  const libraries = ensureLibraries(cacheFolder(environment));
  const child = spawn(join(java, 'bin', 'java'), ['-Xmx1g', '-cp', join(libraries, '*'), program], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function ask(command: string): Promise<{ done: unknown; answers: SeenRecord[] }> {
    child.stdin.write(`${command}\n`);
    const answers: SeenRecord[] = [];
    for (;;) {
      const { done, value } = await lines.next();
      if (done) throw new Error(`Expected an answer to '${command}', but the process-test engine has ended.`);
      const answer = readJson(value) as unknown as SeenRecord & { done?: unknown };
      if ('done' in answer) return { done: answer.done, answers };
      answers.push(answer);
    }
  }

  return {
    async fresh() {
      const { done: address } = await ask('fresh');
      const grpc = await connectZeebe(`${address}`.replace('0.0.0.0', '127.0.0.1'), PATIENCE);
      return {
        name: PROCESS_TEST_ENGINE,
        grpc,
        defaultTenant: '',
        shufflesJobs: true,
        cannot: (steps) =>
          steps.some((step) => 'rpc' in step && step.rpc === 'StreamActivatedJobs')
            ? 'it pushes no jobs'
            : undefined,
        lacks: (answer) => missingFeature(PROCESS_TEST_ENGINE, answer),
        advance: async (ms) => void (await ask(`advance ${ms}`)),
        async command(given) {
          const { done: number } = await ask(`command ${JSON.stringify(given)}`);
          const { done: answer } = await ask(`answer ${number}`);
          // without an answer it waits for a listener
          return answer === null || answer === 'accepted' ? undefined : readRefusal(`${answer}`);
        },
        records: async () => (await ask('records')).answers.map(readRecord),
        close: async () => grpc.close(),
      };
    },
    async close() {
      child.stdin.end();
      await new Promise<void>((resolve) =>
        child.exitCode === null ? child.once('exit', () => resolve()) : resolve(),
      );
    },
  };
}

/** The gateway's words around a refusal are left out. */
function readRefusal(text: string): string {
  const [, type, reason] = /rejected with code '(\w+)': ([\s\S]*)$/.exec(text) ?? [];
  return type === undefined ? text : `${type}: ${reason}`;
}

/** Its values of variables, and the items of a collection, are texts of JSON. */
function readRecord(record: SeenRecord): SeenRecord {
  if (record.valueType === 'MULTI_INSTANCE') {
    const items = record.value.inputCollection as string[];
    return { ...record, value: { ...record.value, inputCollection: items.map((item) => JSON.parse(item)) } };
  }
  if (record.valueType !== 'VARIABLE') return record;
  return { ...record, value: { ...record.value, value: readJson(`${record.value.value}`) } };
}
