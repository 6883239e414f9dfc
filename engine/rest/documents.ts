import type { JsonObject } from '@baton/engine/protocol';

export interface DocumentMetadata {
  contentType: string;
  fileName: string;
  size: number;
  expiresAt?: string;
  processDefinitionId?: string;
  processInstanceKey?: string;
  customProperties: JsonObject;
}

export interface StoredDocument {
  documentId: string;
  contentHash: string;
  metadata: DocumentMetadata;
  bytes: Uint8Array;
}

/** Where documents of processes lie. */
export interface Documents {
  /** `undefined` when there is no room. */
  put(document: StoredDocument): StoredDocument | undefined;
  get(documentId: string): StoredDocument | undefined;
  delete(documentId: string): boolean;
}

/** Room for all documents together. */
const DEFAULT_ROOM = 64 * 1024 * 1024;

/** Documents until the broker stops, like those of a Zeebe without a document store of its own. */
export function createMemoryDocuments(room = DEFAULT_ROOM): Documents {
  const documents = new Map<string, StoredDocument>();
  let taken = 0;
  const remove = (documentId: string) => {
    const document = documents.get(documentId);
    if (!document) return false;
    taken -= document.bytes.length;
    return documents.delete(documentId);
  };
  return {
    put(document) {
      remove(document.documentId);
      if (taken + document.bytes.length > room) return undefined;
      taken += document.bytes.length;
      documents.set(document.documentId, document);
      return document;
    },
    get: (documentId) => documents.get(documentId),
    delete: remove,
  };
}
