import type { Document } from 'bson';
import type { Cursors } from '../cursors.ts';
import { CommandRefusal } from '../errors.ts';
import type { Collection, Storage } from '../storage/storage.ts';

export interface CommandContext {
  storage: Storage;
  cursors: Cursors;
  now(): Date;
  connectionId: number;
}

/** Answers one command; `ok: 1` is added. A refusal is a thrown `CommandRefusal`. */
export type Command = (command: Document, context: CommandContext) => Document | Promise<Document>;

/** `database.collection` a command names in its first field. */
export function namespaceOf(command: Document): string {
  const [name] = Object.values(command);
  if (typeof name !== 'string' || name === '' || name.includes('\0'))
    throw new CommandRefusal(
      'InvalidNamespace',
      `Expected a collection name, but got ${JSON.stringify(name)}`,
    );
  return `${command.$db}.${name}`;
}

/** For writing: a collection comes to be when it is first written to. Only inside `storage.write`. */
export function ensuredCollection(namespace: string, { storage }: CommandContext): Collection {
  return storage.collection(namespace) ?? storage.createCollection(namespace);
}

/** Documents the command's own collection or another of its database holds. */
export function documentsOf(namespace: string, filter: Document, { storage }: CommandContext): Document[] {
  const collection = storage.collection(namespace);
  return collection ? storage.find(collection, filter).map(({ document }) => document) : [];
}
