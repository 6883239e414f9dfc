import { z } from 'zod';
import { jsonObject, key } from '../common.ts';
import { route } from '../route.ts';

export const messageRoutes = {
  publish: route({
    method: 'POST',
    path: '/messages',
    summary: 'Publish a message to the processes that wait for it, or that it starts',
    permission: 'instances:start',
    body: z.object({
      name: z.string().min(1).max(1000),
      /** Which run is meant; '' starts processes only. */
      correlationKey: z.string().max(1000).default(''),
      /** ms it waits for a process that wants it. */
      timeToLive: z
        .number()
        .int()
        .min(0)
        .max(30 * 86_400_000)
        .default(0),
      /** A second one of the same id is refused while the first one waits. */
      messageId: z.string().min(1).max(1000).optional(),
      variables: jsonObject.default({}),
    }),
    response: z.object({ key }),
    status: 201,
    errors: ['ALREADY_EXISTS', 'INVALID_STATE', 'ENGINE_UNAVAILABLE', 'ENGINE_BUSY'],
  }),
};
