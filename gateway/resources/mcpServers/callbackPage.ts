import express, { type Router } from 'express';
import { mcpAuthorizationChannel } from '../../api/index.ts';
import { allowScript, page, problemPage } from '../../auth/page.ts';
import { callbackPath } from './authorization.ts';

/**
 * Where issuers of MCP servers send browsers back to. It hands what they gave to the window that began the sign-in, which
 * asks the API with the person's own token: a link somebody else sent signs nobody in.
 */
export function mcpCallbackPage(): Router {
  const router = express.Router();
  router.get(callbackPath, (request, response) => {
    const { error, error_description: description, state, code } = request.query;
    response.set('Cache-Control', 'no-store').set('Referrer-Policy', 'no-referrer').type('html');
    if (typeof error === 'string') {
      const why = typeof description === 'string' && description !== '' ? description : error;
      response
        .status(400)
        .send(problemPage('Not signed in', `The server’s issuer answered: ${why.slice(0, 500)}`));
    } else if (typeof state !== 'string' || typeof code !== 'string') {
      response
        .status(400)
        .send(problemPage('Not signed in', 'The address is not complete. Begin the sign-in again.'));
    } else {
      allowScript(response, script);
      response.send(waiting());
    }
  });
  return router;
}

const waiting = () =>
  page(
    'Signing in',
    `<div role="status"><h1 id="title">Signing in …</h1><p class="dim" id="text">Baton’s window takes over what the server’s issuer gave.</p></div>
<noscript><p class="error">This page needs scripts to be allowed.</p></noscript>
<script>${script}</script>`,
  );

const script = `
const given = new URLSearchParams(location.search);
const state = given.get('state');
history.replaceState(null, '', location.pathname);
const channel = new BroadcastChannel(${JSON.stringify(mcpAuthorizationChannel)});
function tell(title, text) {
  document.getElementById('title').textContent = title;
  document.getElementById('text').textContent = text;
}
const nobody = window.setTimeout(() => {
  tell('Not signed in', 'The window that began the sign-in is not open any more. Go back to Baton and begin again.');
}, 5000);
channel.onmessage = ({ data }) => {
  if (!data || data.kind !== 'taken' || data.state !== state) return;
  window.clearTimeout(nobody);
  tell('Almost done', 'You can close this window and go back to Baton.');
  channel.close();
  window.close();
};
const answer = { kind: 'answer', state, code: given.get('code') };
if (given.has('iss')) answer.iss = given.get('iss');
channel.postMessage(answer);
`;
