import type { Feel } from '@baton/engine/feel';
import { createProcessCache, type ExecutableProcess } from '@baton/engine/model';
import type { ProcessMetadata, ProcessValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { keyPart } from './tableKey.ts';

export interface Process {
  readonly key: number;
  readonly tenantId: string;
  readonly value: ProcessValue;
}

/** Deployed process definitions by key, by id and version, and the latest version of an id. */
export interface Processes {
  get(key: number): Process | undefined;
  version(tenantId: string, bpmnProcessId: string, version: number): Process | undefined;
  latest(tenantId: string, bpmnProcessId: string): Process | undefined;
  /** The one that came latest with the version tag. */
  tagged(tenantId: string, bpmnProcessId: string, versionTag: string): Process | undefined;
  /** The one that was part of the deployment. */
  deployedWith(tenantId: string, bpmnProcessId: string, deploymentKey: number): Process | undefined;
  /** The highest version below this one. */
  before(tenantId: string, bpmnProcessId: string, version: number): Process | undefined;
  /** The highest version there ever was; 0 when none. */
  highest(tenantId: string, bpmnProcessId: string): number;
  all(): Iterable<Process>;
  add(process: Process): void;
  /** No instance begins any more; `deleted` still shows it. */
  remove(key: number): void;
  deleted(key: number): Process | undefined;
  allDeleted(): Iterable<Process>;
  /** The process, new or known, was part of the deployment. */
  addToDeployment(tenantId: string, deployed: ProcessMetadata): void;
  /** Ready to run; made from the XML once and kept in memory. Throws for a key that was never deployed. */
  executable(key: number): ExecutableProcess;
}

export function createProcesses(store: Store, feel: Feel): Processes {
  const processes = store.table<number, Process>('processes');
  const versions = store.table<[string, string, number], number>('processVersions');
  const latest = store.table<[string, string], number>('latestProcessVersions');
  const tags = store.table<[string, string, string], number>('processVersionTags');
  const deployments = store.table<[string, string, number], number>('processesByDeployment');
  const gone = store.table<number, Process>('deletedProcesses');
  const highest = store.table<[string, string], number>('highestDeletedProcessVersions');
  const ready = createProcessCache(feel);

  const byKey = (key: number | undefined) => (key === undefined ? undefined : processes.get(key));

  function before(tenantId: string, bpmnProcessId: string, version: number): Process | undefined {
    const start: [string, string, number] = [tenantId, keyPart(bpmnProcessId), 0];
    const end: [string, string, number] = [tenantId, keyPart(bpmnProcessId), version];
    for (const { value } of versions.range({ start, end, reverse: true, limit: 1 })) return byKey(value);
    return undefined;
  }

  return {
    get: (key) => processes.get(key),
    version: (tenantId, bpmnProcessId, version) =>
      byKey(versions.get([tenantId, keyPart(bpmnProcessId), version])),
    latest: (tenantId, bpmnProcessId) => byKey(latest.get([tenantId, keyPart(bpmnProcessId)])),
    tagged: (tenantId, bpmnProcessId, versionTag) =>
      byKey(tags.get([tenantId, keyPart(bpmnProcessId), keyPart(versionTag)])),
    deployedWith: (tenantId, bpmnProcessId, deploymentKey) =>
      byKey(deployments.get([tenantId, keyPart(bpmnProcessId), deploymentKey])),
    before,
    highest: (tenantId, bpmnProcessId) => {
      const id: [string, string] = [tenantId, keyPart(bpmnProcessId)];
      return Math.max(byKey(latest.get(id))?.value.version ?? 0, highest.get(id) ?? 0);
    },
    *all() {
      for (const { value } of processes.range()) yield value;
    },
    add(process) {
      const { bpmnProcessId, version, versionTag } = process.value;
      processes.put(process.key, process);
      versions.put([process.tenantId, keyPart(bpmnProcessId), version], process.key);
      latest.put([process.tenantId, keyPart(bpmnProcessId)], process.key);
      if (versionTag !== '')
        tags.put([process.tenantId, keyPart(bpmnProcessId), keyPart(versionTag)], process.key);
    },
    remove(key) {
      const process = processes.get(key);
      if (!process) return;
      const { tenantId } = process;
      const { bpmnProcessId, version } = process.value;
      const id: [string, string] = [tenantId, keyPart(bpmnProcessId)];
      processes.delete(key);
      gone.put(key, process);
      versions.delete([...id, version]);
      highest.put(id, Math.max(version, highest.get(id) ?? 0));
      const left = before(tenantId, bpmnProcessId, Number.MAX_SAFE_INTEGER);
      if (left) latest.put(id, left.key);
      else latest.delete(id);
    },
    deleted: (key) => gone.get(key),
    *allDeleted() {
      for (const { value } of gone.range()) yield value;
    },
    addToDeployment(tenantId, { bpmnProcessId, deploymentKey, processDefinitionKey }) {
      deployments.put([tenantId, keyPart(bpmnProcessId), deploymentKey], processDefinitionKey);
    },
    executable(key) {
      const process = processes.get(key) ?? gone.get(key);
      if (!process) throw new Error(`Expected process definition ${key} to be deployed, but it is not`);
      const { checksum, bpmnProcessId } = process.value;
      return ready.get(checksum, bpmnProcessId, () => process.value.resource);
    },
  };
}
