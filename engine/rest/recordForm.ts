import type { AnyRecord, JsonObject, JsonValue } from '@baton/engine/protocol';

/** A record as it leaves the engine: keys are text, because a cluster's keys do not fit a JSON number. */
export function streamed(record: AnyRecord): JsonObject {
  const { position, timestamp, recordType, valueType, intent, key, tenantId, rejection } = record;
  const form: JsonObject = {
    position,
    timestamp,
    recordType,
    valueType,
    intent,
    key: String(key),
    tenantId,
    value: withTextKeys(record.value as unknown as JsonObject),
  };
  if (record.operationReference !== undefined) form.operationReference = record.operationReference;
  if (rejection) form.rejection = { type: rejection.type, reason: rejection.reason };
  return form;
}

/** What the process carries is the user's and stays as it is. */
const userData = new Set(['variables', 'value', 'customHeaders']);

function withTextKeys(value: JsonObject): JsonObject {
  const form: JsonObject = {};
  for (const [field, content] of Object.entries(value)) {
    form[field] = userData.has(field) ? content : textKey(field, content);
  }
  return form;
}

function textKey(field: string, content: JsonValue): JsonValue {
  if (typeof content === 'number') return field.endsWith('Key') ? String(content) : content;
  if (!Array.isArray(content)) return content;
  if (field.endsWith('Keys')) return content.map(String);
  return content.map((item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item) ? withTextKeys(item) : item,
  );
}
