/** Makes Monaco complete and explain the JSON texts of a path by a schema, once. Nothing is fetched. */
export async function addJsonSchema(uri: string, fileMatch: string, schema: object): Promise<void> {
  const { jsonDefaults } = await import('monaco-editor/languages/features/json/register');
  const { schemas = [], ...options } = jsonDefaults.diagnosticsOptions;
  jsonDefaults.setDiagnosticsOptions({
    ...options,
    validate: true,
    allowComments: false,
    schemaValidation: 'ignore',
    enableSchemaRequest: false,
    schemas: [...schemas.filter((other) => other.uri !== uri), { uri, fileMatch: [fileMatch], schema }],
  });
}
