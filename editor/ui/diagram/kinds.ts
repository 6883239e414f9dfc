import { extensionOf, header, type ModdleElement, taskType } from './moddle.ts';

/** What an activity is to the user; everything else of BPMN is neutral. */
export type ActivityKind = 'agent' | 'tool' | 'human';

const kindByTaskType: Record<string, ActivityKind> = {
  agent: 'agent',
  tool: 'tool',
  'io.camunda.agenticai:aiagent-job-worker:1': 'agent',
};

/** px: wide enough for a name in two lines and a meta line. */
export const activitySize = { width: 120, height: 80 };

export function kindOf(element: ModdleElement): ActivityKind | undefined {
  if (element.$instanceOf('bpmn:UserTask')) return 'human';
  const type = taskType(element);
  return type === undefined ? undefined : kindByTaskType[type];
}

/** The small line under the name: which agent, which tool, which group. */
export function metaOf(element: ModdleElement, versionOf: (agent: string) => number | undefined): string {
  switch (kindOf(element)) {
    case 'agent': {
      const agent = header(element, 'agent') ?? '';
      const version = versionOf(agent);
      return version === undefined ? agent : `${agent} v${version}`;
    }
    case 'tool':
      return header(element, 'tool') ?? '';
    case 'human': {
      const assignment = extensionOf(element, 'zeebe:AssignmentDefinition');
      return ((assignment?.assignee ?? assignment?.candidateGroups ?? '') as string).replace(/^=/, '');
    }
    default:
      return '';
  }
}

const kindLabels: Record<ActivityKind, string> = { agent: 'Agent', tool: 'Tool', human: 'User task' };

const typeLabels: Record<string, string> = {
  'bpmn:StartEvent': 'Start event',
  'bpmn:EndEvent': 'End event',
  'bpmn:BoundaryEvent': 'Boundary event',
  'bpmn:IntermediateCatchEvent': 'Intermediate event',
  'bpmn:IntermediateThrowEvent': 'Intermediate event',
  'bpmn:ExclusiveGateway': 'Exclusive gateway',
  'bpmn:ParallelGateway': 'Parallel gateway',
  'bpmn:ServiceTask': 'Service task',
  'bpmn:UserTask': 'User task',
  'bpmn:SubProcess': 'Sub-process',
  'bpmn:SequenceFlow': 'Sequence flow',
  'bpmn:Process': 'Process',
};

/** `Agent · service task`, `Exclusive gateway`: the head of the properties. */
export function describeType(element: ModdleElement): string {
  const type = typeLabels[element.$type] ?? spaced(element.$type.replace(/^\w+:/, ''));
  const kind = kindOf(element);
  if (kind === undefined || kind === 'human') return type;
  return `${kindLabels[kind]} · ${type.toLowerCase()}`;
}

function spaced(camelCase: string): string {
  const words = camelCase.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
