import type { WebDeps } from './deps.ts';

/** The two secrets that subscriber ids and suppression hashes are made with. */
export async function secretsOf({ identitySecret, suppressionSecret }: Pick<WebDeps, 'identitySecret' | 'suppressionSecret'>) {
  const [identity, suppression] = await Promise.all([identitySecret(), suppressionSecret()]);
  return { identitySecret: identity, suppressionSecret: suppression };
}
