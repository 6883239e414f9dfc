// One client process: people at work on agents, each on a connection of their own, and sockets that hear of it.
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { percentile, rounded } from './statistics.ts';

export const operations = ['list', 'get', 'create', 'update', 'draft', 'publish'] as const;
export type Operation = (typeof operations)[number];

export interface ApiLoadRequest {
  kind: 'api';
  port: number;
  token: string;
  clients: number;
  /** ms a client waits after an answer; 0 asks again at once. */
  think: number;
  /** Of a hundred requests. */
  share: { [O in Operation]: number };
  /** How many agents there are, with these ids. */
  agents: number;
  ids: readonly string[];
  /** ms before measuring begins, and of measuring. */
  warmUp: number;
  duration: number;
}

export interface LiveLoadRequest {
  kind: 'live';
  /** Where is written, and where is listened. */
  writePort: number;
  listenPort: number;
  token: string;
  sockets: number;
  ids: readonly string[];
  writes: number;
  /** ms between two writes. */
  every: number;
}

/** ms. */
export interface Times {
  p50: number;
  p95: number;
  p99: number;
}

export interface ApiLoadResult extends Times {
  requestsPerSecond: number;
  statuses: { [status: string]: number };
  operations: { [O in Operation]?: Times & { requests: number } };
}

/** From the moment a write is sent to the moment each socket has the event; of the answer, in between. */
export interface LiveLoadResult extends Times {
  events: number;
  /** Events that a socket did not get, or got twice. */
  missed: number;
  twice: number;
  write: Times;
}

export type ApiLoadMessage =
  | { kind: 'measure' }
  | { kind: 'api'; result: ApiLoadResult }
  | { kind: 'live'; result: LiveLoadResult };

const times = (all: readonly number[]): Times => ({
  p50: rounded(percentile(all, 0.5)),
  p95: rounded(percentile(all, 0.95)),
  p99: rounded(percentile(all, 0.99)),
});

interface Answer {
  status: string;
  body: string;
  ms: number;
}

