import type { RequestHandler, Response } from 'express';

const acceptable = /^[\w.-]{1,64}$/;

/** `X-Request-Id`: the caller's if it is a plain token, otherwise a new one; answered and logged with every line. */
export function requestId(newId: () => string): RequestHandler {
  return (request, response, next) => {
    const given = request.get('x-request-id');
    const id = given && acceptable.test(given) ? given : newId();
    response.locals.requestId = id;
    response.setHeader('X-Request-Id', id);
    next();
  };
}

export function requestIdOf(response: Response): string {
  return response.locals.requestId as string;
}
