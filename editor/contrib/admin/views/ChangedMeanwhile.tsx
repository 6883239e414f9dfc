import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';

/** What is typed over was changed by somebody else. */
export function ChangedMeanwhile({ what, onTake }: { what: string; onTake(): void }) {
  return (
    <Callout tone="warning">
      Somebody changed {what} while you were typing. Saving sets what stands here.{' '}
      <Button size="sm" onClick={onTake}>
        Show what is saved
      </Button>
    </Callout>
  );
}
