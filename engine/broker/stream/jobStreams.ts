import type { JobStream } from '../broker.ts';
import type { ActivatedJob, JobStreamChoice } from '../processing/types.ts';

interface OpenStream {
  id: string;
  stream: JobStream;
}

/** Clients that wait for pushed jobs, by job type. Streams of one type take turns. */
export class JobStreams {
  private readonly byId = new Map<string, OpenStream>();
  private readonly byType = new Map<string, OpenStream[]>();
  private opened = 0;

  open(stream: JobStream): () => void {
    const open: OpenStream = { id: `${++this.opened}`, stream };
    this.byId.set(open.id, open);
    this.byType.set(stream.type, [...(this.byType.get(stream.type) ?? []), open]);
    return () => {
      if (!this.byId.delete(open.id)) return;
      const others = this.byType.get(stream.type)!.filter((other) => other !== open);
      if (others.length > 0) this.byType.set(stream.type, others);
      else this.byType.delete(stream.type);
    };
  }

  /** The stream whose turn it is; it goes to the end of the queue. */
  pick(jobType: string, tenantId: string): JobStreamChoice | undefined {
    const waiting = this.byType.get(jobType);
    if (!waiting) return undefined;
    const index = waiting.findIndex(({ stream }) => stream.tenantIds.includes(tenantId));
    if (index < 0) return undefined;
    const [chosen] = waiting.splice(index, 1);
    waiting.push(chosen!);
    const { worker, timeout, fetchVariables } = chosen!.stream;
    return { streamId: chosen!.id, worker, timeout, fetchVariables };
  }

  /** Hands a durable activation to its client; `false` when the client is gone or slow. */
  push(streamId: string, job: ActivatedJob): boolean {
    return this.byId.get(streamId)?.stream.push(job) ?? false;
  }
}
