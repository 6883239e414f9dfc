import { mcpServerSuite } from './mcpServer.suite.ts';

mcpServerSuite('http');
mcpServerSuite('http-older');
mcpServerSuite('sse');
