/** Lists to their end are read here as programs read them. */
export { everyPage } from '@baton/gateway/api';
