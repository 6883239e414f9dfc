import { failedCall } from '../../../checkedCall.ts';
import type { JsonSchema, JsonValue, ToolContentBlock, ToolOutcome } from '../../../contract/index.ts';
import type { Mask } from '../../../host/mask.ts';
import { MESSAGE_LENGTH, OUTPUT_LENGTH } from '../../../sandbox/limits.ts';
import type { CallEnd } from './callEnd.ts';

export interface CalledTool {
  /** `<server>.<tool>`. */
  name: string;
  version: number;
  output: JsonSchema;
}

/** What a call at a server is for whoever called the tool. */
export function toolOutcome(
  end: Exclude<CallEnd, { kind: 'forgotten' }>,
  { name, version, output }: CalledTool,
  mask: Mask,
): ToolOutcome {
  if (end.kind === 'failed') return failedCall(end.code, mask.text(end.message), version);
  if (end.kind === 'question') {
    const { question, resume } = end;
    const message = `Expected '${name}' to have all it needs, but it asks: ${question.message}`.slice(
      0,
      MESSAGE_LENGTH,
    );
    return {
      ...(failedCall('TOOL_INPUT_REQUIRED', message, version) as ToolOutcome & { ok: false }),
      question,
      ...(resume !== undefined && { resume }),
    };
  }
  const { structuredContent, isError } = end.result;
  const blocks = end.result.content as ToolContentBlock[];
  if (isError) {
    const said = textOf(blocks).slice(0, MESSAGE_LENGTH);
    const message = said === '' ? `Expected '${name}' to work, but it failed without saying why` : said;
    return failedCall('TOOL_FAILED', mask.text(message), version);
  }
  if (structuredContent === undefined && Object.keys(output).length > 0) {
    const message = `Expected '${name}' to answer by the schema it announces, but it answered without structured content`;
    return failedCall('TOOL_OUTPUT_INVALID', message, version, {
      output: textOf(blocks).slice(0, MESSAGE_LENGTH),
    });
  }
  const told = structuredContent === undefined ? textOf(blocks) : (structuredContent as JsonValue);
  const content = blocks.filter(({ type }) => type !== 'text');
  const size = JSON.stringify([told, content]).length;
  if (size > OUTPUT_LENGTH) {
    const message = `Expected an answer of at most ${OUTPUT_LENGTH} characters, but that of '${name}' has ${size}`;
    return failedCall('TOOL_OUTPUT_TOO_LARGE', message, version);
  }
  return {
    ok: true,
    value: mask.value(told),
    version,
    logs: [],
    ...(content.length > 0 && { content: mask.value(content as JsonValue) as ToolContentBlock[] }),
  };
}

function textOf(blocks: readonly ToolContentBlock[]): string {
  return blocks
    .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []))
    .join('\n');
}
