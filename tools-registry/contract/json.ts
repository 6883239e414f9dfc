export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };

/** JSON Schema 2020-12. */
export type JsonSchema = { [keyword: string]: unknown };
