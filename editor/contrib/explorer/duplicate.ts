import { ok, type Result } from '@baton/engine/protocol';
import type { Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { VersionedKind } from '../../platform/versionedKinds.ts';

/** Makes another one of each, saying what the latest version says; answers those that were made. */
export async function duplicate(
  { documents, versionedKinds }: Platform,
  resources: readonly Resource[],
): Promise<Result<readonly Resource[], Failure>> {
  const made: Resource[] = [];
  for (const { kind, id } of resources) {
    const versioned = versionedKinds.get(kind);
    if (!versioned) continue;
    const latest = await versioned.calls(id).latest();
    if (!latest.ok) return latest;
    const { name, content } = latest.value.resource;
    const taken = new Set([
      ...(documents.folder(kind)?.entries ?? []).map((entry) => entry.name),
      ...made.filter((other) => other.kind === kind).map((other) => other.name),
    ]);
    const called = copyName(versioned, name, (wanted) => taken.has(wanted));
    const copy = await versioned.create(called, versioned.copied?.(content, called) ?? content);
    if (!copy.ok) return copy;
    made.push({ kind, id: copy.value.id, name: copy.value.name });
  }
  return ok(made);
}

/** `Refund approval` becomes `Refund approval copy`, `triage` becomes `triage-copy`, then with numbers. */
export function copyName(
  { wrongName }: Pick<VersionedKind, 'wrongName'>,
  name: string,
  taken: (name: string) => boolean,
): string {
  const joint = wrongName(`${name} copy`) === undefined ? ' ' : '-';
  const base = name.replace(/[ -]copy([ -]\d+)?$/, '');
  for (let number = 1; ; number++) {
    const wanted = [base, 'copy', ...(number > 1 ? [number] : [])].join(joint);
    if (!taken(wanted)) return wanted;
  }
}
