import type { ModelProblem } from './executable.ts';
import { idOf, localName, nameOf, placeOf, type XmlElement } from './xml/read.ts';

/** Where rules and transformers say what is wrong. */
export interface Report {
  error(element: XmlElement, code: string, message: string, offset?: number): void;
  warning(element: XmlElement, code: string, message: string): void;
}

interface Finding {
  severity: ModelProblem['severity'];
  element: XmlElement;
  code: string;
  message: string;
  offset: number | undefined;
}

/** Collects findings and turns them into problems with id, path and place, in the order of the file. */
export function createFindings(): Report & { problems(xml: string): ModelProblem[]; failed(): boolean } {
  const findings: Finding[] = [];
  return {
    error: (element, code, message, offset) =>
      findings.push({ severity: 'error', element, code, message, offset }),
    warning: (element, code, message) =>
      findings.push({ severity: 'warning', element, code, message, offset: undefined }),
    failed: () => findings.some((finding) => finding.severity === 'error'),
    problems(xml) {
      return findings
        .toSorted((a, b) => a.element.ordinal - b.element.ordinal || unread(b) - unread(a))
        .map(({ severity, element, code, message, offset }) => {
          const { owner, path } = address(element);
          const { line, column } = placeOf(xml, element.written.start);
          return {
            severity,
            code,
            message,
            elementId: owner ? idOf(owner) : '',
            elementName: owner ? nameOf(owner) : '',
            path,
            line,
            column,
            ...(offset === undefined ? {} : { offset }),
          };
        });
    },
  };
}

/** Expressions that are missing or cannot be parsed are told before what else is wrong with an element. */
function unread({ code, message }: Finding): number {
  return code === 'feel/syntax' || message === 'Expected expression but not found.' ? 1 : 0;
}

/** The file itself, its drawing and extensions go by the way to them, whatever their ids. */
function isNamed(element: XmlElement): boolean {
  return (
    idOf(element) !== '' &&
    element.name !== 'bpmn:definitions' &&
    !/^(?:bpmndi|di|dc|zeebe):/.test(element.name)
  );
}

/** The innermost element with an id, and the way from there. */
export function address(element: XmlElement): { owner: XmlElement | undefined; path: string[] } {
  const path: string[] = [];
  let owner: XmlElement | undefined = element;
  while (owner && !isNamed(owner)) {
    path.unshift(localName(owner));
    owner = owner.parent;
  }
  return { owner, path };
}
