import { table } from '@baton/gateway/api';
import { command, exitCodes, failure, refused } from '../command.ts';
import { tell } from '../tell.ts';

export const login = command({
  name: 'login',
  summary: 'Sign in, and stay signed in',
  about: [
    'Asks for name and password. What the server gives for them is kept for you alone and renewed by itself; the password is not kept.',
  ],
  arguments: { server: { help: 'address of the product; the one used last without it', optional: true } },
  options: {
    username: { type: 'text', short: 'u', value: 'name', help: 'Who signs in; asked for without it' },
    'password-stdin': { type: 'flag', help: 'Read the password from standard input' },
    'api-key-stdin': { type: 'flag', help: 'Read a key of the tenant from standard input, and use that' },
  },
  examples: [
    { line: 'baton login https://baton.example', does: 'Sign in as a person' },
    { line: 'baton login --api-key-stdin < key.txt', does: 'Sign a program in by its key' },
  ],
  async run({ arguments: { server: asked }, options }, context) {
    const { signIn, input, output } = context;
    const server =
      asked === undefined ? signIn.server : /^https?:\/\//.test(asked) ? asked : `https://${asked}`;
    if (!URL.canParse(server))
      return failure(`Expected an address like https://baton.example, but it is '${asked}'`);
    const fromInput = async () => {
      const text = await input.text();
      return text.ok ? { ok: true as const, value: text.value.replace(/\r?\n$/, '') } : text;
    };
    if (options['api-key-stdin']) {
      const key = await fromInput();
      if (!key.ok) return failure(key.failure.message);
      if (!/^\S+$/.test(key.value)) return failure('Expected a key on standard input, but there is none');
      const made = await signIn.withApiKey(server, key.value);
      if (!made.ok) return made.failure;
      output.say(`Signed in to ${made.value.tenant} at ${made.value.server} by a key.`);
      return exitCodes.fine;
    }
    const name = options.username
      ? { ok: true as const, value: options.username }
      : await input.ask('User name: ');
    if (!name.ok) return failure(name.failure.message);
    const password = options['password-stdin'] ? await fromInput() : await input.ask('Password: ', true);
    if (!password.ok) return failure(password.failure.message);
    if (name.value === '' || password.value === '')
      return failure('Expected a name and a password, but one of them is empty');
    const made = await signIn.withPassword(server, name.value, password.value);
    if (!made.ok) return made.failure;
    output.say(`Signed in to ${made.value.tenant} at ${made.value.server} as ${made.value.username}.`);
    return exitCodes.fine;
  },
});

export const logout = command({
  name: 'logout',
  summary: 'Sign out: the session ends at the server, and nothing of it is kept',
  arguments: {},
  options: {},
  examples: [{ line: 'baton logout', does: 'Sign out' }],
  async run(_asked, { signIn, output }) {
    const left = await signIn.leave();
    if (!left.ok) return left.failure;
    output.say(`Signed out at ${signIn.server}.`);
    return exitCodes.fine;
  },
});

export const whoami = command({
  name: 'whoami',
  summary: 'Who one is to the server, and what one may do there',
  arguments: {},
  options: {},
  examples: [{ line: 'baton whoami -o json', does: 'With all permissions, for programs' }],
  title: 'Who am I',
  async run(_asked, context) {
    const me = await context.api.call(table.session.me);
    if (!me.ok) return refused(me.failure);
    const { user, tenant, roles } = me.value;
    await tell(context, {
      value: { server: context.signIn.server, ...me.value },
      names: [user.username],
      lines: ({ paint }) => [
        `${paint.strong(user.username)} in ${tenant.name} (${tenant.id}) at ${context.signIn.server}`,
        `${paint.faint('roles')}  ${roles.join(', ') || 'none'}`,
      ],
    });
    return exitCodes.fine;
  },
});
