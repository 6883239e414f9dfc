/** The kinds of flow elements, spelled as Zeebe's records spell them (`bpmnElementType`). */
export const elementTypes = [
  'PROCESS',
  'SUB_PROCESS',
  'START_EVENT',
  'INTERMEDIATE_CATCH_EVENT',
  'INTERMEDIATE_THROW_EVENT',
  'BOUNDARY_EVENT',
  'END_EVENT',
  'SERVICE_TASK',
  'RECEIVE_TASK',
  'USER_TASK',
  'EXCLUSIVE_GATEWAY',
  'PARALLEL_GATEWAY',
  'EVENT_BASED_GATEWAY',
  'SEND_TASK',
] as const;

export type ElementType = (typeof elementTypes)[number];
export type BpmnElementType = ElementType | 'SEQUENCE_FLOW';
