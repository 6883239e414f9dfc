import express, { type Router } from 'express';

export interface HealthOptions {
  /** Fails while the service cannot be used; by name. */
  checks: { readonly [name: string]: () => Promise<void> };
  version: string;
}

/** `/health/live`: the process answers. `/health/ready`: everything it stands on answers too. */
export function healthRoutes({ checks, version }: HealthOptions): Router {
  const router = express.Router();
  router.get('/health/live', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'up', version });
  });
  router.get('/health/ready', async (_request, response) => {
    const states = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => {
        const up = await check().then(
          () => true,
          () => false,
        );
        return [name, { status: up ? 'up' : 'down' }] as const;
      }),
    );
    const up = states.every(([, { status }]) => status === 'up');
    response
      .status(up ? 200 : 503)
      .set('Cache-Control', 'no-store')
      .json({ status: up ? 'up' : 'down', version, checks: Object.fromEntries(states) });
  });
  return router;
}
