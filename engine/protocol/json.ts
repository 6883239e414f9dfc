/** A JSON value as it travels in variables. Integers are exact to 2^53; see ZEEBE numbers for 64-bit wrapping. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [name: string]: JsonValue };
export type JsonObject = { [name: string]: JsonValue };
