import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Tokens } from '../../../ui/diagram/index.ts';
import { type DeployedCounts, watchDeployed } from '../deployedCounts.ts';
import type { WorkflowDocument } from '../workflowDocument.ts';

/** What goes on with the deployed version: counts, and its waiting tokens on the draft. */
export function LiveChip({ document }: { document: WorkflowDocument }) {
  const deployed = useStore(document.view, (view) => view.saved.deployed);
  const key = deployed?.processDefinitionKey;
  const [counts, setCounts] = useState<DeployedCounts>();
  const { platform, editor } = document;
  useEffect(() => {
    setCounts(undefined);
    if (key === undefined) return undefined;
    const watch = watchDeployed(platform, key);
    const stop = watch.subscribe(() => {
      const now = watch.getState();
      setCounts(now);
      if (now) editor.get<Tokens>('tokens').show(now.byElement);
    });
    return () => {
      stop();
      watch.dispose();
    };
  }, [platform, editor, key]);
  if (!deployed) return null;
  return (
    <div className="diagram-float livechip" role="status" title="Runs of the deployed version">
      <span className="hstack">
        <span className="livedot" />
        Live, v{deployed.version}
      </span>
      {counts && (
        <span className="hstack hide-narrow">
          <span className="c-running">{counts.running} running</span>
          <span className="c-waiting">{counts.waiting} waiting</span>
          <span className={counts.incident > 0 ? 'c-incident' : 'dim'}>
            {counts.incident} {counts.incident === 1 ? 'incident' : 'incidents'}
          </span>
        </span>
      )}
    </div>
  );
}
