import { cross, escapeHtml, page } from '../page.ts';

export interface SignInPage {
  /** Kept when the password was wrong. */
  username: string;
  error: string | undefined;
  /** Development users, offered as one-click sign-in. */
  people: { username: string; name: string; tenant: string }[];
}

export function signInPage({ username, error, people }: SignInPage): string {
  const invalid = error ? ' aria-invalid="true" aria-describedby="error"' : '';
  const focusPassword = username !== '';
  return page(
    'Sign in',
    `<div><h1>Sign in to Baton</h1><p class="dim">Workflows of agents, tools and people.</p></div>
<form method="post">
<div class="field"><label for="username">User name</label>
<input id="username" name="username" value="${escapeHtml(username)}" autocomplete="username" autocapitalize="none" spellcheck="false" required${focusPassword ? '' : ' autofocus'}></div>
<div class="field"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required${focusPassword ? ' autofocus' : ''}${invalid}>
${error ? `<p class="error" id="error" role="alert">${cross}<span>${escapeHtml(error)}</span></p>` : ''}</div>
<button class="primary" type="submit">Sign in</button>
</form>${people.length > 0 ? oneClick(people) : ''}`,
  );
}

function oneClick(people: SignInPage['people']): string {
  const buttons = people.map(
    ({ username, name, tenant }) =>
      `<button type="submit" name="as" value="${escapeHtml(username)}" title="${escapeHtml(name)}"><span>${escapeHtml(username)}</span><small>${escapeHtml(tenant)}</small></button>`,
  );
  return `
<div class="or"><span>development users: password = user name</span></div>
<form method="post"><div class="people">${buttons.join('')}</div></form>`;
}
