import { Button } from '../../../ui/Button.tsx';
import type { AgentDocument } from '../agentDocument.ts';

/** The run on a page of its own: every loop, what it was asked, and what it can be forked from. */
export function Trace({ run, document }: { run: string; document: AgentDocument }) {
  const { commands } = document.platform;
  if (!commands.enabled('runs.openAgentRun')) return null;
  return (
    <Button size="sm" look="ghost" onClick={() => void commands.run('runs.openAgentRun', run)}>
      Trace
    </Button>
  );
}
