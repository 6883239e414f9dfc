import type { Questions } from '../questions/questions.ts';

/** Where a run is done over, what people answered is in the record: nobody is asked, and nothing is kept for an answer. */
export const nobodyToAsk: Questions = {
  ofElement: async () => [],
  ask: async () => {},
  answered: async () => undefined,
  answer: async () => {},
  done: async () => {},
  withdraw: async () => {},
  sleep: async () => false,
  awake: async () => {},
};
