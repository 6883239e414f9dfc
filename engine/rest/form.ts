import type { Deployed } from '@baton/engine/broker';
import { type FormValue, ok, type Result } from '@baton/engine/protocol';
import type { Problem } from './problem.ts';
import type { RestAnswer } from './route.ts';

/** A deployed form as tasks and processes show it; no content when there is none. */
export function formAnswer(form: Deployed<FormValue> | undefined): Result<RestAnswer, Problem> {
  if (!form) return ok({ status: 204 });
  const { key, tenantId, value } = form;
  const { formId, version, resource } = value;
  return ok({
    status: 200,
    json: { formKey: String(key), formId, version, schema: JSON.parse(resource), tenantId },
  });
}
