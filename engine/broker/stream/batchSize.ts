import type { AnyRecord, JsonObject, JsonValue } from '@baton/engine/protocol';
import { writeJson } from '@baton/engine/protocol';

/** Bytes that one command may write; what a client sends with it is written about twice. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Documents with fewer values and shorter texts need no measuring. */
const SMALL_VALUES = 20_000;
const SMALL_TEXT = 512 * 1024;

/** Whether the records that a client's command has written are more than one entry of the log may hold. */
export function exceedsBatchSize(command: AnyRecord, records: readonly AnyRecord[]): boolean {
  const { variables } = command.value as { variables?: JsonObject };
  if (variables === undefined || isSmall(variables)) return false;
  let bytes = 0;
  for (const { value } of records) {
    bytes += Buffer.byteLength(writeJson(value));
    if (bytes > MAX_BYTES) return true;
  }
  return false;
}

/** Looks no further than it has to. */
function isSmall(document: JsonObject): boolean {
  let text = 0;
  const rest: JsonValue[] = [document];
  for (let seen = 0; rest.length > 0; seen++) {
    const value = rest.pop()!;
    if (typeof value === 'string') {
      text += value.length;
    } else if (typeof value === 'object' && value !== null) {
      if (seen + rest.length > SMALL_VALUES) return false;
      if (Array.isArray(value)) {
        if (value.length > SMALL_VALUES) return false;
        for (const item of value) rest.push(item);
      } else {
        for (const [name, item] of Object.entries(value)) {
          text += name.length;
          rest.push(item);
        }
      }
    }
    if (text > SMALL_TEXT) return false;
  }
  return true;
}
