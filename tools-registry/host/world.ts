import type { Capabilities, JsonValue } from '../contract/index.ts';

/** Where tools keep values: of one tool from call to call, or of one run from step to step. */
export interface ToolValues {
  get(tenantId: string, scope: string, key: string): Promise<JsonValue | undefined>;
  /** False when the scope holds `atMost` keys already. */
  set(tenantId: string, scope: string, key: string, value: JsonValue, atMost: number): Promise<boolean>;
  delete(tenantId: string, scope: string, key: string): Promise<void>;
  keys(tenantId: string, scope: string): Promise<string[]>;
}

/** What the host gives tools a part of. */
export interface ToolWorld {
  /** Refuses addresses inside our networks, whatever their names resolve to. */
  fetch: typeof fetch;
  /** epoch ms. */
  now(): number;
  /** What an admin has granted the tool. */
  granted(tenantId: string, toolId: string): Promise<Capabilities>;
  /** The secret's value; `undefined` when there is none of that name. */
  secret(tenantId: string, name: string): Promise<string | undefined>;
  values: ToolValues;
}
