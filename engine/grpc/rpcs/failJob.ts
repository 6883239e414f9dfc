import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { readKey, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface FailJobRequest {
  jobKey: Int64;
  retries: number;
  errorMessage: string;
  retryBackOff: Int64;
  variables: string;
}

export const failJob: UnaryRpc<FailJobRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.jobKey);
    if (!key.ok) return key;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const failure = await broker.execute(
      commands.failJob(key.value, {
        retries: request.retries,
        errorMessage: request.errorMessage,
        retryBackoff: int64(request.retryBackOff),
        variables: variables.value,
      }),
    );
    return failure.ok ? ok({}) : failed(refused('FAIL', failure.failure));
  },
};
