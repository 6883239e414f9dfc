import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { McpTransport } from '../../../contract/index.ts';

/** The ways in which the server of the tests can be reached. */
export type Way = 'stdio' | 'stdio-older' | 'http' | 'http-older' | 'sse';

const script = fileURLToPath(new URL('./server.mjs', import.meta.url));

/** Of Streamable HTTP and SSE a process that runs; of standard streams only the command: whoever connects starts it. */
export async function startServer(
  way: Way,
  manner?: string,
): Promise<{ transport: McpTransport; origin: string; stop(): void }> {
  const args = [script, way, ...(manner === undefined ? [] : [manner])];
  if (way.startsWith('stdio')) {
    const transport = { kind: 'stdio' as const, command: process.execPath, args, env: {} };
    return { transport, origin: '', stop: () => {} };
  }
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the server ended')));
    child.stdout.on('data', (chunk: Buffer) => {
      const [, found] = /listening on (\d+)/.exec(chunk.toString()) ?? [];
      if (found) resolve(found);
    });
  });
  const origin = `http://127.0.0.1:${port}`;
  const transport: McpTransport =
    way === 'sse' ? { kind: 'sse', url: `${origin}/sse` } : { kind: 'http', url: `${origin}/mcp` };
  return { transport, origin, stop: () => child.kill('SIGKILL') };
}
