import { type ChildProcess, spawn } from 'node:child_process';
import { freePort } from '../real/ports.ts';
import { root } from '../real/root.ts';

/** The product as `npm start` runs it, in a process of its own, on free ports and a folder of the test's. */
export interface Product {
  pid: number;
  address: string;
  grpcAddress: string;
  restAddress: string;
  /** All it printed so far. */
  output(): string;
  /** Ctrl+C. Resolves with the exit code. */
  stop(): Promise<number | null>;
  /** kill -9. */
  kill(): Promise<void>;
}

export interface ProductOptions {
  dataDirectory: string;
  /** Ports of an earlier start, to come back at the same address. */
  like?: Product;
  environment?: Record<string, string>;
}

const READY = /Baton is ready/;

export async function startProduct({ dataDirectory, like, environment }: ProductOptions): Promise<Product> {
  const portOf = (address: string | undefined) => address?.split(':').at(-1);
  const [web, grpc, rest] = await Promise.all(
    [like?.address, like?.grpcAddress, like?.restAddress].map(
      async (address) => portOf(address) ?? String(await freePort()),
    ),
  );
  const child: ChildProcess = spawn(process.execPath, ['infra/launch/start.mjs'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NODE_ENV: '',
      PORT: web,
      ENGINE_GRPC_PORT: grpc,
      ENGINE_REST_PORT: rest,
      BATON_DATA: dataDirectory,
      ...environment,
    },
  });
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      if (READY.test(output)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    void ended.then((code) =>
      reject(new Error(`Expected the product to start, but it ended with ${code}:\n${output}`)),
    );
  });
  return {
    pid: child.pid as number,
    address: `http://127.0.0.1:${web}`,
    grpcAddress: `127.0.0.1:${grpc}`,
    restAddress: `http://127.0.0.1:${rest}`,
    output: () => output,
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
