/** Door `@baton/gateway/documents/files`: a tenant's documents as files of a folder, and back. Browser-safe. */
export * from './codecs.ts';
export * from './exportFiles.ts';
export * from './fileNames.ts';
export * from './importFiles.ts';
export * from './yamlText.ts';
