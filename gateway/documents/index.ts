/** Door `@baton/gateway/documents`: documents as texts of files, and what those texts say. Browser-safe. */
export * from './contentPath.ts';
export * from './dmnXml.ts';
export * from './formJson.ts';
export * from './jsonText.ts';
export * from './symbols.ts';
export * from './textReading.ts';
