import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/Button.tsx';
import { Callout } from '../../../ui/Callout.tsx';
import { Foldable } from '../../../ui/Foldable.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { blankTool } from '../blankTool.ts';
import { capabilityRows } from '../capabilityRows.ts';
import { accessOf } from '../toolAccess.ts';
import type { ToolDocument } from '../toolDocument.ts';
import { declaredBy } from '../toolDraft.ts';
import { CapabilityList } from './CapabilityList.tsx';
import { useDefinition } from './useDefinition.ts';

/** What the draft asks for beside computing, what of it an admin has granted, and what the rest means. */
export function ToolGrantsView({ document }: { document: ToolDocument }) {
  const access = accessOf(document);
  const { grants, granting, failure } = useStore(access.store);
  const draft = useDefinition(document);
  const { commands } = document.platform;
  useEffect(() => void access.read(), [access]);
  const rows = capabilityRows(declaredBy(draft), grants?.granted ?? blankTool.capabilities);
  const asked = rows.filter(({ granted }) => !granted);
  return (
    <Foldable title="Capabilities">
      {failure && <Callout tone="error">{failure.message}</Callout>}
      {rows.length > 0 && <CapabilityList rows={grants ? rows : []} />}
      <div className="capabilitylimits">
        <Icon name="codicon:dashboard" />
        <span className="toollines">
          <span className="mono">
            {draft.timeout} s, {draft.memory} MB
          </span>
          <span className="dim sm">Time and memory of one call</span>
        </span>
      </div>
      {rows.length === 0 && <p className="dim sm">It computes only: it asks for nothing else.</p>}
      {grants && asked.length > 0 && (
        <Callout tone="warning">
          <p>
            Until an admin grants{' '}
            {asked.map(({ name, mono }, at) => (
              <span key={name}>
                {at > 0 && ', '}
                {mono ? <code>{name}</code> : name.toLowerCase()}
              </span>
            ))}
            , calls that need {asked.length === 1 ? 'it' : 'them'} fail, here and in runs.
          </p>
          {commands.enabled('tools.grant') && (
            <Button size="sm" busy={granting} onClick={() => void commands.run('tools.grant')}>
              Grant
            </Button>
          )}
        </Callout>
      )}
      {grants && rows.length > 0 && asked.length === 0 && (
        <div className="toolgranted">
          <span className="dim sm grow">
            {grants.grantedBy ? `Granted by ${grants.grantedBy}` : 'Granted'}
          </span>
          {commands.enabled('tools.revoke') && (
            <Button size="sm" look="ghost" busy={granting} onClick={() => void commands.run('tools.revoke')}>
              Take back
            </Button>
          )}
        </div>
      )}
    </Foldable>
  );
}
