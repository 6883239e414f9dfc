import type { ResourceStore, VersionName } from '@baton/infra/store';
import type { Problem } from '../../api/index.ts';
import type { NameableTools } from '../references/nameableTools.ts';
import type { Cycles } from './cycles.ts';
import { type NamedByElement, readProcesses } from './references.ts';

export interface NameSources {
  resources: Pick<ResourceStore, 'getByName'>;
  tools: NameableTools;
  processes: Cycles['processes'];
}

/** Names looked up for one workflow; what comes after them is not said to be missing. */
const most = 500;

const words: { readonly [kind: string]: string } = {
  agent: 'an agent',
  task: 'a task',
  tool: 'a tool',
  process: 'a process',
};

/** Elements that name an agent, task, tool or process the tenant does not have: runs stop there, unless it comes meanwhile. */
export function createUnknownNames({ resources, tools, processes }: NameSources) {
  return async (tenantId: string, xml: string): Promise<Problem[]> => {
    const read = readProcesses(xml);
    const here = new Set(read.map(({ id }) => id));
    const asked = new Map<string, Promise<boolean>>();
    let saved: ReturnType<typeof processes> | undefined;

    async function isThere(kind: string, name: string, version: string | undefined): Promise<boolean> {
      if (kind === 'tool') return (await tools.find(tenantId, name)) !== undefined;
      if (kind === 'agent' || kind === 'task') {
        const wanted: VersionName | undefined =
          version === undefined || kind === 'task'
            ? undefined
            : /^\d+$/.test(version)
              ? Number(version)
              : { label: version };
        return (await resources.getByName(tenantId, kind, name, wanted)) !== undefined;
      }
      if (here.has(name)) return true;
      saved ??= processes(tenantId);
      return (await saved).has(name);
    }

    async function missingOf({ elementId, elementName, references, version }: NamedByElement) {
      const problems: Problem[] = [];
      for (const reference of references) {
        const [kind = '', ...rest] = reference.split('/');
        const name = rest.join('/');
        if (!Object.hasOwn(words, kind) || name === '' || name.startsWith('=')) continue;
        const key = kind === 'agent' ? `${reference}@${version ?? ''}` : reference;
        if (!asked.has(key)) {
          if (asked.size >= most) continue;
          asked.set(key, isThere(kind, name, version));
        }
        if (await asked.get(key)) continue;
        const full = kind === 'agent' && version !== undefined ? `${name}@${version}` : name;
        problems.push({
          severity: 'warning',
          code: 'REFERENCE_MISSING',
          message: `Expected ${words[kind]} '${full}', but there is none; runs stop here`,
          elementId,
          elementName,
          path: [],
        });
      }
      return problems;
    }

    const found: Problem[] = [];
    for (const { elements } of read) {
      for (const element of elements) found.push(...(await missingOf(element)));
    }
    return found;
  };
}
