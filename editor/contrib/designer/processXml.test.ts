import { describe, expect, it } from 'vitest';
import { processXml } from './processXml.ts';

const text = `<bpmn:process id="p"><bpmn:serviceTask id="ask" name="Ask">
  <zeebe:taskHeaders><zeebe:header key="agent" value="triage@live" /><zeebe:header key="tool" value="find" /></zeebe:taskHeaders>
  <zeebe:ioMapping><zeebe:output source="=answer" target="mood" /></zeebe:ioMapping>
</bpmn:serviceTask><bpmn:conditionExpression>=moo</bpmn:conditionExpression>
<zeebe:formDefinition formId="approve" /></bpmn:process>`;
const code = { path: '/1.workflow.xml', text };

describe('the file of a process', () => {
  it('names agents, tools and forms where they stand', () => {
    const named = processXml.named!(code);
    expect(named.map(({ kind, name, from, to }) => [kind, name, text.slice(from, to)])).toEqual([
      ['agent', 'triage', 'triage'],
      ['tool', 'find', 'find'],
      ['form', 'approve', 'approve'],
    ]);
  });

  it('completes FEEL with what the process makes, and nothing beside it', async () => {
    const at = text.indexOf('=moo') + 4;
    const found = await processXml.complete!(code, at);
    expect(found?.items[0]).toMatchObject({ label: 'mood', documentation: 'Output of Ask.' });
    expect(text.slice(found!.from, found!.to)).toBe('moo');
    expect(await processXml.complete!(code, text.indexOf('taskHeaders'))).toBeUndefined();
  });
});
