import type { AnyRecord } from '@baton/engine/protocol';
import type { ElementRow, TakenFlowRow, VariableRow } from './rows.ts';

/** One process instance as its records tell it. */
export interface Run {
  /** Oldest first, without the process itself. */
  elements: ElementRow[];
  variables: VariableRow[];
  /** In the order taken; a flow taken twice stands there twice. */
  flows: TakenFlowRow[];
}

export function foldRun(events: Iterable<AnyRecord>): Run {
  const elements = new Map<number, ElementRow>();
  const variables = new Map<string, VariableRow>();
  const flows: TakenFlowRow[] = [];
  for (const event of events) {
    switch (event.valueType) {
      case 'PROCESS_INSTANCE':
        foldElement(event, elements, flows);
        break;
      case 'VARIABLE': {
        const { name, value, scopeKey, processInstanceKey, processDefinitionKey } = event.value;
        const { tenantId } = event;
        const id = `${scopeKey} ${name}`;
        const variableKey = variables.get(id)?.variableKey ?? event.key;
        variables.set(id, {
          variableKey,
          name,
          value,
          scopeKey,
          processInstanceKey,
          processDefinitionKey,
          tenantId,
        });
        break;
      }
      case 'INCIDENT': {
        const element = elements.get(event.value.elementInstanceKey);
        if (element) element.incidentKey = event.intent === 'CREATED' ? event.key : undefined;
        break;
      }
    }
  }
  return { elements: [...elements.values()], variables: [...variables.values()], flows };
}

function foldElement(
  event: Extract<AnyRecord, { valueType: 'PROCESS_INSTANCE' }>,
  elements: Map<number, ElementRow>,
  flows: TakenFlowRow[],
): void {
  const {
    bpmnElementType,
    elementId,
    processInstanceKey,
    processDefinitionKey,
    bpmnProcessId,
    flowScopeKey,
  } = event.value;
  const { tenantId } = event;
  if (bpmnElementType === 'SEQUENCE_FLOW') {
    flows.push({ flowId: elementId, processInstanceKey, processDefinitionKey, bpmnProcessId, tenantId });
    return;
  }
  if (bpmnElementType === 'PROCESS') return;
  const element = elements.get(event.key);
  if (!element) {
    elements.set(event.key, {
      elementInstanceKey: event.key,
      processInstanceKey,
      processDefinitionKey,
      bpmnProcessId,
      elementId,
      type: bpmnElementType,
      state: 'ACTIVE',
      startTime: event.timestamp,
      endTime: undefined,
      scopeKey: flowScopeKey,
      incidentKey: undefined,
      tenantId,
    });
  } else if (event.intent === 'ELEMENT_COMPLETED' || event.intent === 'ELEMENT_TERMINATED') {
    element.state = event.intent === 'ELEMENT_COMPLETED' ? 'COMPLETED' : 'TERMINATED';
    element.endTime = event.timestamp;
    element.incidentKey = undefined;
  }
}
