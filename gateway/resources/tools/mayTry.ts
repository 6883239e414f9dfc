import { ok, type Result } from '@baton/engine/protocol';
import type { Access, Holder } from '../../access/access.ts';
import { type Refusal, refuse } from '../../refusal.ts';

/**
 * Whether somebody may try a tool. It runs with what it is granted, so not with a content that they could not save, and not
 * a tool that none of their roles names.
 */
export async function mayTry(
  access: Access,
  tenantId: string,
  holder: Holder,
  tool: { name: string; unsaved: boolean },
): Promise<Result<void, Refusal>> {
  if (!(await access.mayCall(tenantId, holder, tool.name))) {
    const message = `Expected a tool that your roles or key name, but none of them names '${tool.name}'`;
    return refuse('PERMISSION_DENIED', message, { permission: 'tools:run', tool: tool.name });
  }
  if (!tool.unsaved || (await access.allows(tenantId, holder, 'tools:write'))) return ok();
  return refuse(
    'PERMISSION_DENIED',
    'Expected the permission tools:write to try a content that is not saved, but you do not have it',
    { permission: 'tools:write' },
  );
}
