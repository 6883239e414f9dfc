import { toolTypes } from '@baton/gateway/api';
import { declaredBy } from './toolAccess.ts';
import { isObject, readJson, type ToolDraft } from './toolDraft.ts';

/** What the module of a draft sees besides the language; a schema that cannot be read yet says nothing. */
export function toolTypesOf(draft: ToolDraft): string {
  const schema = (text: string) => {
    const read = readJson(text);
    return read.ok && isObject(read.value) ? read.value : {};
  };
  return toolTypes({
    input: schema(draft.input),
    output: schema(draft.output),
    capabilities: declaredBy(draft),
  });
}
