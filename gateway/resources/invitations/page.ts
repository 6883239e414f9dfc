import express, { type Response, type Router } from 'express';
import { allowScript, cross, escapeHtml, page, problemPage } from '../../auth/page.ts';
import { passwordLength } from '../../auth/passwordRule.ts';
import type { Handlers } from '../handler.ts';

type Look = Handlers['invitations']['look'];
type Invited = Extract<Awaited<ReturnType<Look>>, { ok: true }>['value'];

/** `/invitations/<secret>`: what the bearer of a link sees. The form itself goes to the API, like any program's. */
export function invitationPages(look: Look): Router {
  const router = express.Router();
  router.get('/invitations/:token', async (request, response) => {
    const { token } = request.params;
    const known = /^[\w-]{43}$/.test(token);
    const found = known ? await look(questionOf(token)) : undefined;
    if (found?.ok) {
      allowScript(response, script);
      return send(response, 200, invitationPage(token, found.value));
    }
    const status = (found?.failure.details as { status?: keyof typeof ended } | undefined)?.status;
    const [title, message] =
      found?.failure.code === 'TENANT_SUSPENDED' ? suspended : status ? ended[status] : unknown;
    send(response, status ? 410 : 404, problemPage(title, message));
  });
  return router;
}

function send(response: Response, status: number, html: string): void {
  response.status(status).set('Cache-Control', 'no-store').type('html').send(html);
}

const nobodyWaits = new AbortController().signal;

function questionOf(token: string): Parameters<Look>[0] {
  const nobody = { principal: undefined, tenantId: undefined, params: undefined, query: undefined };
  return { ...nobody, body: { token }, address: '', audit: {}, signal: nobodyWaits, emit: undefined };
}

const again = 'Ask who invited you for a new link.';
const unknown = ['No such invitation', `The link is not complete, or it never was one. ${again}`] as const;
const suspended = ['Not now', 'The tenant you are invited to is suspended. Try again later.'] as const;
const ended = {
  expired: ['This invitation has expired', `Its time is over. ${again}`],
  accepted: ['This invitation was used', 'If that was you, sign in with the name you chose.'],
  revoked: ['This invitation was taken back', again],
} as const;

interface Field {
  name: string;
  label: string;
  hint: string;
  attributes: string;
}

function field({ name, label, hint, attributes }: Field): string {
  return `<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" required aria-describedby="${name}-hint" ${attributes}>
<p class="hint" id="${name}-hint">${hint}</p>
<p class="error" id="${name}-error" role="alert" hidden>${cross}<span></span></p></div>`;
}

function invitationPage(token: string, { tenant, email, roles, expiresAt }: Invited): string {
  const name = escapeHtml(tenant.name);
  const until = expiresAt.replace('T', ' ').slice(0, 16);
  return page(
    `Join ${tenant.name}`,
    `<div id="open"><h1>Join ${name}</h1><p class="dim">${escapeHtml(email)} is invited as ${escapeHtml(roles.join(', '))}, until <time>${until} UTC</time>.</p></div>
<noscript><p class="error">${cross}<span>This page needs scripts to be allowed.</span></p></noscript>
<form data-token="${token}">
${field({ name: 'name', label: 'Your name', hint: 'As others see it.', attributes: 'autocomplete="name" maxlength="100" autofocus' })}
${field({ name: 'username', label: 'User name', hint: 'You sign in with it: lower-case letters, digits and . _ @ + -', attributes: 'autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="63"' })}
${field({ name: 'password', label: 'Password', hint: `${passwordLength.least} characters or more.`, attributes: `type="password" autocomplete="new-password" maxlength="${passwordLength.most}"` })}
<p class="error" id="other-error" role="alert" hidden>${cross}<span></span></p>
<button class="primary" type="submit">Join ${name}</button>
</form>
<div id="done" tabindex="-1" hidden><h1>Welcome to ${name}</h1><p class="dim">You are <strong></strong> from now on.</p></div>
<a class="button primary" id="sign-in" href="/" hidden>Sign in</a>
<script>${script}</script>`,
  );
}

/** Posts the form to the API and shows its answer at the field it is about. */
const script = `
const form = document.querySelector('form');
const button = form.querySelector('button');
const fields = ['name', 'username', 'password'];
function tell(name, text) {
  const error = document.getElementById(name + '-error');
  error.hidden = !text;
  error.querySelector('span').textContent = text || '';
  const input = form.elements[name];
  if (!input) return;
  input.toggleAttribute('aria-invalid', false);
  if (text) input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', text ? name + '-error' : name + '-hint');
  document.getElementById(name + '-hint').hidden = Boolean(text);
}
function place(problem) {
  if (problem.error_code === 'ALREADY_EXISTS') return ['username', 'This name is taken. Choose another one.'];
  const issue = problem.details && problem.details.issues && problem.details.issues[0];
  const name = issue && issue.path[1];
  return fields.includes(name) ? [name, issue.message] : ['other', problem.message];
}
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  for (const name of [...fields, 'other']) tell(name);
  button.disabled = true;
  try {
    const body = { token: form.dataset.token };
    for (const name of fields) body[name] = form.elements[name].value;
    const answer = await window.fetch('/api/invitations/accept', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const told = await answer.json();
    if (answer.status === 410 || answer.status === 404) return location.reload();
    if (!answer.ok) {
      const [name, text] = place(told);
      tell(name, text);
      (form.elements[name] || button).focus();
      return;
    }
    form.hidden = true;
    document.getElementById('open').hidden = true;
    const done = document.getElementById('done');
    done.querySelector('strong').textContent = told.username;
    done.hidden = false;
    document.getElementById('sign-in').hidden = false;
    document.getElementById('sign-in').focus();
  } catch {
    tell('other', 'Baton cannot be reached. Try again in a moment.');
  } finally {
    button.disabled = false;
  }
});
`;
