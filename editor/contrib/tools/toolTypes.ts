import { toolTypes } from '@baton/gateway/api';
import { isObject } from '../../platform/contentPath.ts';
import { readJson } from '../../platform/jsonText.ts';
import { declaredBy, type ToolDraft } from './toolDraft.ts';

/** What the module of a draft sees besides the language; a schema that cannot be read yet says nothing. */
export function toolTypesOf(draft: ToolDraft): string {
  const schema = (text: string) => {
    const read = readJson(text);
    return read.ok && isObject(read.value.value) ? read.value.value : {};
  };
  return toolTypes({
    input: schema(draft.input),
    output: schema(draft.output),
    capabilities: declaredBy(draft),
    source: draft.source,
  });
}
