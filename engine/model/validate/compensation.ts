import { associated, compensationOf, isCompensation, isEventSubProcess } from '../structure.ts';
import { child, idOf, type XmlElement } from '../xml/read.ts';
import { activities } from './boundaryEvents.ts';
import type { Rule } from './rule.ts';

const code = 'bpmn/compensation';

/** What undoes an activity is an activity beside it, led to by an association; who asks for it names one of the same scope. */
export const compensation: Rule = (process, report) => {
  const nodes = [...process.nodes.values()];
  const handlers = new Set(nodes.filter(({ attributes }) => attributes.isForCompensation === 'true'));

  for (const event of nodes) {
    if (event.name !== 'bpmn:boundaryEvent' || !isCompensation(event)) continue;
    const targets = associated(event);
    if (targets.length === 0 || child(event, 'bpmn:outgoing'))
      report.error(
        event,
        code,
        'Compensation boundary events must have a compensation association and no outgoing sequence flows',
      );
    if (event.attributes.cancelActivity === 'false')
      report.error(event, code, 'Non-Interrupting event of this type is not allowed');
    for (const id of targets) {
      const target = process.nodes.get(id);
      if (target && activities.has(target.name)) handlers.add(target);
      else report.error(event, code, `Expected the compensation to lead to an activity, but found '${id}'`);
    }
  }
  for (const handler of handlers) {
    if (nodes.some(({ attributes }) => attributes.attachedToRef === idOf(handler)))
      report.error(handler, code, 'A compensation handler should have no boundary events');
  }

  for (const event of nodes) {
    const definition = child(event, 'bpmn:compensateEventDefinition');
    const place = places[event.name];
    if (!definition || !place) continue;
    if (definition.attributes.waitForCompletion === 'false')
      report.error(
        event,
        code,
        `A compensation ${place} waitForCompletion attribute must be true or not present`,
      );
    const id = definition.attributes.activityRef;
    if (id) for (const fault of faultsOf(id, event)) report.error(definition, code, fault);
  }

  function* faultsOf(id: string, thrower: XmlElement): Generator<string> {
    const activity = process.nodes.get(id);
    if (!activity) yield `The referenced compensation activity '${id}' doesn't exist`;
    else if (!activities.has(activity.name))
      yield `Expected the referenced compensation activity to be an activity, but found '${id}'`;
    else if (!scopesOf(thrower).includes(activity.parent))
      yield `The referenced compensation activity '${id}' must be in the same scope as the compensation throw event`;
    else if (activity.name !== 'bpmn:subProcess' && !compensationOf(process, activity))
      yield `The referenced compensation activity '${id}' must have either a compensation boundary event or be a subprocess`;
  }
};

const places: { readonly [name: string]: string } = {
  'bpmn:intermediateThrowEvent': 'intermediate throwing event',
  'bpmn:endEvent': 'end event',
};

/** In an event sub-process what was done around it is in reach as well. */
function scopesOf(thrower: XmlElement): (XmlElement | undefined)[] {
  const scope = thrower.parent;
  return isEventSubProcess(scope) ? [scope, scope?.parent] : [scope];
}