/** A connection that asks one thing after the other. */
async function connection(port: number, token: string) {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let chunks: Buffer[] = [];
  let size = 0;
  let wanted = Infinity;
  let head = 0;
  let sentAt = 0;
  let answered: (answer: Answer) => void = () => {};
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (wanted === Infinity) {
      const text = Buffer.concat(chunks).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      if (end < 0) return;
      head = end + 4;
      wanted = head + Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
    }
    if (size < wanted) return;
    const ms = performance.now() - sentAt;
    const all = Buffer.concat(chunks).toString('utf8');
    [chunks, size, wanted] = [[], 0, Infinity];
    answered({ status: all.slice(9, 12), body: all.slice(head), ms });
  });
  return {
    ask(method: string, path: string, body?: object, etag?: string): Promise<Answer> {
      const text = body ? JSON.stringify(body) : '';
      const lines = [
        `${method} /api${path} HTTP/1.1`,
        'Host: localhost',
        `Authorization: Bearer ${token}`,
        ...(etag ? [`If-Match: "${etag}"`] : []),
        ...(body ? ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`] : []),
      ];
      sentAt = performance.now();
      socket.write(`${lines.join('\r\n')}\r\n\r\n${text}`);
      return new Promise((resolve) => {
        answered = resolve;
      });
    },
    end: () => socket.destroy(),
  };
}

const content = (n: number) => ({
  description: `Answers questions of kind ${n}`,
  provider: 'mock',
  model: 'mock-1',
  systemPrompt: `You answer questions. ${'Be brief, and say where you know it from. '.repeat(10)}${n}`,
});

async function loadApi(request: ApiLoadRequest, onMeasure: () => void): Promise<ApiLoadResult> {
  const { port, token, clients, think, share, ids, agents, warmUp, duration } = request;
  const began = performance.now();
  const [from, until] = [began + warmUp, began + warmUp + duration];
  const heard: { [O in Operation]: number[] } = {
    list: [],
    get: [],
    create: [],
    update: [],
    draft: [],
    publish: [],
  };
  const statuses: { [status: string]: number } = {};
  let made = 0;

  const work = async (client: number) => {
    const { ask, end } = await connection(port, token);
    // Everybody has agents of their own to change; reading is of all.
    const own = ids.filter((_, n) => n % clients === client);
    const random = (below: number) => Math.floor(Math.random() * below);
    const measured = async (operation: Operation, asked: Promise<Answer>) => {
      const answer = await asked;
      const at = performance.now();
      if (at >= from && at <= until) {
        heard[operation].push(answer.ms);
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
      }
      if (!/^2/.test(answer.status)) throw new Error(`${operation}: ${answer.status} ${answer.body}`);
      return answer.body === '' ? undefined : JSON.parse(answer.body);
    };
    const known = new Map<string, { hash: string; version: number; draft: { hash: string } | null }>();
    const stateOf = async (id: string) => {
      const state = known.get(id) ?? (await measured('get', ask('GET', `/agents/${id}`)));
      known.set(id, state);
      return state as { hash: string; version: number; draft: { hash: string } | null };
    };
    const act: { [O in Operation]: () => Promise<void> } = {
      async list() {
        await measured('list', ask('GET', `/agents?limit=50&offset=${random(agents - 50)}`));
      },
      async get() {
        await measured('get', ask('GET', `/agents/${ids[random(ids.length)]}`));
      },
      async create() {
        const name = `made-${client}-${made++}-${Date.now()}`;
        await measured('create', ask('POST', '/agents', { name, content: content(made), message: '' }));
      },
      async update() {
        const id = own[random(own.length)]!;
        const { hash } = await stateOf(id);
        const body = { content: content(random(1e9)), message: 'changed' };
        known.set(id, await measured('update', ask('PUT', `/agents/${id}`, body, hash)));
      },
      async draft() {
        const id = own[random(own.length)]!;
        const { hash, version, draft: before } = await stateOf(id);
        const draft = { base: version, content: content(random(1e9)) };
        const saved = await measured('draft', ask('PUT', `/agents/${id}/draft`, draft, before?.hash ?? hash));
        drafts.push({ id, hash: saved.hash });
        known.delete(id);
        own.splice(own.indexOf(id), 1);
      },
      async publish() {
        const draft = drafts.shift();
        if (!draft) return act.draft();
        const { id, hash } = draft;
        known.set(id, await measured('publish', ask('POST', `/agents/${id}/publish`, { message: '' }, hash)));
        own.push(id);
      },
    };
    const drafts: { id: string; hash: string }[] = [];
    const deck = operations.flatMap((operation) => Array.from({ length: share[operation] }, () => operation));
    await pause(Math.random() * think);
    while (performance.now() < until) {
      await act[deck[random(deck.length)]!]();
      if (think > 0) await pause(think);
    }
    end();
  };

  const all = Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  await Promise.race([all, pause(from - performance.now())]);
  onMeasure();
  await all;
  onMeasure();
  const every = Object.values(heard).flat();
  return {
    requestsPerSecond: rounded((every.length * 1000) / duration, 0),
    ...times(every),
    statuses,
    operations: Object.fromEntries(
      operations
        .filter((operation) => heard[operation].length > 0)
        .map((operation) => [operation, { requests: heard[operation].length, ...times(heard[operation]) }]),
    ),
  };
}

async function loadLive(request: LiveLoadRequest): Promise<LiveLoadResult> {
  const { writePort, listenPort, token, sockets, ids, writes, every } = request;
  const sentAt = new Map<string, number>();
  const latencies: number[] = [];
  const answers: number[] = [];
  const heardBy = Array.from({ length: sockets }, () => new Map<string, number>());
  const listen = (n: number) =>
    new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${listenPort}/ws`, ['baton', `bearer.${token}`], {
        perMessageDeflate: false,
      });
      socket.on('error', reject);
      socket.on('open', () => socket.send(JSON.stringify({ type: 'subscribe', topic: 'agents' })));
      socket.on('message', (data: Buffer) => {
        const at = performance.now();
        const text = data.toString();
        if (text.startsWith('{"type":"subscribed"')) return resolve(socket);
        const message = JSON.parse(text) as { id: number; data: { id: string; version: number } };
        const write = `${message.data.id} ${message.data.version}`;
        const since = sentAt.get(write);
        if (since === undefined) return;
        latencies.push(at - since);
        heardBy[n]!.set(write, (heardBy[n]!.get(write) ?? 0) + 1);
      });
    });
  const open: WebSocket[] = [];
  for (let n = 0; n < sockets; n += 50) {
    open.push(
      ...(await Promise.all(Array.from({ length: Math.min(50, sockets - n) }, (_, m) => listen(n + m)))),
    );
  }
  const { ask, end } = await connection(writePort, token);
  for (let n = 0; n < writes; n++) {
    const id = ids[n % ids.length]!;
    const { hash, version } = JSON.parse((await ask('GET', `/agents/${id}`)).body);
    sentAt.set(`${id} ${version + 1}`, performance.now());
    const answer = await ask('PUT', `/agents/${id}`, { content: content(n + 1e9), message: '' }, hash);
    if (answer.status !== '200') throw new Error(`${answer.status} ${answer.body}`);
    answers.push(answer.ms);
    await pause(every);
  }
  const complete = () => heardBy.every((heard) => heard.size === writes);
  for (let n = 0; n < 100 && !complete(); n++) await pause(50);
  end();
  for (const socket of open) socket.terminate();
  return {
    events: latencies.length,
    missed: heardBy.reduce((sum, heard) => sum + writes - heard.size, 0),
    twice: heardBy.flatMap((heard) => [...heard.values()]).filter((count) => count > 1).length,
    ...times(latencies),
    write: times(answers),
  };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

process.on('message', (request: ApiLoadRequest | LiveLoadRequest) => {
  const tell = (message: ApiLoadMessage) => process.send?.(message);
  const done =
    request.kind === 'api'
      ? loadApi(request, () => tell({ kind: 'measure' })).then((result) => tell({ kind: 'api', result }))
      : loadLive(request).then((result) => tell({ kind: 'live', result }));
  done.then(
    () => process.disconnect(),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
