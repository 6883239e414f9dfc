import { toolTypes } from '@baton/gateway/api';
import { isObject } from '../../platform/contentPath.ts';
import { readJson } from '../../platform/jsonText.ts';
import { declaredBy, type ToolDraft } from './toolDraft.ts';

/**
 * What the module of a draft sees besides the language, by its source; a schema that cannot be read yet says nothing.
 * What is beside the source is read once, however many keys follow in it.
 */
export function toolTypesOf(draft: Omit<ToolDraft, 'source'>): (source: string) => string {
  const schema = (text: string) => {
    const read = readJson(text);
    return read.ok && isObject(read.value.value) ? read.value.value : {};
  };
  const beside = {
    input: schema(draft.input),
    output: schema(draft.output),
    capabilities: declaredBy(draft),
  };
  return (source) => toolTypes({ ...beside, source });
}
