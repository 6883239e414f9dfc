import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, until } from './ports.ts';
import { root } from './root.ts';

/** SmolLM2-135M, and what runs it. It is too small to know anything: what it says is checked for its form only. */
export const smallModel = 'SmolLM2-135M-Instruct.Q4_1';

export interface SmallModel {
  /** Folder of the model's file. */
  models: string;
  /** Folder `npm run local-models` installed into. */
  runtime: string;
  /** Python with llama.cpp's server. */
  python: string;
}

/** In the folder TEST_SMALL_MODEL names; `.ci/run` fills one. */
export function findSmallModel(environment: NodeJS.ProcessEnv): SmallModel | undefined {
  const { TEST_SMALL_MODEL: folder } = environment;
  return folder && existsSync(join(folder, 'complete'))
    ? {
        models: join(folder, 'models'),
        runtime: join(folder, 'runtime'),
        python: join(folder, 'server', 'bin', 'python'),
      }
    : undefined;
}

export interface ModelServer {
  /** Root of OpenAI's API. */
  url: string;
  stop(): Promise<void>;
}

/** llama.cpp's own server with the small model. */
export async function startModelServer({ models, python }: SmallModel): Promise<ModelServer> {
  const port = await freePort();
  const script = join(root, 'infra', 'real', 'smallModel.py');
  const child = spawn(python, [script, join(models, `${smallModel}.gguf`), String(port)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}/v1`;
  const answers = async () => (await fetch(`${url}/models`).catch(() => undefined))?.ok === true;
  if (!(await until(answers, 60_000))) {
    child.kill('SIGKILL');
    throw new Error('Expected llama.cpp to serve the small model within a minute, but it does not answer');
  }
  return {
    url,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
