import express, { type Request, type Response, type Router } from 'express';
import { type Route, table } from '../api/index.ts';
import type { AnyHandler, Handlers } from '../resources/handler.ts';
import { answerRefusal, unknownRoute } from './errors.ts';
import type { Exchange, Stage } from './exchange.ts';

/** Routes of the table with their handlers: the stages, then the handler, then the answer. */
export function apiRouter(handlers: Handlers, stages: readonly Stage[]): Router {
  const router = express.Router();
  const methods = new Map<string, string[]>();
  for (const [resource, rows] of Object.entries(table) as [keyof Handlers, Record<string, Route>][]) {
    for (const [name, row] of Object.entries(rows)) {
      const handle = (handlers[resource] as Record<string, AnyHandler>)[name]!;
      const path = router.route(row.path);
      const method = row.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
      path[method]((request, response) => serve(row, handle, stages, request, response));
      methods.set(row.path, [...(methods.get(row.path) ?? []), row.method]);
    }
  }
  for (const [path, allowed] of methods) {
    router.all(path, (request, response) =>
      answerRefusal(response, {
        code: 'METHOD_NOT_ALLOWED',
        message: `Expected ${allowed.join(' or ')}, but got ${request.method}`,
        headers: { Allow: allowed.join(', ') },
      }),
    );
  }
  router.use(unknownRoute);
  return router;
}

async function serve(
  row: Route,
  handle: AnyHandler,
  stages: readonly Stage[],
  request: Request,
  response: Response,
): Promise<void> {
  const exchange: Exchange = { row, request, params: request.params, query: request.query, body: undefined };
  for (const stage of stages) {
    const passed = await stage(exchange);
    response.locals.tenantId = exchange.tenantId;
    response.locals.userId = exchange.principal?.userId;
    if (!passed.ok) return answerRefusal(response, passed.failure);
  }
  const result = await handle(exchange as never);
  if (!result.ok) return answerRefusal(response, result.failure);
  response.status(row.status).set('Cache-Control', 'no-store');
  if (row.etag) response.set('ETag', `"${(result.value as { hash: string }).hash}"`);
  if (row.status === 204) response.end();
  else response.json(result.value);
}
