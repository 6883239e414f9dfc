import { z } from 'zod';
import { resourceName } from '../common.ts';
import { route } from '../route.ts';
import { email, password, personName, username } from './users.ts';

export const registrationRoutes = {
  create: route({
    method: 'POST',
    path: '/registrations',
    summary: 'Make a tenant of one’s own and become its owner, where the installation lets strangers do so',
    permission: 'public',
    body: z.object({
      tenant: z.object({ id: resourceName, name: personName }),
      username,
      name: personName,
      email,
      password,
    }),
    response: z.object({ username: z.string(), tenant: z.object({ id: z.string(), name: z.string() }) }),
    status: 201,
    errors: ['REGISTRATION_CLOSED', 'ALREADY_EXISTS', 'ISSUER_UNAVAILABLE'],
    secret: true,
  }),
};
