import type { JsonObject } from '@baton/engine/protocol';
import { advance, type Scenarios, type Step } from '../scenario.ts';

const publish = (message: JsonObject): Step => ({ rpc: 'PublishMessage', message });
const covers = ['PublishMessage'];

export const messages = {
  'message: published and kept': {
    covers,
    steps: [
      publish({ name: 'kept', correlationKey: 'k', timeToLive: 60_000, messageId: '1', variables: { x: 1 } }),
    ],
  },
  'message: the same id twice while it is kept': {
    covers,
    steps: [
      publish({ name: 'double', correlationKey: 'k', timeToLive: 60_000, messageId: 'id1' }),
      publish({ name: 'double', correlationKey: 'k', timeToLive: 60_000, messageId: 'id1' }),
      publish({ name: 'double', correlationKey: 'other', timeToLive: 60_000, messageId: 'id1' }),
      publish({ name: 'double2', correlationKey: 'k', timeToLive: 60_000, messageId: 'id1' }),
      publish({ name: 'double', correlationKey: 'k', timeToLive: 60_000 }),
      publish({ name: 'double', correlationKey: 'k', timeToLive: 60_000 }),
    ],
  },
  'message: without time to live it is gone at once': {
    covers,
    steps: [
      publish({ name: 'brief', correlationKey: 'k', timeToLive: 0, messageId: 'id1' }),
      publish({ name: 'brief', correlationKey: 'k', timeToLive: 0, messageId: 'id1' }),
      publish({ name: 'brief', correlationKey: 'k', timeToLive: -5, messageId: 'id1' }),
    ],
  },
  'message: the id is free when the time is over': {
    covers,
    steps: [
      publish({ name: 'expired', correlationKey: 'k', timeToLive: 10_000, messageId: 'id1' }),
      advance(90_000),
      publish({ name: 'expired', correlationKey: 'k', timeToLive: 10_000, messageId: 'id1' }),
    ],
  },
  'message: without a name, without a key': {
    covers,
    steps: [
      publish({ name: '', correlationKey: 'k', timeToLive: 1000 }),
      publish({ name: 'keyless', timeToLive: 1000 }),
    ],
  },
  'message: variables that are no object': {
    covers,
    steps: [
      publish({ name: 'bad', correlationKey: 'k', variables: '[1]' }),
      publish({ name: 'bad', variables: '{a' }),
    ],
  },
} satisfies Scenarios;
