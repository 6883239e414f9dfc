import type { Feel } from '@baton/engine/feel';
import { failed, ok, type Result } from '@baton/engine/protocol';
import type {
  AdHocElement,
  ExecutableAdHocSubProcess,
  ExecutableElement,
  ExecutableProcess,
  ModelProblem,
} from './executable.ts';
import { address, createFindings } from './problems.ts';
import { faultOfSchema } from './schema/index.ts';
import { type FlowNodeName, type Structure, structureOf } from './structure.ts';
import type { TransformContext } from './transform/context.ts';
import { transformers } from './transform/index.ts';
import { multiInstance } from './transform/multiInstance.ts';
import { container, startFormId, versionTag } from './transform/process.ts';
import { sequenceFlow } from './transform/sequenceFlow.ts';
import { fileRules, rules } from './validate/index.ts';
import { childrenNamed, idOf, isTrue, nameOf, placeOf, readXml, type XmlElement } from './xml/read.ts';

interface Reading {
  processes: ExecutableProcess[];
  problems: ModelProblem[];
}

/** The executable processes of a file, or everything that is wrong with it. Synchronous and pure. */
export function transform(
  xml: string,
  _resourceName: string,
  feel: Feel,
): Result<ExecutableProcess[], ModelProblem[]> {
  const { processes, problems } = read(xml, feel);
  const errors = problems.filter((problem) => problem.severity === 'error');
  return errors.length > 0 ? failed(errors) : ok(processes);
}

/** Errors and warnings of a file, in its order; for those who draw it. */
export function modelProblems(xml: string, feel: Feel): ModelProblem[] {
  return read(xml, feel).problems;
}

/** The same processes as `transform`, of a file that was accepted once: it is not checked again. */
export function processesOfAccepted(xml: string, feel: Feel): ExecutableProcess[] {
  const { root } = readXml(xml);
  if (!root) return [];
  const findings = createFindings();
  return executableIn(root).map((process) => executableProcess(structureOf(root, process), feel, findings));
}

function read(xml: string, feel: Feel): Reading {
  const reading = readXml(xml);
  const fault = faultOfSchema(reading, 'bpmn');
  if (fault) return unreadable(xml, 'bpmn/schema', fault.message, fault.offset, fault.element);
  if (reading.fault) return unreadable(xml, 'bpmn/xml', reading.fault.message, reading.fault.offset);
  const definitions = reading.root!;
  if (definitions.name !== 'bpmn:definitions') {
    const message = `Expected the root element to be BPMN 'definitions', but found '${definitions.name}'`;
    return unreadable(xml, 'bpmn/root', message, definitions.written.start);
  }
  const findings = createFindings();
  const executable = executableIn(definitions);
  if (executable.length === 0) {
    findings.error(definitions, 'bpmn/no-executable-process', 'Must contain at least one executable process');
  }
  for (const rule of fileRules) rule(definitions, findings, feel);
  const processes = executable.map((process) => {
    const structure = structureOf(definitions, process);
    for (const rule of rules) rule(structure, findings);
    return executableProcess(structure, feel, findings);
  });
  return { processes, problems: findings.problems(xml) };
}

function executableIn(definitions: XmlElement): XmlElement[] {
  return childrenNamed(definitions, 'bpmn:process').filter((process) => isTrue(process, 'isExecutable'));
}

function unreadable(
  xml: string,
  code: string,
  message: string,
  offset: number,
  element?: XmlElement,
): Reading {
  const { owner, path } = element ? address(element) : { path: [] };
  const [elementId, elementName] = owner ? [idOf(owner), nameOf(owner)] : ['', ''];
  const place = placeOf(xml, offset);
  const problem = { severity: 'error' as const, code, message, elementId, elementName, path, ...place };
  return { processes: [], problems: [problem] };
}

function executableProcess(
  structure: Structure,
  feel: Feel,
  report: TransformContext['report'],
): ExecutableProcess {
  const { process } = structure;
  const flows = new Map(
    [...structure.flows].map(([id, flow]) => [id, sequenceFlow({ feel, report }, flow)] as const),
  );
  const context: TransformContext = { feel, structure, report, flows };
  const root = container(context, process, 'PROCESS');
  const elements = new Map<string, ExecutableElement>([[root.id, root]]);
  const adHocs: ExecutableAdHocSubProcess[] = [];
  for (const node of structure.nodes.values()) {
    const activity = transformerOf(node)(context, node);
    const element = activity && multiInstance(context, node, activity);
    if (element) elements.set(element.id, element);
    if (activity?.type !== 'AD_HOC_SUB_PROCESS') continue;
    elements.set(activity.inner.id, activity.inner);
    adHocs.push(activity);
  }
  // what is inside comes after what holds it
  for (const { activatable } of adHocs) for (const one of activatable) addParameters(one, elements);
  return {
    bpmnProcessId: idOf(process),
    name: nameOf(process),
    versionTag: versionTag(process),
    startFormId: startFormId(process),
    elements,
    flows,
    root,
    hasMultiInstance: [...elements.values()].some(({ type }) => type === 'MULTI_INSTANCE_BODY'),
    hasCompensation: [...elements.values()].some(({ compensation }) => compensation !== undefined),
    hasConditions: [...elements.values()].some(
      (element) => 'trigger' in element && element.trigger.kind === 'conditional',
    ),
    hasInclusiveJoin: [...elements.values()].some(
      ({ type, incoming }) => type === 'INCLUSIVE_GATEWAY' && incoming.length > 1,
    ),
  };
}

function addParameters(described: AdHocElement, elements: ReadonlyMap<string, ExecutableElement>): void {
  const element = elements.get(described.elementId);
  const { parameters } = element?.type === 'MULTI_INSTANCE_BODY' ? element.inner : (element ?? {});
  if (parameters) described.parameters = parameters;
}

function transformerOf(node: XmlElement): (typeof transformers)[FlowNodeName] {
  return transformers[node.name as FlowNodeName];
}
