import type { ElementContext } from '../elementContext.ts';

/** Answers whoever created the instance and waits for its end: the variables of its root scope. */
export function answerAwaitedResult({ processing, key, value }: ElementContext): void {
  const { state } = processing;
  const awaited = state.awaitedResults.get(key);
  if (!awaited) return;
  processing.event('PROCESS_INSTANCE_RESULT', 'COMPLETED', key, {
    bpmnProcessId: value.bpmnProcessId,
    version: value.version,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: key,
    variables: state.variables.visible(key, awaited.fetchVariables),
  });
}
