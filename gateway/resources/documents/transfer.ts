import { ok, type Result } from '@baton/engine/protocol';
import { jsonHash, type Resource, type ResourceStore } from '@baton/infra/store';
import type {
  DocumentFile,
  DocumentKind,
  FileImport,
  ImportedFile,
  OnClash,
  ToolContent,
} from '../../api/index.ts';
import {
  canonical,
  codecs,
  exportFiles,
  type FileProblem,
  importFiles,
  type ReadDocument,
} from '../../documents/files/index.ts';
import { dmnNamesOf, formIdOf } from '../../documents/index.ts';
import type { QuotaAmounts, Quotas, Reservation } from '../../quotas/ports.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { SourceProblem } from '../tools/validation.ts';
import type { VersionedService } from '../versioned/index.ts';
import type { Definitions } from './definitions.ts';

/** The services of all kinds; a content has passed its schema before it comes to one. */
export type DocumentServices = { [K in DocumentKind]: VersionedService<never> };

/** Where documents of an import go. */
interface Destination {
  resources: ResourceStore;
  services: DocumentServices;
  definitions: Definitions;
}

/** A destination that keeps what comes to it from everybody else. */
export interface Rehearsal extends Destination {
  /** Whether a document with this id is nowhere but here. */
  isNew(id: string): boolean;
}

export interface TransferOptions extends Destination {
  /** With all that there is now. */
  rehearsal(): Rehearsal;
  quotas: Pick<Quotas, 'reserve' | 'room'>;
  /** What is wrong in the source of a tool. */
  sourceProblems(content: ToolContent): Promise<SourceProblem[]>;
}

export interface Transfer {
  exported(
    tenantId: string,
    kinds: readonly DocumentKind[],
    ids: readonly string[] | undefined,
  ): Promise<Result<DocumentFile[], Refusal>>;
  /**
   * @param writable kinds they may write
   * @param check tells what would become of the files, and saves nothing
   */
  imported(
    tenantId: string,
    author: string,
    request: FileImport,
    writable: readonly DocumentKind[],
    check: boolean,
  ): Promise<ImportedFile[]>;
}

/** What names others comes behind them. */
const order: readonly DocumentKind[] = [
  'note',
  'policy',
  'prompt',
  'task',
  'tool',
  'agent',
  'form',
  'decision',
  'workflow',
];
const pageSize = 200;
/** Names tried for a copy. */
const mostCopies = 100;

/** One import, on its way. */
interface Importing extends Destination {
  tenantId: string;
  author: string;
  message: string;
  writable: readonly DocumentKind[];
  /** Names by kind that files were found for. */
  taken: Set<string>;
  reserve(amounts: QuotaAmounts): Promise<Result<Pick<Reservation, 'settle' | 'release'>, Refusal>>;
}

/** What is to be done with a document of an import. */
interface Planned {
  read: ReadDocument;
  told: ImportedFile;
  write?: { name: string; over?: Resource };
}

