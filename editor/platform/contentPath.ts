export {
  type ContentPath,
  isObject,
  pathKey,
  placeAt,
  problemsAt,
  type TextPlace,
  valueAt,
} from '@baton/gateway/documents';
