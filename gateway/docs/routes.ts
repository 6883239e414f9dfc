import express, { type Router } from 'express';
import { openApi } from './openapi.ts';
import { docsPage } from './page.ts';

/** `/docs` for people, `/docs/openapi.json` for programs; both from the route table. */
export function docsRoutes(origin: string, version: string): Router {
  const router = express.Router();
  let document: unknown;
  let page: string | undefined;
  router.get('/docs/openapi.json', (_request, response) => {
    document ??= openApi(origin, version);
    response.set('Cache-Control', 'no-cache').json(document);
  });
  router.get('/docs', (_request, response) => {
    page ??= docsPage(origin, version);
    response.set('Cache-Control', 'no-cache').type('html').send(page);
  });
  return router;
}