export function createTransfer(options: TransferOptions): Transfer {
  const { resources, quotas, sourceProblems } = options;

  /** The document a file is about: that of its name, else the one others know by the same id. */
  async function there(
    { tenantId, resources, definitions }: Importing,
    { kind, name, content }: ReadDocument,
  ): Promise<Resource | undefined> {
    const named = await resources.getByName(tenantId, kind, name);
    if (named || content === undefined) return named;
    if (kind === 'form') {
      return definitions.find(tenantId, 'form', formIdOf((content as { json: string }).json));
    }
    if (kind === 'decision') {
      const [first] = dmnNamesOf((content as { xml: string }).xml).decisions;
      return first && definitions.find(tenantId, 'decision', first.id);
    }
    return undefined;
  }

  async function freeName(
    { tenantId, resources }: Importing,
    { kind, name }: ReadDocument,
  ): Promise<string | undefined> {
    for (let count = 2; count < mostCopies; count++) {
      const copy = kind === 'workflow' || kind === 'note' ? `${name} ${count}` : `${name}-${count}`;
      if (!(await resources.getByName(tenantId, kind, copy))) return copy;
    }
    return undefined;
  }

  async function plan(importing: Importing, read: ReadDocument, clashes: OnClash): Promise<Planned> {
    const { tenantId, writable, taken, services } = importing;
    const { kind, name, path, problems } = read;
    const told = { path, kind, name, problems };
    const refused = (...more: FileProblem[]): Planned => ({
      read,
      told: { ...told, action: 'refused', problems: [...problems, ...more] },
    });
    if (!writable.includes(kind)) {
      const message = `Expected a role that may write a ${kind}, but yours may not`;
      return refused({ path, code: 'PERMISSION_DENIED', message });
    }
    if (problems.length > 0) return refused();
    const latest = await there(importing, read);
    const copies = latest !== undefined && clashes === 'rename' && !isKnownById(kind);
    const about = latest?.name ?? name;
    if (!copies && taken.has(named(kind, about))) {
      const message = `Expected each document once, but there are two files of '${about}'`;
      return refused({ path, code: 'DUPLICATE_NAME', message });
    }
    if (latest && sameFiles(kind, latest.content, read.content)) {
      const { id, version } = latest;
      return { read, told: { ...told, id, version, action: 'unchanged' } };
    }
    if (kind === 'tool') {
      const wrong = await sourceProblems(read.content as ToolContent);
      if (wrong.length > 0)
        return refused(...wrong.map(({ severity: _, ...problem }): FileProblem => ({ path, ...problem })));
    }
    if (!latest) return { read, told: { ...told, action: 'created' }, write: { name } };
    const { id, version } = latest;
    const at = { id, version };
    switch (clashes) {
      case 'skip':
        return { read, told: { ...told, ...at, action: 'skipped', clash: true } };
      case 'newVersion':
        return {
          read,
          told: { ...told, ...at, name: latest.name, action: 'newVersion', clash: true },
          write: { name: latest.name, over: latest },
        };
      case 'rename': {
        if (isKnownById(kind)) {
          const message = `Expected a new id, but '${latest.name}' has that of this ${kind}; change it in the file, or save it as the next version`;
          return refused({ path, code: 'ALREADY_EXISTS', message });
        }
        const free = await freeName(importing, read);
        if (free)
          return {
            read,
            told: { ...told, name: free, action: 'created', clash: true },
            write: { name: free },
          };
      }
    }
    // What no answer to the clash would let in is refused for its own sake.
    const fits = await services[kind].check(tenantId, latest.name, read.content as never, id);
    if (!fits.ok) return { read, told: refusedFile({ ...told, action: 'refused' }, path, fits.failure) };
    const message = `Expected a new name or the same content, but '${latest.name}' is there with another one`;
    const planned = refused({ path, code: 'ALREADY_EXISTS', message });
    return { ...planned, told: { ...planned.told, ...at, clash: true } };
  }

  async function write(
    { tenantId, author, message, services, reserve }: Importing,
    { read, told, write: wanted }: Planned,
  ): Promise<ImportedFile> {
    if (!wanted) return told;
    const { kind, content, path } = read;
    const service = services[kind];
    const { name, over } = wanted;
    const amounts = amountsOf(kind, content, over === undefined);
    const reserved = await reserve(amounts);
    if (!reserved.ok) return refusedFile(told, path, reserved.failure);
    const save = { name, content: content as never, author, message: message || 'Imported' };
    const saved = over
      ? await service.update(tenantId, over.id, over.hash, () => save)
      : await service.create(tenantId, save);
    if (!saved.ok) {
      await reserved.value.release();
      return refusedFile(told, path, saved.failure);
    }
    await reserved.value.settle(amounts);
    return { ...told, id: saved.value.id, version: saved.value.version };
  }

  /** Room for one after the other, without taking it. */
  function roomFor(tenantId: string): Importing['reserve'] {
    let all: QuotaAmounts = {};
    return async (amounts) => {
      const room = await quotas.room(tenantId, amounts, all);
      if (!room.ok) return room;
      return ok({
        release: async () => {},
        settle: async (used) => {
          all = added(all, used);
        },
      });
    };
  }

  /** What became of each document, or would become of it. */
  async function importAll(
    importing: Importing,
    documents: readonly ReadDocument[],
    onClash: (path: string) => OnClash,
  ): Promise<{ planned: ImportedFile; done: ImportedFile }[]> {
    const told: { planned: ImportedFile; done: ImportedFile }[] = [];
    let open = documents.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    // What names something that comes later waits for it; a round in which nothing could be saved is the last.
    for (let last = false; open.length > 0; ) {
      const waiting: ReadDocument[] = [];
      for (const read of open) {
        const planned = await plan(importing, read, onClash(read.path));
        const done = await write(importing, planned);
        if (!last && done.problems.some(({ code }) => code === 'REFERENCE_MISSING')) {
          waiting.push(read);
          continue;
        }
        importing.taken.add(named(read.kind, planned.told.name ?? read.name));
        told.push({ planned: planned.told, done });
      }
      last = waiting.length === open.length;
      open = waiting;
    }
    return told;
  }

  return {
    async exported(tenantId, kinds, ids) {
      const wanted = ids && new Set(ids);
      const found: Resource[] = [];
      for (const kind of kinds) {
        if (wanted) {
          const named = await Promise.all([...wanted].map((id) => resources.get(tenantId, kind, id)));
          found.push(...named.filter((each) => each !== undefined));
          continue;
        }
        for (let offset = 0; ; offset += pageSize) {
          const { items, total } = await resources.list(tenantId, kind, { limit: pageSize, offset });
          found.push(...items);
          if (offset + pageSize >= total) break;
        }
      }
      const missing = [...(wanted ?? [])].filter((id) => !found.some((each) => each.id === id));
      if (missing.length > 0) {
        return refuse(
          'NOT_FOUND',
          `Expected documents of these ids, but there is no ${missing.slice(0, 10).join(', ')}`,
          { missing },
        );
      }
      return ok(
        exportFiles(found.map(({ kind, name, content }) => ({ kind: kind as DocumentKind, name, content }))),
      );
    },

    async imported(tenantId, author, { files, onClash, choices, message }, writable, check) {
      const { documents, refused, ignored } = importFiles(files);
      const of = { tenantId, author, message, writable, taken: new Set<string>() };
      const clashes = (path: string) => choices[path] ?? onClash;
      const told: ImportedFile[] = [
        ...ignored.map((path): ImportedFile => ({ path, action: 'ignored', problems: [] })),
        ...refused.map(
          (problem): ImportedFile => ({ path: problem.path, action: 'refused', problems: [problem] }),
        ),
      ];
      if (check) {
        const rehearsal = options.rehearsal();
        const importing = { ...of, ...rehearsal, reserve: roomFor(tenantId) };
        for (const { planned, done } of await importAll(importing, documents, clashes))
          told.push(foretold(planned, done, rehearsal));
      } else {
        const { services, definitions } = options;
        const reserve = (amounts: QuotaAmounts) => quotas.reserve(tenantId, amounts);
        const importing = { ...of, resources, services, definitions, reserve };
        told.push(...(await importAll(importing, documents, clashes)).map(({ done }) => done));
      }
      return told.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    },
  };
}

