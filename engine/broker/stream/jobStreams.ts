import type { JobStream } from '../broker.ts';
import type { ActivatedJob, JobStreamChoice } from '../processing/types.ts';

/** Clients that want the same jobs in the same form: which of them gets a job is decided when it is sent. */
interface Group {
  id: string;
  /** Whose turn it is stands first. */
  clients: JobStream[];
}

/** Clients that wait for pushed jobs, by job type. Groups of one type take turns, and so do the clients of a group. */
export class JobStreams {
  private readonly byId = new Map<string, Group>();
  private readonly byType = new Map<string, Group[]>();

  open(stream: JobStream): () => void {
    const group = this.groupOf(stream);
    group.clients.push(stream);
    return () => {
      const index = group.clients.indexOf(stream);
      if (index < 0) return;
      group.clients.splice(index, 1);
      if (group.clients.length > 0) return;
      this.byId.delete(group.id);
      const others = this.byType.get(stream.type)!.filter((other) => other !== group);
      if (others.length > 0) this.byType.set(stream.type, others);
      else this.byType.delete(stream.type);
    };
  }

  /** The group whose turn it is; it goes to the end of the queue. */
  pick(jobType: string, tenantId: string): JobStreamChoice | undefined {
    const waiting = this.byType.get(jobType);
    if (!waiting) return undefined;
    const index = waiting.findIndex(({ clients }) => clients[0]!.tenantIds.includes(tenantId));
    if (index < 0) return undefined;
    const [chosen] = waiting.splice(index, 1);
    waiting.push(chosen!);
    const { worker, timeout, fetchVariables } = chosen!.clients[0]!;
    return { streamId: chosen!.id, worker, timeout, fetchVariables };
  }

  /** Hands a durable activation to the first client of the group that can take it; `false` when all are gone or slow. */
  push(streamId: string, job: ActivatedJob): boolean {
    const clients = this.byId.get(streamId)?.clients;
    if (!clients) return false;
    for (const client of [...clients]) {
      clients.push(clients.shift()!);
      if (client.push(job)) return true;
    }
    return false;
  }

  private groupOf({ type, worker, timeout, fetchVariables, tenantIds }: JobStream): Group {
    const id = JSON.stringify([type, worker, timeout, [...fetchVariables].sort(), [...tenantIds].sort()]);
    const known = this.byId.get(id);
    if (known) return known;
    const group: Group = { id, clients: [] };
    this.byId.set(id, group);
    this.byType.set(type, [...(this.byType.get(type) ?? []), group]);
    return group;
  }
}
