import type { Access, Holder } from '../../access/access.ts';
import { covers } from '../../access/toolPatterns.ts';

/**
 * Which tools somebody is told of. Who may run tools at all knows those that their roles or key name; who may only read them,
 * all.
 */
export async function seenBy(
  access: Access,
  tenantId: string,
  holder: Holder,
): Promise<(name: string) => boolean> {
  if (!(await access.allows(tenantId, holder, 'tools:run'))) return () => true;
  const patterns = await access.toolsOf(tenantId, holder);
  return (name) => patterns.some((pattern) => covers(pattern, name));
}
