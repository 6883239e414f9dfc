import type { ElementContext } from '../elementContext.ts';

/** Answers whoever created the instance and waits for its end: the variables of its root scope. */
export function answerAwaitedResult({ processing, key, value }: ElementContext): void {
  const { state } = processing;
  const awaited = state.awaitedResults.get(key);
  if (!awaited) return;
  const result = {
    bpmnProcessId: value.bpmnProcessId,
    version: value.version,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: key,
    variables: state.variables.visible(key, awaited.fetchVariables),
    tenantId: processing.tenantId,
  };
  processing.effect({ kind: 'resultReady', result });
}
