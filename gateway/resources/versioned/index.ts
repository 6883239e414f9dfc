/** What every versioned resource has, whatever its kind: rules, handlers, comparison. */
export { everyResource } from './everyResource.ts';
export { resourceView, stateView, versionedHandlers, versionHandlers, versionOf } from './handlers.ts';
export { mcpServerReference, referenceTo, toolReferences } from './references.ts';
export {
  createVersionedService,
  type PublishedDraft,
  type Save,
  type VersionedOptions,
  type VersionedService,
} from './service.ts';
