import type { ReactNode } from 'react';
import { kindOf, type ModdleElement, taskType } from '../../../../ui/diagram/index.ts';
import { Assignment } from './Assignment.tsx';
import { Condition } from './Condition.tsx';
import { ErrorGroup, eventDefinition, Timer } from './events.tsx';
import { Documentation, General } from './general.tsx';
import { Headers } from './Headers.tsx';
import { Inputs, Outputs } from './Mappings.tsx';
import { MultiInstance } from './MultiInstance.tsx';
import type { Selected } from './model.ts';
import { DecisionGroup, FormGroup } from './NamedDocument.tsx';
import { AgentGroup, JobGroup, ToolGroup } from './work.tsx';

/** One group of the properties: for which elements, and what it shows. */
export interface PropertyGroup {
  applies(bo: ModdleElement): boolean;
  View(props: { selected: Selected }): ReactNode;
}

const isJob = (bo: ModdleElement) => taskType(bo) !== undefined || bo.$instanceOf('bpmn:ServiceTask');

export const propertyGroups = {
  general: { applies: () => true, View: General },
  agent: { applies: (bo) => kindOf(bo) === 'agent', View: AgentGroup },
  tool: { applies: (bo) => kindOf(bo) === 'tool', View: ToolGroup },
  job: { applies: (bo) => isJob(bo) && kindOf(bo) === undefined, View: JobGroup },
  assignment: { applies: (bo) => bo.$instanceOf('bpmn:UserTask'), View: Assignment },
  form: { applies: (bo) => bo.$instanceOf('bpmn:UserTask'), View: FormGroup },
  decision: { applies: (bo) => bo.$instanceOf('bpmn:BusinessRuleTask'), View: DecisionGroup },
  condition: { applies: isConditional, View: Condition },
  timer: { applies: (bo) => eventDefinition(bo, 'bpmn:TimerEventDefinition') !== undefined, View: Timer },
  error: {
    applies: (bo) => eventDefinition(bo, 'bpmn:ErrorEventDefinition') !== undefined,
    View: ErrorGroup,
  },
  inputs: { applies: hasMappings, View: Inputs },
  outputs: { applies: hasMappings, View: Outputs },
  multiInstance: { applies: (bo) => bo.$instanceOf('bpmn:Activity'), View: MultiInstance },
  headers: { applies: isJob, View: Headers },
  documentation: { applies: () => true, View: Documentation },
} satisfies Record<string, PropertyGroup>;

function hasMappings(bo: ModdleElement): boolean {
  return (
    bo.$instanceOf('bpmn:Activity') || (bo.$instanceOf('bpmn:EndEvent') && bo.eventDefinitions?.length > 0)
  );
}

function isConditional(bo: ModdleElement): boolean {
  if (!bo.$instanceOf('bpmn:SequenceFlow')) return false;
  return (bo.sourceRef as ModdleElement | undefined)?.$instanceOf('bpmn:ExclusiveGateway') === true;
}
