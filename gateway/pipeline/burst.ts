import type { RequestHandler } from 'express';
import { type ClientAddress, countedAs } from '../limits/addresses.ts';
import type { Bursts } from '../limits/bursts.ts';
import { answerRefusal } from './errors.ts';

/** Keeps one address from keeping this process busy, before anybody is asked who they are. */
export function burst(bursts: Bursts, clientAddress: ClientAddress): RequestHandler {
  return (request, response, next) => {
    if (bursts.take(countedAs(clientAddress(request)))) return next();
    answerRefusal(response, {
      code: 'RATE_LIMITED',
      message: 'Expected fewer requests at once from one address, but there are too many; try again in 1 s',
      headers: { 'Retry-After': '1' },
    });
  };
}
