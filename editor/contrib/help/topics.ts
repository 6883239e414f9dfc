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
    id: 'form',
    title: 'Forms',
    text: [
      'A form is what a person fills in when a process waits for them. Drag fields from the palette at the left; what a field asks, and which variable it fills, is set at the right. The canvas and the JSON are one document.',
      'A user task names its form by the form’s id; deploying the process takes the published form along, and the inbox shows it.',
    ],
    commands: ['forms.new', 'document.publish', 'view.symbols'],
  },
  {
    id: 'decision',
    title: 'Decisions',
    text: [
      'A decision is DMN: a diagram of decisions and what they need, each one a table or an expression in FEEL. Double click one in the diagram to open its logic; the drawing and the XML are one document.',
      'A business rule task names a decision by its id; deploying the process takes the published decision along.',
      'Beside it a decision is tried; a trial can be kept as a test, which stands in the file and runs again after a change.',
    ],
    commands: ['decisions.new', 'decisions.try', 'document.publish', 'view.symbols'],
  },
  {
    id: 'note',
    title: 'Notes',
    text: [
      'A note is Markdown with its preview beside it. Links to other documents by their file name, triage.agent.yaml, open them.',
    ],
    commands: ['notes.new', 'document.publish', 'view.symbols'],
  },
  {
    id: 'prompt',
    title: 'Prompts',
    text: [
      'A prompt is a text that agents share, with variables in double braces. The preview fills them from a run; the status says how many tokens the text has.',
    ],
    commands: ['prompts.new', 'document.publish', 'view.symbols'],
  },
  {
    id: 'policy',
    title: 'Policies',
    text: [
      'A policy says what agents that name it may not do or say, as YAML. What it refuses is in the run’s log with the rule that did.',
    ],
    commands: ['policies.new', 'document.publish', 'view.symbols'],
  },
  {
    id: 'admin',
    title: 'Administration',
    text: [
      'Who may do what in your tenant, what it uses, and what was done. Pages you may not read are not listed; what you may do is decided by your roles.',
    ],
    commands: ['admin.show', 'admin.pages'],
  },
  {
    id: 'tenant',
    title: 'Tenant',
    text: [
      'The name of your tenant, how many requests it may make, and which addresses it may be used from. A list that would shut you out says so before it is saved.',
    ],
    commands: ['admin.pages'],
  },
  {
    id: 'tenants',
    title: 'Tenants',
    text: [
      'All tenants of this installation. A new one comes with a link that invites its owner and is shown once. A suspended tenant stays as it is and nobody can use it until it is resumed.',
    ],
    commands: ['admin.pages'],
  },
  {
    id: 'users',
    title: 'Users',
    text: [
      'Members of the tenant and those who are invited. An invitation is a link to hand over; roles say what a member may do. The last admin can neither be disabled nor removed.',
    ],
    commands: ['users.invite', 'users.open', 'users.toggleEnabled', 'users.remove'],
  },
  {
    id: 'roles',
    title: 'Roles',
    text: [
      'A role is a set of permissions; those that came with Baton cannot be changed, own ones can. Why? says of a person and a permission whether it is allowed, by which rule, and what would change it.',
    ],
    commands: ['roles.add', 'roles.why', 'roles.remove'],
  },
  {
    id: 'apiKeys',
    title: 'API keys',
    text: [
      'A key lets a program do what its scopes say, until it expires. It is shown once. Rotating gives a second one while the first still works; a revoked one works no more, for good.',
    ],
    commands: ['admin.pages'],
  },
  {
    id: 'quotas',
    title: 'Quotas',
    text: [
      'What the tenant uses of what it may, with the mark at which it is warned, when a limit will be reached at this pace, and what happens then. Own limits may be lower than those of the installation.',
    ],
    commands: ['admin.pages'],
  },
  {
    id: 'audit',
    title: 'Audit',
    text: [
      'Who did what and when, and what was refused. Search by words, person, action or time; a row shows the request and the hashes before and after. New entries arrive by themselves.',
    ],
    commands: ['admin.pages'],
  },
  {
    id: 'terminal',
    title: 'Terminal',
    text: [
      'The commands of the program baton, as you and with the documents of your tenant as files. Tab completes, the up arrow brings back earlier lines, Ctrl+R looks through them, Ctrl+C ends. Type help to list the commands, and --help behind one for its options.',
    ],
    commands: ['terminal.show', 'terminal.new', 'terminal.clear', 'terminal.screenReader'],
  },
  {
    id: 'testResults',
    title: 'Test results',
    text: [
      'What became of the samples of tools and of recordings that were played again. Enter opens the place of one; what failed can be run again by itself.',
    ],
    commands: ['testResults.show', 'testResults.rerunAll', 'testResults.rerunFailed', 'testResults.clear'],
  },
  {
    id: 'explorer',
    title: 'Explorer',
    text: [
      'Files, folders and zip archives dropped on the window are imported; a document dragged to the desktop becomes its file there.',
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
