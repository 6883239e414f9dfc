import './runs.css';
import { useStore } from 'zustand';
import type { DocumentProps } from '../../../platform/documents.ts';
import { Callout } from '../../../ui/Callout.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { SplitView } from '../../../ui/SplitView.tsx';
import type { ForkDocument } from '../forkDocument.ts';
import { ForkComparison } from './ForkComparison.tsx';
import { ForkForm } from './ForkForm.tsx';

/** A recorded run another way: what is changed at the left, both runs beside each other at the right. */
export function ForkEditor({ document }: DocumentProps<ForkDocument>) {
  return (
    <div className="runeditor">
      <SplitView
        direction="horizontal"
        panes={[
          { id: 'change', size: '36%', min: 260, content: <ForkForm document={document} /> },
          { id: 'report', min: 320, content: <Report document={document} /> },
        ]}
      />
    </div>
  );
}

function Report({ document }: { document: ForkDocument }) {
  const { report, running, failure } = useStore(document.view);
  return (
    <div className="forkreport scroll" aria-busy={running}>
      {failure && (
        <Callout tone="error">
          {failure.message}
          {failure.requestId && <span className="dim xs"> Request {failure.requestId}</span>}
        </Callout>
      )}
      {running ? (
        <Skeleton lines={8} />
      ) : report ? (
        <ForkComparison report={report} document={document} />
      ) : (
        !failure && (
          <EmptyState icon="codicon:repo-forked" title="Nothing was forked yet">
            Change the model, a prompt or what a tool gave back, then run the fork: answers, cost and path
            stand here beside the recorded run.
          </EmptyState>
        )
      )}
    </div>
  );
}
