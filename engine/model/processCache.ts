import type { Feel } from '@baton/engine/feel';
import type { ExecutableProcess } from './executable.ts';
import { processesOfAccepted } from './model.ts';

/** Executable processes of resources that were deployed, made again when asked for after a restart. */
export interface ProcessCache {
  /** The process of a deployed resource; throws when the resource, accepted once, cannot be read any more. */
  get(checksum: string, bpmnProcessId: string, resource: () => string): ExecutableProcess;
}

/** Keeps the `capacity` resources used last. */
export function createProcessCache(feel: Feel, capacity = 500): ProcessCache {
  const kept = new Map<string, readonly ExecutableProcess[]>();
  return {
    get(checksum, bpmnProcessId, resource) {
      let processes = kept.get(checksum);
      if (processes) {
        kept.delete(checksum);
      } else {
        processes = processesOfAccepted(resource(), feel);
        const oldest = kept.keys().next();
        if (kept.size >= capacity && !oldest.done) kept.delete(oldest.value);
      }
      kept.set(checksum, processes);
      const process = processes.find((one) => one.bpmnProcessId === bpmnProcessId);
      if (!process) throw new Error(`Expected resource ${checksum} to hold process '${bpmnProcessId}'`);
      return process;
    },
  };
}
