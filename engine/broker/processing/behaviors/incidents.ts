import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';

/** Stops the element instance where it is, until somebody resolves the incident. */
export function raiseIncident(
  { errorType, message, variableScopeKey }: Failure,
  { processing, key, value }: ElementContext,
  about: { jobKey?: number } = {},
): void {
  processing.event('INCIDENT', 'CREATED', processing.nextKey(), {
    errorType,
    errorMessage: message,
    bpmnProcessId: value.bpmnProcessId,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
    elementId: value.elementId,
    elementInstanceKey: key,
    jobKey: about.jobKey ?? -1,
    variableScopeKey: variableScopeKey ?? key,
  });
}

/** The element goes, its incident with it. */
export function dropIncident({ processing, key }: ElementContext): void {
  const incident = processing.state.incidents.ofElement(key);
  if (incident) processing.event('INCIDENT', 'RESOLVED', incident.key, incident.value);
}
