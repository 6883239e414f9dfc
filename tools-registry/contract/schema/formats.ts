import {
  isDate,
  isDateTime,
  isDuration,
  isEmail,
  isHostname,
  isIPv4,
  isIPv6,
  isIri,
  isIriReference,
  isJsonPointer,
  isRelativeJsonPointer,
  isTime,
  isUri,
  isUriReference,
  isUriTemplate,
  isUuid,
} from '@hyperjump/json-schema-formats';
import { readPattern } from './pattern.ts';

export interface Format {
  words: string;
  fits(text: string): boolean;
  /** Longer texts are none, whatever they are: what reads them is bounded so. */
  longest: number;
}

const short = 1_000;
const long = 10_000;

/** Formats of JSON Schema 2020-12 (validation, section 7.3). */
export const formats: { readonly [name: string]: Format } = {
  date: { words: 'a date like 2026-03-01', fits: isDate, longest: short },
  time: { words: 'a time with its zone like 09:30:00Z', fits: isTime, longest: short },
  'date-time': {
    words: 'a date and time with its zone like 2026-03-01T09:30:00Z',
    fits: isDateTime,
    longest: short,
  },
  duration: { words: 'a duration like P3D or PT12H', fits: isDuration, longest: short },
  email: { words: 'an email address', fits: isEmail, longest: short },
  hostname: { words: 'a host name', fits: isHostname, longest: short },
  ipv4: { words: 'an IPv4 address', fits: isIPv4, longest: short },
  ipv6: { words: 'an IPv6 address', fits: isIPv6, longest: short },
  uri: { words: 'a URI like https://example.com/path', fits: isUri, longest: long },
  'uri-reference': { words: 'a URI or a part of one', fits: isUriReference, longest: long },
  iri: { words: 'an IRI', fits: isIri, longest: long },
  'iri-reference': { words: 'an IRI or a part of one', fits: isIriReference, longest: long },
  'uri-template': { words: 'a URI template', fits: isUriTemplate, longest: long },
  uuid: { words: 'a UUID', fits: isUuid, longest: short },
  'json-pointer': { words: 'a JSON pointer like /a/0', fits: isJsonPointer, longest: long },
  'relative-json-pointer': { words: 'a relative JSON pointer', fits: isRelativeJsonPointer, longest: long },
  regex: {
    words: 'a regular expression',
    fits: (text) => readPattern(text, { spend() {} }).ok,
    longest: short,
  },
};
