import type { JsonValue } from '@baton/engine/protocol';

/** What tools keep: JSON values by key, in scopes (`tool/<id>`, `run/<key>`). */
export interface ToolValueStore {
  get(tenantId: string, scope: string, key: string): Promise<JsonValue | undefined>;
  /** False when the scope has `atMost` keys and this would be another one. */
  set(tenantId: string, scope: string, key: string, value: JsonValue, atMost: number): Promise<boolean>;
  delete(tenantId: string, scope: string, key: string): Promise<void>;
  keys(tenantId: string, scope: string): Promise<string[]>;
}
