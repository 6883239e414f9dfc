import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { deployment, openEmbedded, type Target } from '@baton/engine/test/conformance';
import { cacheFolder } from '../real/java.ts';
import { type Oracle, openOracles } from './oracles.ts';
import { PROCESS_TEST_ENGINE } from './processTestEngine.ts';
import { openRealBroker } from './realBroker.ts';

/** Deployments one broker takes before it gives way to an empty one: what it started by timers adds up. */
const DEPLOYMENTS_OF_ONE_BROKER = 100;

interface Deployment {
  /** What the table calls it. */
  name: string;
  /** Files sent together. */
  files: readonly string[];
}

/** Differences that are meant, by what the real one says of files with such a text in them. */
const declared: readonly { reason: string; says: RegExp; in?: RegExp }[] = [
  {
    reason: 'the model names schemas to be fetched from the network, which neither of the two can here',
    says: /BPMN20\.xsd.* src-resolve: /,
  },
  {
    reason: 'conditional events are those of 8.9, which 8.8 does not know',
    says: /- ERROR: Event definition of this type is not supported/,
    in: /conditionalEventDefinition/,
  },
];

/**
 * Deploys every model, decision and form of a folder tree, each alone and models with the decisions and forms beside them, on
 * the embedded broker and on a real one, and prints where the answers differ. What the real one answers to the same bytes is
 * kept in the cache, so that it is asked once.
 *
 * @param words only files whose path contains one of them; all when there are none
 */
export async function conformanceOfModels(
  folder: string,
  words: readonly string[],
  oracle: Oracle,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const answers = keptAnswers(join(cacheFolder(environment), `models-${oracle}.json`));
  const real = newPerBatch(await opener(oracle, environment));
  const embedded = newPerBatch({ open: openEmbedded, close: async () => {} });
  let equal = 0;
  let different = 0;
  const meant = new Map<string, number>();
  try {
    for (const { name, files } of deploymentsOf(folder, words)) {
      const resources = files.map((file) => ({ name: basename(file), content: readFileSync(file) }));
      const found = await deployment(await embedded.target(), resources);
      const expected = await answers.of(resources, async () => deployment(await real.target(), resources));
      const known = declared.find(
        (one) =>
          one.says.test(expected) && resources.some(({ content }) => one.in?.test(`${content}`) ?? true),
      )?.reason;
      if (expected === found) equal++;
      else if (known !== undefined) meant.set(known, (meant.get(known) ?? 0) + 1);
      else {
        different++;
        console.log(`DIFFERENT from ${oracle}: ${name}\n  expected ${expected}\n  but got  ${found}`);
      }
    }
  } finally {
    answers.keep();
    await embedded.close();
    await real.close();
  }
  for (const [reason, count] of meant) console.log(`${count} as declared: ${reason}`);
  console.log(`${oracle}: ${equal} equal, ${different} different`);
  return different === 0;
}

interface Opener {
  open(): Promise<Target>;
  close(): Promise<void>;
}

/** Nothing is started before the first question. */
async function opener(oracle: Oracle, environment: NodeJS.ProcessEnv): Promise<Opener> {
  if (oracle !== PROCESS_TEST_ENGINE)
    return { open: () => openRealBroker(environment), close: async () => {} };
  let oracles: Awaited<ReturnType<typeof openOracles>> | undefined;
  return {
    async open() {
      oracles ??= await openOracles([oracle], environment);
      if (!oracles.engines) throw new Error(`${oracle} cannot be asked: ${oracles.missing[oracle]}`);
      return oracles.engines.fresh();
    },
    async close() {
      await oracles?.close();
    },
  };
}

function newPerBatch({ open, close }: Opener) {
  let current: Target | undefined;
  let asked = 0;
  return {
    async target(): Promise<Target> {
      if (!current || asked % DEPLOYMENTS_OF_ONE_BROKER === 0) {
        await current?.close();
        current = await open();
      }
      asked++;
      return current;
    },
    async close() {
      await current?.close();
      await close();
    },
  };
}

function keptAnswers(file: string) {
  let asked = 0;
  const kept: Record<string, string> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    async of(resources: readonly { name: string; content: Buffer }[], ask: () => Promise<string>) {
      const hash = createHash('sha256');
      for (const { name, content } of resources) hash.update(`${name}\0${content.length}\0`).update(content);
      const key = hash.digest('hex');
      if (kept[key] === undefined) {
        kept[key] = await ask();
        if (++asked % 50 === 0) keep();
      }
      return kept[key];
    },
    keep,
  };

  function keep(): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(kept));
  }
}

function deploymentsOf(folder: string, words: readonly string[]): Deployment[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(bpmn|dmn|form)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return files
    .flatMap((file): Deployment[] => {
      const name = relative(folder, file);
      const alone = { name, files: [file] };
      const beside = file.endsWith('.bpmn')
        ? files.filter((other) => !other.endsWith('.bpmn') && dirname(other) === dirname(file))
        : [];
      if (beside.length === 0) return [alone];
      return [alone, { name: `${name} with ${beside.length} beside it`, files: [file, ...beside] }];
    })
    .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
}
