import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { type JobResultMessage, readJobResult } from '../jobResult.ts';
import { readKey, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface CompleteJobRequest {
  jobKey: Int64;
  variables: string;
  result?: JobResultMessage | null;
}

export const completeJob: UnaryRpc<CompleteJobRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.jobKey);
    if (!key.ok) return key;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const result = readJobResult(request.result);
    if (!result.ok) return result;
    const completed = await broker.execute(commands.completeJob(key.value, variables.value, result.value));
    return completed.ok ? ok({}) : failed(refused('COMPLETE', completed.failure));
  },
};
