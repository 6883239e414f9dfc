/**
 * Rooms, by path prefix (the longest that fits), and the rooms each may import besides itself.
 * A room that is not a door (`exports` of its package) is entered by nobody outside its package.
 */
export const arrows: { readonly [room: string]: readonly string[] } = {
  'engine/protocol': [],
  'engine/feel': ['engine/protocol'],
  'engine/model': ['engine/protocol', 'engine/feel'],
  'engine/broker': ['engine/protocol', 'engine/feel', 'engine/model'],
  'engine/grpc': ['engine/protocol', 'engine/broker'],
  'engine/rest': ['engine/protocol', 'engine/broker'],
  'engine/client': ['engine/protocol'],
  'engine/worker': ['engine/protocol', 'engine/client'],
  'engine/llm': ['engine/protocol', 'tools-registry/contract'],
  'engine/guardrails': ['engine/protocol'],
  'engine/agents': [
    'engine/protocol',
    'engine/client',
    'engine/worker',
    'engine/llm',
    'engine/guardrails',
    'tools-registry/contract',
  ],
  'engine/connectors': [
    'engine/protocol',
    'engine/feel',
    'engine/client',
    'engine/worker',
    'tools-registry/contract',
  ],
  // Recorded runs of agents as tests.
  'engine/testing': ['engine/protocol', 'engine/agents'],
  // Scenarios, and how they run against any broker; opens the embedded one in memory with a clock of its own.
  'engine/test/conformance': [
    'engine/protocol',
    'engine/feel',
    'engine/broker',
    'engine/grpc',
    'engine/test',
  ],
  'engine/test': ['engine/protocol', 'engine/feel', 'engine/broker'],
  // Composition root of the standalone broker.
  engine: ['engine/protocol', 'engine/feel', 'engine/broker', 'engine/grpc', 'engine/rest'],
  'tools-registry/contract': [],
  'tools-registry/authoring': ['tools-registry/contract'],
  'tools-registry': ['tools-registry/contract', 'tools-registry/authoring'],
  'gateway/api': ['engine/protocol', 'tools-registry/contract'],
  // The commands of `baton`, for the program and for the editor's terminal: whoever runs them hands over files, network and clock.
  /** Documents as texts of files; the editor reads and writes them as the gateway does. */
  'gateway/documents': ['gateway/api', 'engine/protocol'],
  /** The same, with what reads YAML: asked for when it is needed. */
  'gateway/documents/files': ['gateway/api', 'gateway/documents', 'engine/protocol'],
  'gateway/commands': ['gateway/api', 'gateway/documents', 'gateway/documents/files', 'engine/protocol'],
  gateway: [
    'gateway/api',
    'gateway/documents',
    'gateway/documents/files',
    'engine/protocol',
    'engine/client',
    'engine/feel',
    'engine/model',
    'tools-registry/contract',
    'infra/store',
    'infra/coordination',
  ],
  // What every issuer must do, for the suites against a real one.
  'gateway/test': [
    'gateway',
    'gateway/api',
    'engine/protocol',
    'engine/client',
    'infra/store',
    'infra/coordination',
  ],
  // FEEL is checked while one types, by the engine's own reader.
  editor: [
    'gateway/api',
    'gateway/documents',
    'gateway/documents/files',
    'gateway/commands',
    'engine/protocol',
    'engine/feel',
  ],
  'infra/store': ['engine/protocol'],
  'infra/coordination': ['engine/protocol'],
  infra: [
    'engine/protocol',
    'engine/feel',
    'engine/model',
    'engine/broker',
    'engine/client',
    'engine/worker',
    'engine/llm',
    'engine/agents',
    'engine/testing',
    'engine/connectors',
    'engine/guardrails',
    'engine/test/conformance',
    'engine',
    'tools-registry/contract',
    'tools-registry/authoring',
    'tools-registry',
    'gateway/api',
    'gateway/documents',
    'gateway/documents/files',
    'gateway/commands',
    'gateway',
    'gateway/test',
    'infra/store',
    'infra/coordination',
  ],
};

export const packages = ['engine', 'tools-registry', 'gateway', 'editor', 'infra'] as const;

export function roomOf(path: string): string {
  const rooms = Object.keys(arrows).filter((room) => path === room || path.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? path;
}
