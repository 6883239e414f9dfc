import { network } from '@baton/gateway/api';

/** Which of the addresses and networks are none. */
export function wrongNetworks(typed: readonly string[]): readonly string[] {
  return typed.filter((each) => !network.safeParse(each).success);
}
