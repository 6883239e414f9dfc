import type { Disposable } from '../../base/disposable.ts';
import type { Platform } from '../../platform/platform.ts';
import { registerBeside } from '../../platform/shownBeside.ts';
import type { AgentDocument } from './agentDocument.ts';

/** The test chat beside every agent: shown, it has the focus. */
export function registerTestChat(platform: Platform): Disposable {
  const { editors, layout } = platform;
  return registerBeside(platform, {
    context: 'agentChat',
    remembered: 'agents/chat',
    documentKind: 'agent',
    command: {
      id: 'agents.chat',
      title: 'Toggle test chat',
      category: 'Agent',
      icon: 'codicon:comment-discussion',
    },
    toggled(shown) {
      const document = editors.active.getState() as AgentDocument | undefined;
      if (shown) document?.chat.focus();
      else layout.focus('editor');
    },
  });
}
