// One client process: keeps so many connections busy with one request, and measures. Reads no more of an answer than it must.
import { connect } from 'node:net';
import { percentile, rounded } from './statistics.ts';

export interface HttpLoadRequest {
  /** Connections go to them in turn. */
  ports: readonly number[];
  path: string;
  headers: { readonly [name: string]: string };
  connections: number;
  /** ms before measuring begins, and of measuring; or so many requests in all, without either. */
  warmUp: number;
  duration: number;
  requests?: number;
}

export interface HttpLoadResult {
  requestsPerSecond: number;
  /** ms. */
  p50: number;
  p99: number;
  /** Answers by status. */
  statuses: { [status: string]: number };
  clientCpuMs: number;
}

export type HttpLoadMessage = { kind: 'measure' } | { kind: 'result'; result: HttpLoadResult };

/** Runs the load; `onMeasure` is called when measuring begins and ends. */
async function run(request: HttpLoadRequest, onMeasure: () => void): Promise<HttpLoadResult> {
  const { ports, path, headers, connections, warmUp, duration, requests } = request;
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const bytes = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n`;
  const statuses: { [status: string]: number } = {};
  const times: number[] = [];
  const began = performance.now();
  const [from, until] =
    requests === undefined ? [began + warmUp, began + warmUp + duration] : [began, Infinity];
  let left = requests ?? Infinity;

  const client = (port: number) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      let pending = '';
      const send = () => {
        sentAt = performance.now();
        if (sentAt >= until || left <= 0) {
          socket.destroy();
          return resolve();
        }
        left--;
        socket.write(bytes);
      };
      socket.setEncoding('latin1');
      socket.on('connect', send);
      socket.on('error', reject);
      socket.on('close', () => resolve());
      socket.on('data', (chunk: string) => {
        pending += chunk;
        const head = pending.indexOf('\r\n\r\n');
        if (head < 0) return;
        const length = Number(/\r\ncontent-length: (\d+)/i.exec(pending.slice(0, head + 2))?.[1] ?? 0);
        if (pending.length < head + 4 + length) return;
        const at = performance.now();
        if (sentAt >= from && at <= until) {
          times.push(at - sentAt);
          const status = pending.slice(9, 12);
          statuses[status] = (statuses[status] ?? 0) + 1;
        }
        pending = '';
        send();
      });
    });

  const all = Promise.all(
    Array.from({ length: connections }, (_, n) => client(ports[n % ports.length] as number)),
  );
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, from - began)));
  const cpu = process.cpuUsage();
  onMeasure();
  await all;
  onMeasure();
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (Math.min(until, performance.now()) - from) / 1000;
  return {
    requestsPerSecond: rounded(times.length / seconds, 0),
    p50: rounded(percentile(times, 0.5)),
    p99: rounded(percentile(times, 0.99)),
    statuses,
    clientCpuMs: rounded((user + system) / 1000 / times.length, 3),
  };
}

process.on('message', (request: HttpLoadRequest) => {
  const tell = (message: HttpLoadMessage) => process.send?.(message);
  run(request, () => tell({ kind: 'measure' })).then(
    (result) => {
      tell({ kind: 'result', result });
      process.disconnect();
    },
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
