import { deployables, refusal } from './run.ts';
import type { Target } from './target.ts';

/** What became of one deployment: what is deployed, without versions, or the refusal. */
export async function deployment(
  { grpc }: Pick<Target, 'grpc'>,
  resources: readonly { name: string; content: Buffer }[],
): Promise<string> {
  try {
    const answer = await grpc.call<{
      deployments: { [kind: string]: { [field: string]: unknown } | null }[];
    }>('DeployResource', { resources });
    return answer.deployments
      .flatMap((one) => deployables.flatMap(([kind, id]) => (one[kind] ? `${kind} ${one[kind][id]}` : [])))
      .join(', ');
  } catch (error) {
    return refusal(error);
  }
}
