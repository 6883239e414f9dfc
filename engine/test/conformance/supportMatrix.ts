/**
 * What of BPMN is to run, and what is to be refused, row by row: every name is among what a scenario `covers`. Then the quirks
 * of the real ones, by their numbers.
 */
export const supportMatrix: readonly string[] = [
  ...['none start event', 'none throw event', 'none end event'],
  ...rows('message', [
    'start event',
    'event sub-process',
    'event sub-process non-interrupting',
    'catch event',
    'boundary event',
    'boundary event non-interrupting',
    'throw event',
    'end event',
  ]),
  ...rows('timer', [
    'start event',
    'event sub-process',
    'event sub-process non-interrupting',
    'catch event',
    'boundary event',
    'boundary event non-interrupting',
  ]),
  ...rows('error', ['event sub-process', 'boundary event', 'end event']),
  ...rows('escalation', [
    'event sub-process',
    'event sub-process non-interrupting',
    'boundary event',
    'boundary event non-interrupting',
    'throw event',
    'end event',
  ]),
  ...rows('signal', [
    'start event',
    'event sub-process',
    'event sub-process non-interrupting',
    'catch event',
    'boundary event',
    'boundary event non-interrupting',
    'throw event',
    'end event',
  ]),
  ...rows('compensation', ['event sub-process', 'boundary event', 'throw event', 'end event']),
  ...rows('conditional', [
    'start event',
    'event sub-process',
    'event sub-process non-interrupting',
    'catch event',
    'boundary event',
    'boundary event non-interrupting',
  ]),
  ...['link catch event', 'link throw event', 'terminate end event'],
  ...['cancel event', 'multiple event', 'parallel multiple event'],
  ...['service task', 'send task', 'script task (FEEL)', 'script task (job)'],
  ...['business rule task', 'business rule task (job)', 'user task', 'user task (job)'],
  ...['receive task', 'instantiating receive task', 'manual task', 'undefined task'],
  ...['exclusive gateway', 'parallel gateway', 'inclusive gateway', 'event-based gateway', 'complex gateway'],
  ...['embedded sub-process', 'event sub-process', 'ad-hoc sub-process', 'ad-hoc sub-process of a worker'],
  ...['call activity', 'transaction'],
  ...['multi-instance parallel', 'multi-instance sequential', 'standard loop', 'compensation'],
  ...['lanes, data and notes', 'collaboration'],
  ...['execution listener', 'task listener', 'input mapping', 'output mapping', 'form', 'bindingType'],
  ...Array.from({ length: 17 }, (_, index) => `quirk ${index + 1}`),
];

function rows(event: string, places: readonly string[]): string[] {
  return places.map((place) => `${event} ${place}`);
}
