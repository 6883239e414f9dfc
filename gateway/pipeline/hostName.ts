import type { RequestHandler } from 'express';
import { isLoopback } from '../dependencies.ts';
import { answerRefusal } from './errors.ts';

/**
 * A server for this machine only answers to this machine's names: a page elsewhere that lets its own name point here
 * (DNS rebinding) would otherwise be of our origin to the browser.
 */
export function hostName(listensOn: string, publicUrl: string | undefined): RequestHandler {
  if (!isLoopback(listensOn) || publicUrl !== undefined) return (_request, _response, next) => next();
  /** Clients ask for the same host again and again. */
  let knownGood: string | undefined;
  return (request, response, next) => {
    const { host } = request.headers;
    if (host !== undefined && host === knownGood) return next();
    const address = `http://${host}`;
    const asked = URL.canParse(address) ? new URL(address).hostname : '';
    if (isLoopback(asked) || asked.endsWith('.localhost')) {
      knownGood = host;
      return next();
    }
    answerRefusal(response, {
      code: 'HOST_UNKNOWN',
      message: `Expected a name of this machine in the address, but got '${asked.slice(0, 100)}'`,
    });
  };
}
