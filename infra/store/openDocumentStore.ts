import { join } from 'node:path';
import type { DocumentStore, DocumentStoreOptions } from './ports.ts';

/**
 * The store at `uri`, or an embedded one in `dataDirectory` that the same code reaches over MongoDB's wire protocol.
 * Drivers are loaded here and not before: who only needs the types pays nothing.
 */
export async function openDocumentStore({
  uri,
  dataDirectory,
  now,
}: DocumentStoreOptions): Promise<DocumentStore> {
  const { openMongooseStore } = await import('./mongooseStore.ts');
  if (uri !== undefined) return { ...(await openMongooseStore(uri, now)), place: withoutPassword(uri) };

  const directory = join(dataDirectory, 'store');
  const { startEmbeddedServer } = await import('./embedded/server.ts');
  const server = await startEmbeddedServer({ directory, now });
  try {
    const store = await openMongooseStore(server.uri, now);
    return {
      ...store,
      place: directory,
      async close() {
        await store.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

function withoutPassword(uri: string): string {
  return uri.replace(/^([^:]+:\/\/[^:@/]*):[^@/]*@/, '$1:***@');
}
