import type { McpServerCheck } from '@baton/gateway/api';
import { Callout } from '../../../ui/Callout.tsx';
import { connectionLooks } from '../mcpServerWords.ts';

/** What a connection as typed would bring. */
export function Tested({ check: { status, tools } }: { check: McpServerCheck }) {
  const connected = status.state === 'connected';
  const found = tools.reduce((sum, { findings }) => sum + findings.length, 0);
  return (
    <Callout tone={connected ? 'success' : status.state === 'error' ? 'error' : 'warning'}>
      <strong>
        {connected
          ? `It answers with ${tools.length === 1 ? '1 tool' : `${tools.length} tools`}`
          : connectionLooks[status.state].word}
      </strong>
      {status.message && <p>{status.message}</p>}
      {connected && status.serverInfo && (
        <p className="sm">
          {status.serverInfo.name} {status.serverInfo.version}
          {status.protocolVersion && `, protocol ${status.protocolVersion}`}
        </p>
      )}
      {found > 0 && (
        <p className="sm">
          {found === 1 ? 'One place in' : `${found} places in`} what its tools say should be looked at before
          they are accepted.
        </p>
      )}
    </Callout>
  );
}
