import type { JsonValue } from '@baton/gateway/api';
import { isObject, valueAt } from '../contentPath.ts';
import { bracesIn } from './promptText.ts';

/** A part of a prompt as a model would read it, and where it comes from. */
export interface PreviewPart {
  /** `empty`: the values have nothing for it; `missing`: there is no such prompt; `endless`: it includes itself. */
  of: 'text' | 'value' | 'included' | 'empty' | 'missing' | 'endless';
  text: string;
  /** Path of the variable, or name of the prompt. */
  name?: string;
}

/** As deep as a run follows prompts in prompts. */
const deepest = 8;

/** A prompt with its includes and its values, as a run would send it. */
export function previewPrompt(
  text: string,
  promptOf: (name: string) => string | undefined,
  values: { readonly [name: string]: JsonValue },
): PreviewPart[] {
  function fill(template: string, path: readonly string[]): PreviewPart[] {
    const parts: PreviewPart[] = [];
    const plain = (part: string) => {
      if (part)
        parts.push({
          of: path.length > 0 ? 'included' : 'text',
          text: part,
          ...(path.length > 0 && { name: path.at(-1)! }),
        });
    };
    let at = 0;
    for (const { from, to, of, name } of bracesIn(template)) {
      plain(template.slice(at, from));
      at = to;
      if (of === 'unknown') plain(template.slice(from, to));
      else if (of === 'variable') {
        const value = valueAt(values as JsonValue, name.split('.'));
        parts.push(
          value === undefined || value === null
            ? { of: 'empty', text: `{{${name}}}`, name }
            : { of: 'value', text: typeof value === 'string' ? value : JSON.stringify(value), name },
        );
      } else if (path.includes(name) || path.length >= deepest)
        parts.push({ of: 'endless', text: template.slice(from, to), name });
      else {
        const included = promptOf(name);
        if (included === undefined) parts.push({ of: 'missing', text: template.slice(from, to), name });
        else parts.push(...fill(included, [...path, name]));
      }
    }
    plain(template.slice(at));
    return parts;
  }
  return fill(text, []);
}

/** Every variable that has to be filled, those of included prompts too, each once. */
export function variablesOfPreview(parts: readonly PreviewPart[]): string[] {
  return [
    ...new Set(parts.flatMap(({ of, name }) => ((of === 'value' || of === 'empty') && name ? [name] : []))),
  ];
}

/** What a model would read of it: what nobody fills is nothing. */
export function textOfPreview(parts: readonly PreviewPart[]): string {
  return parts.map(({ of, text }) => (of === 'empty' ? '' : text)).join('');
}

/** Four characters are about a token in most languages of the alphabet; only the model itself knows. */
export function tokensAbout(text: string): number {
  return text === '' ? 0 : Math.max(1, Math.round(text.length / 4));
}

/** How tokens are counted, in words. */
export const tokensCounted =
  'Counted as one token for four characters; each model counts a little differently.';

/** A value that could stand there, where no run has had one. */
export function sampleValues(variables: readonly string[]): { [name: string]: JsonValue } {
  const sample: { [name: string]: JsonValue } = {};
  for (const path of variables) {
    const steps = path.split('.');
    let at = sample;
    for (const step of steps.slice(0, -1)) {
      const inner = Object.hasOwn(at, step) ? at[step] : undefined;
      const group = isObject(inner) ? inner : {};
      at[step] = group;
      at = group;
    }
    at[steps.at(-1)!] = `‹${steps.at(-1)}›`;
  }
  return sample;
}
