import type { ModelProblem } from './executable.ts';

/** Faults of the file as a whole, which end its reading. */
const kinds: { readonly [code: string]: string | undefined } = {
  'bpmn/schema': 'Error',
  'bpmn/xml': 'Fatal Error',
};

const LOOP = 'bpmn/straight-through-loop';
const MAPPINGS = 'feel/mappings';

/** The reason of a refused deployment, in the words and layout of the real broker. */
export function rejectionText(resourceName: string, problems: readonly ModelProblem[]): string {
  const errors = problems.filter((problem) => problem.severity === 'error');
  let text = `Expected to deploy new resources, but encountered the following errors:\n'${resourceName}':`;
  let heading: string | undefined;
  for (const problem of errors) {
    const kind = kinds[problem.code];
    if (problem.code === LOOP || problem.code === MAPPINGS) continue;
    if (kind) return `${text} ${kind}: URI=null Line=${problem.line}: ${problem.message}`;
    const address = [problem.elementId, ...problem.path].filter((part) => part !== '').join(' > ');
    if (address === '') {
      text += ` ${problem.message}\n`;
      continue;
    }
    // two mappings of one element have one address
    const place = `${address} ${problem.line}:${problem.column}`;
    if (place !== heading) text += `${heading === undefined ? ' ' : ''}- Element: ${address}\n`;
    text += `    - ERROR: ${problem.message}\n`;
    heading = place;
  }
  const [first] = errors;
  // built once all else is right
  if (first && errors.every(({ code }) => code === MAPPINGS)) return `${text} ${first.message}`;
  const loop = errors.find(({ code }) => code === LOOP);
  if (!loop || errors.length > 1) return text;
  // looked for last, and told in a form of its own
  return `${text.slice(0, text.lastIndexOf('\n'))}\n\`${resourceName}\`: - Process: ${loop.elementId}\n    - ERROR: ${loop.message}\n`;
}
