import type { DeploymentStore, McpServerStore, ResourceStore, VersionName } from '@baton/infra/store';
import { type Problem, readAgentContent, type WorkflowContent } from '../../api/index.ts';
import { type NamedByElement, type ReadProcess, readProcesses } from './references.ts';

export interface CycleSources {
  resources: Pick<ResourceStore, 'list' | 'get' | 'getByName'>;
  deployments: Pick<DeploymentStore, 'latest'>;
  servers: Pick<McpServerStore, 'getByName'>;
  /** Whether an address is that of our own MCP server, whose tools are the tenant's own tools and processes. */
  isOwnMcp(url: string): boolean;
}

export interface Cycles {
  /** Elements of a workflow by which it comes back to itself, over agents, tools and other processes. */
  problems(tenantId: string, xml: string): Promise<Problem[]>;
  /** Every process of the tenant by its id: as it is deployed, else as it is saved. */
  processes(tenantId: string): Promise<ReadonlyMap<string, ReadProcess>>;
}

/** One thing on the way; agents with the version they are asked for by. */
interface Step {
  kind: 'process' | 'agent' | 'tool';
  name: string;
  version?: string | undefined;
}

/** Things looked at before a way counts as none. */
const most = 2_000;
/** Versions of workflows whose processes are kept: a version never changes. */
const keptVersions = 2_000;
const pageSize = 100;
/** Before the id of a process, in the tools of our own MCP server. */
const processTool = 'process_';

const keyOf = ({ kind, name, version = '' }: Step) => `${kind}/${name}@${version}`;
const told = ({ kind, name }: Step) => (kind === 'process' ? `'${name}'` : `${kind} '${name}'`);

export function createCycles(sources: CycleSources): Cycles {
  const { resources, deployments, servers } = sources;
  const read = new Map<string, ReadProcess[]>();

  function processesOf(tenantId: string, id: string, version: number, xml: string): ReadProcess[] {
    const key = JSON.stringify([tenantId, id, version]);
    const known = read.get(key) ?? readProcesses(xml);
    read.delete(key);
    read.set(key, known);
    if (read.size > keptVersions) read.delete(read.keys().next().value!);
    return known;
  }

  async function processesIn(tenantId: string): Promise<Map<string, ReadProcess>> {
    const found = new Map<string, ReadProcess>();
    for (let offset = 0; ; offset += pageSize) {
      const { items, total } = await resources.list(tenantId, 'workflow', { limit: pageSize, offset });
      const latest = await deployments.latest(
        tenantId,
        items.map(({ id }) => id),
      );
      for (const saved of items) {
        const deployed = latest.get(saved.id);
        const version =
          deployed && deployed.workflowVersion !== saved.version
            ? await resources.get(tenantId, 'workflow', saved.id, deployed.workflowVersion)
            : saved;
        const { xml } = (version ?? saved).content as WorkflowContent;
        for (const process of processesOf(tenantId, saved.id, (version ?? saved).version, xml)) {
          // What is deployed is what runs; of two workflows with one process, whichever is.
          if (deployed || !found.has(process.id)) found.set(process.id, process);
        }
      }
      if (offset + pageSize >= total) return found;
    }
  }

  async function agentSteps(tenantId: string, { name, version }: Step): Promise<Step[]> {
    const wanted: VersionName | undefined =
      version === undefined ? undefined : /^\d+$/.test(version) ? Number(version) : { label: version };
    const agent = await resources.getByName(tenantId, 'agent', name, wanted);
    return agent ? readAgentContent(agent.content).tools.map((tool) => ({ kind: 'tool', name: tool })) : [];
  }

  /** A tool of our own MCP server is one of the tenant's, or starts one of its processes. */
  async function toolSteps(
    tenantId: string,
    { name }: Step,
    processes: () => Promise<Map<string, ReadProcess>>,
  ): Promise<Step[]> {
    const dot = name.indexOf('.');
    if (dot < 0) return [];
    const server = await servers.getByName(tenantId, name.slice(0, dot));
    const { url } = (server?.transport ?? {}) as { url?: string };
    if (url === undefined || !sources.isOwnMcp(url)) return [];
    const own = name.slice(dot + 1);
    if (!own.startsWith(processTool)) return [{ kind: 'tool', name: own }];
    const ids = [...(await processes()).keys()];
    return ids.filter((id) => toolOf(id) === own).map((id) => ({ kind: 'process', name: id }));
  }

  return {
    processes: processesIn,
    async problems(tenantId, xml) {
      const own = readProcesses(xml).filter(({ id }) => id !== '');
      let all: Promise<Map<string, ReadProcess>> | undefined;
      const processes = () => {
        all ??= processesIn(tenantId).then(
          (found) => new Map([...found, ...own.map((each) => [each.id, each] as const)]),
        );
        return all;
      };
      const known = new Map<string, Promise<Step[]>>();
      const next = (step: Step): Promise<Step[]> => {
        const key = keyOf(step);
        const steps =
          known.get(key) ??
          (step.kind === 'agent'
            ? agentSteps(tenantId, step)
            : step.kind === 'tool'
              ? toolSteps(tenantId, step, processes)
              : processes().then((found) => found.get(step.name)?.elements.flatMap(stepsOf) ?? []));
        known.set(key, steps);
        return steps;
      };

      const problems: Problem[] = [];
      for (const process of own) {
        for (const element of process.elements) {
          const way = await shortestWay(stepsOf(element), { kind: 'process', name: process.id }, next);
          if (way) problems.push(circular(process.id, element, way));
        }
      }
      return problems;
    },
  };
}

/** As our MCP server names the tool that starts a process. */
const toolOf = (bpmnProcessId: string) =>
  `${processTool}${bpmnProcessId.replace(/[^\w.-]/g, '_')}`.slice(0, 128);

function stepsOf({ references, version }: NamedByElement): Step[] {
  return references.flatMap((reference): Step[] => {
    const at = reference.indexOf('/');
    const kind = reference.slice(0, at);
    const name = reference.slice(at + 1);
    if (kind === 'agent') return [{ kind, name, version }];
    return kind === 'tool' || kind === 'process' ? [{ kind, name }] : [];
  });
}

async function shortestWay(
  from: readonly Step[],
  to: Step,
  next: (step: Step) => Promise<Step[]>,
): Promise<Step[] | undefined> {
  const target = keyOf(to);
  const seen = new Set<string>();
  let ways = from.map((step) => [step]);
  while (ways.length > 0 && seen.size < most) {
    const longer: Step[][] = [];
    for (const way of ways) {
      const last = way.at(-1)!;
      const key = keyOf(last);
      if (key === target) return way;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const step of await next(last)) longer.push([...way, step]);
    }
    ways = longer;
  }
  return undefined;
}

function circular(processId: string, { elementId, elementName }: NamedByElement, way: Step[]): Problem {
  return {
    severity: 'error',
    code: 'bpmn/circular-reference',
    message: `Expected '${processId}' not to lead back to itself, but it does: ${[`'${processId}'`, ...way.map(told)].join(' → ')}`,
    elementId,
    elementName,
    path: [],
  };
}
