import type { DocumentModel } from '../platform/documents.ts';
import { isDrafted } from '../platform/draftedDocument.ts';
import { Button } from '../ui/Button.tsx';
import { Callout } from '../ui/Callout.tsx';
import { clockTime } from '../ui/time.ts';
import { usePlatform } from './platformContext.ts';
import { saveAsNew } from './saveAsNew.ts';

/** Above a document somebody deleted: what is on the screen is all there is of it. */
export function DocumentGone({ model, at }: { model: DocumentModel; at: number }) {
  const platform = usePlatform();
  const { editors } = platform;
  return (
    <div className="documentgone">
      <Callout tone="warning">
        <span className="strong">
          {model.state.getState().title} was deleted at {clockTime(new Date(at).toISOString())}.
        </span>{' '}
        What you see is kept on this screen only.{' '}
        <span className="actions">
          {isDrafted(model) && model.writable && (
            <Button size="sm" onClick={() => void saveAsNew(platform, model)}>
              Save as new…
            </Button>
          )}
          <Button size="sm" look="ghost" onClick={() => editors.discard(model.resource)}>
            Close
          </Button>
        </span>
      </Callout>
    </div>
  );
}
