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
  all(): Iterable<Process>;
  add(process: Process): void;
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
  const ready = createProcessCache(feel);
  const byKey = (key: number | undefined) => (key === undefined ? undefined : processes.get(key));

  return {
    get: (key) => processes.get(key),
    version: (tenantId, bpmnProcessId, version) =>
      byKey(versions.get([tenantId, keyPart(bpmnProcessId), version])),
    latest: (tenantId, bpmnProcessId) => byKey(latest.get([tenantId, keyPart(bpmnProcessId)])),
    tagged: (tenantId, bpmnProcessId, versionTag) =>
      byKey(tags.get([tenantId, keyPart(bpmnProcessId), keyPart(versionTag)])),
    deployedWith: (tenantId, bpmnProcessId, deploymentKey) =>
      byKey(deployments.get([tenantId, keyPart(bpmnProcessId), deploymentKey])),
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
    addToDeployment(tenantId, { bpmnProcessId, deploymentKey, processDefinitionKey }) {
      deployments.put([tenantId, keyPart(bpmnProcessId), deploymentKey], processDefinitionKey);
    },
    executable(key) {
      const process = processes.get(key);
      if (!process) throw new Error(`Expected process definition ${key} to be deployed, but it is not`);
      const { checksum, bpmnProcessId } = process.value;
      return ready.get(checksum, bpmnProcessId, () => process.value.resource);
    },
  };
}
