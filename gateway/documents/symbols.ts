import { dmnNamesOf } from './dmnXml.ts';
import { fieldsOf, readForm } from './formJson.ts';

/** A named thing inside a document. */
export interface TextSymbol {
  name: string;
  /** In the user's words: `User task`, `Field`, `Heading`. */
  type: string;
  /** Its id where it has one. */
  id: string;
  line: number;
}

/** Things of a process that are drawn, by how BPMN calls them. */
const drawn =
  /<(?:[\w.-]+:)?(process|participant|subProcess|adHocSubProcess|transaction|task|userTask|serviceTask|scriptTask|businessRuleTask|sendTask|receiveTask|manualTask|callActivity|startEvent|endEvent|intermediateCatchEvent|intermediateThrowEvent|boundaryEvent|exclusiveGateway|parallelGateway|inclusiveGateway|eventBasedGateway|dataObjectReference)\b((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>/g;
const functions =
  /^[ \t]*(?:export\s+)?(?:async\s+)?(?:function\s+(\w+)|(?:const|let)\s+(\w+)\s*=\s*(?:async\s*)?\(|interface\s+(\w+)|type\s+(\w+)|class\s+(\w+)|(?:async\s+)?(run)\s*\()/gm;

/** What is inside a text of a document, in reading order; of a text that cannot be read, what can be. */
export function symbolsIn(kind: string, ending: string, text: string): TextSymbol[] {
  const lineOf = lineCounter();
  if (kind === 'workflow' && ending === '.bpmn') {
    return [...text.matchAll(drawn)].flatMap(([, tag = '', rest = ''], index, all) => {
      const id = attribute(rest, 'id');
      const name = attribute(rest, 'name');
      return id ? [{ name: name || id, type: words(tag), id, line: lineOf(all.at(index), text) }] : [];
    });
  }
  switch (ending) {
    case '.dmn':
      return dmnNamesOf(text).decisions.map(({ id, name, offset }) => ({
        name: name || id,
        type: 'Decision',
        id,
        line: lineOf({ index: offset }, text),
      }));
    case '.form': {
      const form = readForm(text);
      if (!form.ok) return [];
      return fieldsOf(form.value).map(({ id, key, label, type }) => {
        const at = text.indexOf(`"${id || key}"`);
        return {
          name: label || key || id,
          type: words(type),
          id: id || key,
          line: lineOf({ index: at }, text),
        };
      });
    }
    case '.md':
      return [...text.matchAll(/^(#{1,6})[ \t]+(.+?)[ \t#]*$/gm)].map((found) => ({
        name: found[2]!,
        type: 'Heading',
        id: '',
        line: lineOf(found, text),
      }));
    case '.tool.ts':
      return [...text.matchAll(functions)].map((found) => ({
        name: found.slice(1).find((name) => name !== undefined)!,
        type: found[3] || found[4] || found[5] ? 'Type' : 'Function',
        id: '',
        line: lineOf(found, text),
      }));
    default:
      return [...text.matchAll(/^(?: {2}"([^"]+)":|([a-zA-Z]\w*):)/gm)].map((found) => ({
        name: (found[1] ?? found[2])!,
        type: 'Field',
        id: '',
        line: lineOf(found, text),
      }));
  }
}

/** Lines of places that come one behind the other. */
function lineCounter() {
  let at = 0;
  let line = 1;
  return (found: { index?: number } | undefined, text: string): number => {
    const index = found?.index ?? 0;
    if (index < at) {
      at = 0;
      line = 1;
    }
    for (; at < index; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return (found?.[1] ?? found?.[2] ?? '').replace(/&(?:#10|#xA);/gi, ' ').replaceAll('&amp;', '&');
}

/** `businessRuleTask` → `Business rule task`. */
function words(name: string): string {
  const spaced = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
