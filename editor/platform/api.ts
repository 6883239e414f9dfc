/** The typed client of the API is the gateway's: programs ask with the same. */
export {
  type Api,
  type ApiFailure,
  type ApiOptions,
  createApi,
  type EventOf,
  type RequestOf,
  type ResponseOf,
} from '@baton/gateway/api';
