import type { RunEvent } from '@baton/engine/protocol';
import type { AgentWorld } from '../recordedCalls.ts';
import type { AgentRunResult, HearRun, RunDependencies, runAgent } from '../runner.ts';
import { createLink, type Link } from './link.ts';
import type { FromThread, ToThread } from './messages.ts';
import { receivedPorts, type SentPorts } from './ports.ts';

export interface RunsOfThreadOptions {
  run: typeof runAgent;
  world: AgentWorld;
  post(message: FromThread): void;
  /** Bytes. */
  heap(): number;
  /** Said before anything of a run is computed: whoever looks from outside sees it even when that never ends. */
  atWork(run: number): void;
}

type Lent = SentPorts & { heard?: (event: RunEvent) => Promise<unknown> };

/** The runs of one thread: hears what it is told. Everything a run computes begins here, or in a timer of its own. */
export function createRunsOfThread({ run, world, post, heap, atWork }: RunsOfThreadOptions) {
  const runs = new Map<number, { link: Link; cancelling: AbortController }>();

  async function begin({ run: number, what, hears, ports }: ToThread & { do: 'begin' }): Promise<void> {
    const link = createLink((message) => post({ did: 'link', run: number, message }));
    const cancelling = new AbortController();
    runs.set(number, { link, cancelling });
    const { heard, ...sent } = link.borrow(ports) as Lent;
    const own: AgentWorld = {
      ...world,
      schedule: (ms, call) =>
        world.schedule(ms, () => {
          atWork(number);
          call();
        }),
    };
    const dependencies: RunDependencies = receivedPorts(sent, own);
    const hear: HearRun | undefined = hears && heard ? (event) => void heard(event) : undefined;
    let ended: FromThread;
    try {
      const result: AgentRunResult = await run(what, dependencies, cancelling.signal, hear);
      ended = { did: 'end', run: number, result };
    } catch (thrown) {
      const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
      ended = { did: 'throw', run: number, name, message };
    }
    runs.delete(number);
    post(ended);
    link.end();
  }

  return (message: ToThread): void => {
    if (message.do === 'ping') {
      post({ did: 'pong', heap: heap() });
      return;
    }
    atWork(message.run);
    switch (message.do) {
      case 'begin':
        void begin(message);
        break;
      case 'cancel':
        runs.get(message.run)?.cancelling.abort();
        break;
      case 'link':
        runs.get(message.run)?.link.hear(message.message);
        break;
    }
  };
}
