declare module 'bpmn-moddle' {
  /** Reads and writes BPMN files. */
  export class BpmnModdle {
    constructor(extensions: object);
  }
}
