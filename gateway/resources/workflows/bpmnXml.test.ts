import { describe, expect, it } from 'vitest';
import { bpmnProcessIdOf, isBpmnDocument } from './bpmnXml.ts';

describe('a draft', () => {
  it.each([
    '<definitions/>',
    '\uFEFF<?xml version="1.0"?>\n<!-- drawn by hand --><bpmn:definitions xmlns:bpmn="x">',
    '<bpmn2:definitions></bpmn2:definitions>',
  ])('may be %s', (xml) => expect(isBpmnDocument(xml)).toBe(true));

  it.each(['', 'definitions', '<html/>', '<!-- <definitions/> -->', '<definitionsOfSomething/>'])(
    'may not be %s',
    (xml) => expect(isBpmnDocument(xml)).toBe(false),
  );
});

describe('the process a file is about', () => {
  it.each([
    ['<p:process id="a"/><p:process isExecutable="true" id="b"/>', 'b'],
    ["<process id='a' name='x > y' isExecutable='true'>", 'a'],
    ['<process id="a"/>', 'a'],
    ['<!-- <process id="a" isExecutable="true"/> --><process id="b"/>', 'b'],
    ['<processRef id="a"/>', ''],
    ['<process name="no id"/>', ''],
  ])('of %s is %s', (xml, id) => expect(bpmnProcessIdOf(xml)).toBe(id));
});
