export interface BannerFacts {
  address: string;
  users: readonly { username: string; tenant: string }[];
  engine: string;
  /** Address of the embedded broker for Zeebe clients; undefined for a real cluster. */
  grpcAddress: string | undefined;
  documents: string;
  issuer: string;
  dataDirectory: string;
  /** ms from the start of the program. */
  readyAfter: number;
}

/** What a person needs to know when everything has started. */
export function banner(facts: BannerFacts): string {
  const users = facts.users.map(({ username, tenant }) => `${username} (${tenant})`).join(', ');
  return [
    '',
    `  Baton is ready at ${facts.address}   (${(facts.readyAfter / 1000).toFixed(1)} s)`,
    '',
    ...(users
      ? [`  Sign in as   ${users}`, '               development password = user name']
      : [`  Sign in at   ${facts.issuer}`]),
    `  Engine       ${facts.engine}${facts.grpcAddress ? `; Zeebe clients at ${facts.grpcAddress}` : ''}`,
    `  Documents    ${facts.documents}`,
    `  Data         ${facts.dataDirectory}`,
    `  API          ${facts.address}/docs`,
    '',
    '  Ctrl+C stops; nothing is lost.',
    '',
  ].join('\n');
}
