import { failed, ok, type Result } from '@baton/engine/protocol';
import { type ImportedTool, type JsonValue, toolCatalogRoutes } from '@baton/gateway/api';
import { isObject } from '../../platform/contentPath.ts';
import type { Failure } from '../../platform/failure.ts';
import { readJson } from '../../platform/jsonText.ts';
import type { Platform } from '../../platform/platform.ts';

/** What becomes of a name that is taken by another content. */
export type Conflicts = 'refuse' | 'update' | 'skip';

/** A file as it was chosen. */
export interface ToolFile {
  name: string;
  text: string;
}

/** The tools the files hold: one each, a list, or what the export of several answers. */
export function readToolFiles(files: readonly ToolFile[]): Result<JsonValue[], string> {
  const tools: JsonValue[] = [];
  for (const { name, text } of files) {
    const read = readJson(text);
    if (!read.ok) return failed(`${name}, line ${read.failure.line}: ${read.failure.message}`);
    const { value } = read.value;
    if (Array.isArray(value)) tools.push(...value);
    else if (isObject(value) && Array.isArray(value.tools)) tools.push(...value.tools);
    else tools.push(value);
  }
  return tools.length > 0 ? ok(tools) : failed('Expected files with tools, but there are none in them.');
}

/** What importing would do, or did. */
export async function importTools(
  { api }: Platform,
  tools: readonly JsonValue[],
  conflicts: Conflicts,
  mode: 'check' | 'write',
): Promise<Result<readonly ImportedTool[], Failure>> {
  const answer = await api.call(toolCatalogRoutes.importTools, {
    body: { tools: [...tools], mode, conflicts },
  });
  return answer.ok ? ok(answer.value.tools) : answer;
}

/** One tool as the file that is imported elsewhere: always the same text for the same tool. */
export function fileOf(tool: { name: string }): ToolFile {
  return { name: `${tool.name}.tool.json`, text: `${JSON.stringify(tool, null, 2)}\n` };
}
