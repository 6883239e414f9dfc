import { agentRoutes, taskRoutes, toolRoutes, workflowRoutes } from '@baton/gateway/api';
import type { Api } from '../../platform/api.ts';
import type { Resource } from '../../platform/documents.ts';
import type { IconName, Kind } from '../../platform/icons.ts';

export interface Hit {
  /** 1-based. */
  line: number;
  text: string;
  /** Place of the match in `text`. */
  at: number;
}

export interface Found {
  resource: Resource;
  title: string;
  icon: IconName;
  colour: Kind;
  hits: readonly Hit[];
}

interface Searchable {
  resource: Resource;
  title: string;
  icon: IconName;
  colour: Kind;
  text: string;
}

const hitsShown = 20;

/** Lines of a text which contain what is looked for, whatever its case. */
export function hitsIn(text: string, wanted: string): Hit[] {
  const needle = wanted.toLowerCase();
  return text.split('\n').flatMap((line, index): Hit[] => {
    const at = line.toLowerCase().indexOf(needle);
    if (at < 0) return [];
    const from = Math.max(0, at - 24);
    const cut = line.slice(from).trimStart();
    return [{ line: index + 1, text: cut.slice(0, 160), at: cut.toLowerCase().indexOf(needle) }];
  });
}

/** Reads the tenant's documents (those this user may read) as text. */
async function searchable(api: Api): Promise<Searchable[]> {
  const query = { limit: 200 };
  const [workflows, agents, tools, tasks] = await Promise.all([
    api.call(workflowRoutes.listWorkflows, { query }),
    api.call(agentRoutes.list, { query }),
    api.call(toolRoutes.list, { query }),
    api.call(taskRoutes.list, { query }),
  ]);
  const files = workflows.ok
    ? await Promise.all(
        workflows.value.items.map(({ id }) => api.call(workflowRoutes.getWorkflow, { params: { id } })),
      )
    : [];
  return [
    ...files.flatMap((file): Searchable[] =>
      file.ok
        ? [
            {
              resource: { kind: 'workflow', id: file.value.id, name: file.value.name },
              title: `${file.value.name}.bpmn`,
              icon: 'process',
              colour: 'process',
              text: file.value.xml,
            },
          ]
        : [],
    ),
    ...(agents.ok ? agents.value.items : []).map(
      (agent): Searchable => ({
        resource: { kind: 'agent', id: agent.id, name: agent.name },
        title: `${agent.name}.agent.yaml`,
        icon: 'agent',
        colour: 'agent',
        text: [
          agent.content.description,
          agent.content.systemPrompt,
          agent.content.userPrompt,
          ...agent.content.tools,
        ].join('\n'),
      }),
    ),
    ...(tools.ok ? tools.value.items : []).map(
      (tool): Searchable => ({
        resource: { kind: 'tool', id: tool.id, name: tool.name },
        title: `${tool.name}.tool.ts`,
        icon: 'tool',
        colour: 'tool',
        text: [tool.content.description, tool.content.source].join('\n'),
      }),
    ),
    ...(tasks.ok ? tasks.value.items : []).map(
      (task): Searchable => ({
        resource: { kind: 'task', id: task.id, name: task.name },
        title: `${task.name}.task.json`,
        icon: 'task',
        colour: 'task',
        text: JSON.stringify(task.content, null, 2),
      }),
    ),
  ];
}

export async function findText(api: Api, wanted: string): Promise<Found[]> {
  const documents = await searchable(api);
  return documents.flatMap(({ text, ...document }): Found[] => {
    const hits = [
      ...hitsIn(document.title, wanted).map((hit) => ({ ...hit, line: 0 })),
      ...hitsIn(text, wanted),
    ].slice(0, hitsShown);
    return hits.length > 0 ? [{ ...document, hits }] : [];
  });
}
