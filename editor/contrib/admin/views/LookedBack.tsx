import { Button } from '../../../ui/Button.tsx';
import { exactTime } from '../../../ui/time.ts';
import { useReadable } from '../../../workbench/platformContext.ts';
import type { Audit } from '../auditStore.ts';

/** How far back a search has looked, and on. */
export function LookedBack({ audit }: { audit: Audit }) {
  const { lookedBackTo, lookingBack } = useReadable(audit);
  if (lookedBackTo === undefined) return null;
  return (
    <span className="auditlooked">
      <span className="dim sm">Looked back to {exactTime(lookedBackTo)}.</span>
      <Button size="sm" busy={lookingBack} onClick={() => void audit.lookFurtherBack()}>
        Look further back
      </Button>
    </span>
  );
}
