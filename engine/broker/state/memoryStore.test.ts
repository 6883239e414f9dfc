import { createMemoryStore } from './memoryStore.ts';
import { storeSuite } from './store.suite.ts';

storeSuite('state in memory', createMemoryStore);
