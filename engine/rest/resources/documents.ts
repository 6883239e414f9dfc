import { createHash } from 'node:crypto';
import { failed, type JsonObject, ok, type Result } from '@baton/engine/protocol';
import type { StoredDocument } from '../documents.ts';
import { badRequest, notFound, type Problem } from '../problem.ts';
import type { RestContext, RestRequest, Routes } from '../route.ts';

const STORE = 'in-memory';

export const documents: Routes = {
  'POST /v2/documents': async (request, context) => {
    const form = await readForm(request);
    if (!form.ok) return form;
    const file = form.value.get('file');
    if (!file || typeof file === 'string') return failed(badRequest("Required part 'file' is not present."));
    const metadata = await readMetadata(form.value.get('metadata'));
    if (!metadata.ok) return metadata;
    const stored = await store(
      request.query.get('documentId') ?? context.uuid(),
      file,
      metadata.value,
      context,
    );
    return stored.ok ? ok({ status: 201, json: reference(stored.value) }) : stored;
  },

  'POST /v2/documents/batch': async (request, context) => {
    const form = await readForm(request);
    if (!form.ok) return form;
    const files = form.value.getAll('files').filter((part) => typeof part !== 'string');
    if (files.length === 0) return failed(badRequest("Required part 'files' is not present."));
    const all = form.value.getAll('metadataList');
    const createdDocuments = [];
    const failedDocuments = [];
    for (const [index, file] of files.entries()) {
      const metadata = await readMetadata(all[index] ?? null);
      const stored = metadata.ok ? await store(context.uuid(), file, metadata.value, context) : metadata;
      if (stored.ok) createdDocuments.push(reference(stored.value));
      else failedDocuments.push({ fileName: file.name, ...stored.failure });
    }
    const status = failedDocuments.length > 0 ? 207 : 201;
    return ok({ status, json: { createdDocuments, failedDocuments } });
  },

  'GET /v2/documents/{id}': ({ params, query }, { documents: stored }) => {
    const document = stored.get(params.id!);
    if (!document) return failed(unknown(params.id!));
    const hash = query.get('contentHash');
    if (hash !== null && hash !== document.contentHash)
      return failed(badRequest(`Expected contentHash to be that of document '${params.id}', but it is not`));
    return ok({ status: 200, bytes: document.bytes, type: document.metadata.contentType });
  },

  'DELETE /v2/documents/{id}': ({ params }, { documents: stored }) =>
    stored.delete(params.id!) ? ok({ status: 204 }) : failed(unknown(params.id!)),

  'POST /v2/documents/{id}/links': () =>
    failed({
      status: 405,
      title: 'METHOD_NOT_ALLOWED',
      detail: `Expected a document store that gives links, but '${STORE}' gives none`,
    }),
};

function unknown(id: string): Problem {
  return notFound(`Document with id '${id}' not found`);
}

async function readForm(request: RestRequest): Promise<Result<FormData, Problem>> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    const detail = `Expected multipart/form-data, but was '${type}'`;
    return failed({ status: 415, title: 'Unsupported Media Type', detail });
  }
  try {
    const form = await new Response(new Uint8Array(request.bytes), {
      headers: { 'content-type': type },
    }).formData();
    return ok(form);
  } catch {
    return failed(badRequest('Failed to read request'));
  }
}

/** The part may come as text or as a file of JSON. */
async function readMetadata(part: File | string | null): Promise<Result<JsonObject, Problem>> {
  if (part === null) return ok({});
  try {
    const value: unknown = JSON.parse(typeof part === 'string' ? part : await part.text());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value as JsonObject);
  } catch {
    // Said below: it is no object either.
  }
  return failed(badRequest('Failed to read request'));
}

async function store(
  documentId: string,
  file: File,
  metadata: JsonObject,
  { documents: stored }: RestContext,
): Promise<Result<StoredDocument, Problem>> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = (name: string) => (typeof metadata[name] === 'string' ? { [name]: metadata[name] } : {});
  const document = stored.put({
    documentId,
    contentHash: createHash('sha256').update(bytes).digest('hex'),
    bytes,
    metadata: {
      contentType: String(metadata.contentType ?? (file.type || 'application/octet-stream')),
      fileName: String(metadata.fileName ?? file.name),
      size: bytes.length,
      ...text('expiresAt'),
      ...text('processDefinitionId'),
      ...text('processInstanceKey'),
      customProperties: (metadata.customProperties ?? {}) as JsonObject,
    },
  });
  if (document) return ok(document);
  return failed({
    status: 503,
    title: 'RESOURCE_EXHAUSTED',
    detail: `Expected room for document '${documentId}', but '${STORE}' is full`,
  });
}

function reference({ documentId, contentHash, metadata }: StoredDocument) {
  return { 'camunda.document.type': 'camunda', storeId: STORE, documentId, contentHash, metadata };
}
