export { readJson } from '@baton/gateway/documents';
