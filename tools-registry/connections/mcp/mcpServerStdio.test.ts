import { mcpServerSuite } from './mcpServer.suite.ts';

mcpServerSuite('stdio');
mcpServerSuite('stdio-older');