/** What would become of a file: of a document that is not there, neither id nor version. */
function foretold(planned: ImportedFile, done: ImportedFile, { isNew }: Rehearsal): ImportedFile {
  const told = done.action === planned.action ? planned : done;
  if (told.id === undefined || !isNew(told.id)) return told;
  const { id: _, version: _version, ...rest } = told;
  return rest;
}

const named = (kind: DocumentKind, name: string) => `${kind} ${name}`;

/** Others name it by an id in its content, which is there once. */
const isKnownById = (kind: DocumentKind) => kind === 'form' || kind === 'decision';

const added = (a: QuotaAmounts, b: QuotaAmounts): QuotaAmounts => {
  const sum: { -readonly [N in keyof QuotaAmounts]: number } = { ...a };
  for (const [name, amount] of Object.entries(b) as [keyof QuotaAmounts, number][])
    sum[name] = (sum[name] ?? 0) + amount;
  return sum;
};

/** Contents that would be written into the same files. */
function sameFiles(kind: DocumentKind, stored: unknown, read: unknown): boolean {
  const codec = codecs[kind];
  const hash = (content: unknown) =>
    jsonHash(JSON.parse(JSON.stringify(canonical(codec, content)).replaceAll(/\\r\\n|\\r(?!\\n)/g, '\\n')));
  return hash(stored) === hash(read);
}

const refusedFile = (
  told: ImportedFile,
  path: string,
  { code, message, details }: Refusal,
): ImportedFile => ({
  ...told,
  action: 'refused',
  problems: [...told.problems, ...placesIn(details).map((place) => ({ path, code, message, ...place }))],
});

/** Where the refusal of a content says it stands. */
function placesIn(details: unknown): { line?: number; column?: number; message?: string }[] {
  const { issues } = (details ?? {}) as { issues?: { line?: number; column?: number; message: string }[] };
  const placed = (issues ?? []).filter(({ line }) => line !== undefined);
  return placed.length === 0
    ? [{}]
    : placed.map(({ line, column, message }) => ({ line: line!, message, ...(column && { column }) }));
}

function amountsOf(kind: DocumentKind, content: unknown, isNew: boolean): QuotaAmounts {
  const storageBytes = Buffer.byteLength(JSON.stringify(content));
  const counted = kind === 'workflow' || kind === 'agent' || kind === 'tool';
  return { storageBytes, ...(counted && isNew && { [`${kind}s`]: 1 }) };
}
