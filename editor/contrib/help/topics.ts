import type { HelpTopic } from '../../platform/help.ts';

const api = { title: 'API reference', href: '/docs' };

/** What is said of the frame and of what every tenant has. Kinds that come later say it themselves. */
export const topics: readonly HelpTopic[] = [
  {
    id: 'editor',
    title: 'The editor',
    text: [
      'Documents open as tabs. A click in the explorer shows a document in italics until the next one; a double click or a change keeps it. Everything you type is kept as a draft at the server; others see it when you publish.',
      'Every action is a command: the palette finds it by a few letters and shows its keys.',
    ],
    commands: [
      'view.commandPalette',
      'view.quickOpen',
      'editor.split',
      'editor.close',
      'document.publish',
      'view.nextPart',
    ],
  },
  {
    id: 'workflow',
    title: 'Workflows',
    text: [
      'A workflow is a BPMN process: drawn on the canvas, or written as XML beside it; both are one document with one history. Drag from the palette at the left, or from an element’s own menu; what an element does is set at the right.',
      'Run publishes the draft, deploys it and starts it. Problems says what keeps it from running and leads to the element.',
    ],
    commands: ['designer.run', 'designer.deploy', 'document.publish', 'view.symbols', 'designer.fit'],
    links: [api],
  },
  {
    id: 'agent',
    title: 'Agents',
    text: [
      'An agent is a model with instructions, tools and limits. The form and the YAML are one document: change either. The test chat asks the draft, streams its answer and shows each tool call with its cost.',
      'Tasks say what an agent is given and what must come back. Publish to make a version; runs go on with the version they began with.',
    ],
    commands: ['agents.new', 'agents.chat', 'agents.tasks', 'document.publish'],
    links: [api],
  },
  {
    id: 'task',
    title: 'Tasks',
    text: [
      'A task says by two schemas what goes in and what must come back. Cards and JSON are one document; an answer that does not fit the schema is never handed on.',
    ],
    commands: ['tasks.new', 'document.publish', 'view.symbols'],
  },
  {
    id: 'tool',
    title: 'Tools',
    text: [
      'A tool is a TypeScript function that agents may call. It runs in a sandbox without network unless that is granted. Test it at the right with a sample; save samples to run them again.',
    ],
    commands: ['tools.new', 'tools.test', 'document.publish', 'view.symbols'],
  },
  {
    id: 'explorer',
    title: 'Explorer',
    text: [
      'All documents of your tenant, by kind. Type to find one, Enter opens it, F2 renames it, Del deletes it; a deletion can be taken back for ten seconds.',
    ],
    commands: ['view.quickOpen', 'explorer.refresh', 'explorer.reveal'],
  },
  {
    id: 'search',
    title: 'Search',
    text: ['Looks for a text in all documents you may read. A result opens the document at its line.'],
    commands: ['search.show', 'view.quickOpen'],
  },
  {
    id: 'runs',
    title: 'Runs',
    text: [
      'What runs and what ran: processes and agents, with every step, its variables and its cost. An incident says what is wrong; resolve it once its cause is gone.',
    ],
    commands: ['designer.run'],
  },
  {
    id: 'inbox',
    title: 'Inbox',
    text: [
      'What waits for a person: tasks of processes and questions of agents. Complete one and its process goes on.',
    ],
  },
  {
    id: 'problems',
    title: 'Problems',
    text: ['What is wrong or odd in the open documents. Enter leads to the place.'],
    commands: ['view.togglePanel'],
  },
  {
    id: 'settings',
    title: 'Settings',
    text: [
      'Settings are yours, at the server, and the same in every window. A line at the left marks what differs from the default; the arrow gives the default back. The same as JSON: settings.json.',
    ],
    commands: ['settings.open', 'settings.openJson', 'settings.theme', 'keybindings.open'],
  },
  {
    id: 'keybindings',
    title: 'Keyboard shortcuts',
    text: [
      'Every command with its keys. Search by words, or press the keyboard button and then the keys. Enter changes the keys of a row, Del takes them away, the arrow gives the default back. Keys which the browser keeps for itself are marked and have another key beside them.',
    ],
    commands: ['keybindings.open', 'keybindings.openJson'],
  },
];
