/** JSON Schema 2020-12: values checked against schemas, and schemas themselves. */
export { checkSchema, type SchemaProblem } from './checkSchema.ts';
export { type SchemaViolation, validateAgainst } from './validateAgainst.ts';
