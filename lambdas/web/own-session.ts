import { isOwnForm, type SignedIn, signedIn } from '../shared/pages/current-session.ts';
import type { FormPost, PageRequest } from '../shared/pages/page-route.ts';
import type { WebDeps } from './deps.ts';
import type { Holder } from './token-holder.ts';

type Whose = Pick<Holder, 'profile'>;

/**
 * The session of the person whose link this is, if the request comes with one. A link that was
 * passed on has none, nor has somebody else who is signed in. Customers have no sessions.
 */
export async function ownSession(request: PageRequest, { profile }: Whose, deps: WebDeps): Promise<SignedIn | undefined> {
  if (deps.realm !== 'staff') return undefined;
  const signed = await signedIn(request, deps);
  return signed?.profile.sid === profile.sid ? signed : undefined;
}

/**
 * Whether a link alone is enough: it is a customer's, or this is a form of its holder's session.
 */
export async function isTheirOwn(post: FormPost, whose: Whose, deps: WebDeps): Promise<boolean> {
  if (deps.realm !== 'staff') return true;
  const signed = await ownSession(post, whose, deps);
  return signed !== undefined && isOwnForm(post, signed);
}
