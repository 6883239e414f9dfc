import { logSuite } from './log.suite.ts';
import { createMemoryLog } from './memoryLog.ts';

logSuite('the log in memory', createMemoryLog);
