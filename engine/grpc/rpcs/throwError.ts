import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { readKey, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface ThrowErrorRequest {
  jobKey: Int64;
  errorCode: string;
  errorMessage: string;
  variables: string;
}

export const throwError: UnaryRpc<ThrowErrorRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.jobKey);
    if (!key.ok) return key;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const { errorCode, errorMessage } = request;
    const thrown = await broker.execute(
      commands.throwError(key.value, { errorCode, errorMessage, variables: variables.value }),
    );
    return thrown.ok ? ok({}) : failed(refused('THROW_ERROR', thrown.failure));
  },
};
