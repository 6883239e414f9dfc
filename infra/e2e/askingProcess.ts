/** A process of one task that calls a tool, or an agent; `result` is what it answers. */
export const callingProcess = (
  id: string,
  name: string,
  type: 'tool' | 'agent' = 'tool',
) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="questions">
  <bpmn:process id="${id}" name="${id}" isExecutable="true">
    <bpmn:startEvent id="start"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="call" />
    <bpmn:serviceTask id="call" name="Call">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="${type}" />
        <zeebe:taskHeaders><zeebe:header key="${type}" value="${name}" /><zeebe:header key="resultVariable" value="result" /></zeebe:taskHeaders>
      </bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="call" targetRef="end" />
    <bpmn:endEvent id="end"><bpmn:incoming>f2</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

/** A tool that says how often it began: what is done before a question is not done again. */
export const bookRoom = {
  description: 'Books a room for a day',
  input: { type: 'object', properties: { guest: { type: 'string' } }, required: ['guest'] },
  output: { type: 'object' },
  capabilities: { network: [], secrets: [], files: false, memory: true, questions: true },
  sideEffect: true,
  source: `export default defineTool({
  async run({ guest }, { state, ask }) {
    const begun = Number((await state.get('begun')) ?? 0) + 1;
    await state.set('begun', begun);
    const answer = await ask({
      message: 'Which day for ' + guest + '?',
      schema: { type: 'object', properties: { day: { type: 'string', minLength: 3 } }, required: ['day'] },
    });
    return { guest, day: answer.action === 'accept' ? answer.content.day : 'none', begun };
  },
});`,
};
