import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AgentDocument } from './agentDocument.ts';

const key = 'agents/chat';

/** Shows and hides the test chat of every agent; the choice is remembered. */
export function registerTestChat({
  commands,
  keybindings,
  menus,
  context,
  storage,
  editors,
}: Platform): Disposable {
  context.set('agentChat', storage.get(key) !== 'hidden');
  const opened = "documentKind == 'agent'";
  return disposeAll(
    commands.register({
      id: 'agents.chat',
      title: 'Toggle test chat',
      category: 'Agent',
      icon: 'codicon:comment-discussion',
      when: opened,
      run() {
        const shown = !context.get('agentChat');
        context.set('agentChat', shown);
        storage.set(key, shown ? 'shown' : 'hidden');
        const document = editors.active.getState() as AgentDocument | undefined;
        if (shown) document?.chat.focus();
        else document?.platform.layout.focus('editor');
      },
    }),
    keybindings.register({ key: 'alt+c', command: 'agents.chat', when: opened }),
    menus.register('editor/title', { command: 'agents.chat', group: 'navigation', order: 10, when: opened }),
  );
}
