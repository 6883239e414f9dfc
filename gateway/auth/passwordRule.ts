/** Characters a new password has at least and at most. */
export const passwordLength = { least: 10, most: 200 };

/** What is wrong with a new password, as "Expected …, but …"; undefined when it will do. */
export function passwordProblem(password: string, user: { username: string; email: string }) {
  const { least, most } = passwordLength;
  const length = [...password].length;
  if (length < least || length > most)
    return `Expected a password of ${least} to ${most} characters, but it has ${length}`;
  const given = password.toLowerCase();
  if (given === user.username.toLowerCase() || given === user.email.toLowerCase())
    return 'Expected a password that nobody guesses, but it is the user name or the e-mail address';
  if (new Set(given).size < 4)
    return 'Expected a password that nobody guesses, but it repeats the same few characters';
  return undefined;
}
