import { addressOf, type NotIdentified } from '../../../core/access/identity.ts';
import { ownPath } from '../../../core/access/own-path.ts';
import { beginFlow, flowCookie, flowSeconds, isStateOf, readFlow, type SignInFlow } from '../../../core/access/sign-in-flow.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { subscriberId } from '../../../core/subscriber/subscriber-id.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import { hostCookie } from '../../shared/pages/cookies.ts';
import { isOurHost } from '../../shared/pages/current-session.ts';
import type { PageRequest, PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import { bareAnswer } from '../../shared/pages/shell.tsx';
import { beginSession } from '../begin-session.ts';
import type { SignInWith, WebDeps } from '../deps.ts';
import { notFound } from '../refusals.ts';
import { type SignInProblem, signInProblem } from './sign-in-problem.tsx';

/** Sends the browser to the organisation's own sign-in. `again`: it asks even if it knows them. */
export const signInStartPage = (deps: WebDeps): PageRoute => ({
  path: '/sign-in/start',
  async get(request) {
    const known = await knownProvider(deps);
    if (!known) return notFound(deps);
    // The cookie is of our own host, where the provider sends the browser back to.
    if (!isOurHost(request.host, deps.publicUrl)) return seeOther(`${deps.publicUrl}${request.path}`);
    const to = ownPath(request.query.get('to'));
    const { cookie, flow } = beginFlow(deps.newSecret(), { to, now: deps.now() }, await deps.tokenKeys());
    const begun = await known.signInWith.provider.begin(flow, { again: request.query.has('again') });
    if (begun.kind === 'go') return seeOther(begun.url, [hostCookie(flowCookie, cookie, flowSeconds)]);
    return failed(begun, { ...known, request, to });
  },
});

/**
 * Where the provider sends the browser back to. Begins a session for somebody on the list of
 * readers. Whatever becomes of it, the sign-in that the browser began is over.
 */
export const signInCallbackPage = (deps: WebDeps): PageRoute => ({
  path: '/sign-in/callback',
  async get(request) {
    const known = await knownProvider(deps);
    if (!known) return notFound(deps);
    // A code works once, so a program that only looks may not use it up.
    if (request.isHead) return bareAnswer(405, { allow: 'GET' });
    const flow = readFlow(request.cookies[flowCookie] ?? '', deps.now(), await deps.tokenKeys());
    const isTheirs = flow !== undefined && isStateOf(request.query.get('state') ?? '', flow);
    const answer = isTheirs ? await comeBack(request, flow, known, deps) : told('another', { ...known, request });
    return { ...answer, cookies: [...(answer.cookies ?? []), hostCookie(flowCookie, '', 0)] };
  },
});

interface KnownProvider {
  readonly signInWith: SignInWith;
  readonly distribution: Distribution;
}

async function knownProvider({ signInWith, distribution }: WebDeps): Promise<KnownProvider | undefined> {
  const applied = signInWith && (await distribution());
  return applied && { signInWith, distribution: applied };
}

async function comeBack(request: PageRequest, flow: SignInFlow, known: KnownProvider, deps: WebDeps): Promise<HttpAnswer> {
  const { signInWith, distribution } = known;
  const here = { ...known, request, to: flow.to };
  const identified = await signInWith.provider.identify(request.query, flow);
  if (identified.kind !== 'identified') return failed(identified, here);
  const found = addressOf(identified.claims, { ...signInWith.trust, domains: distribution.organisation.domains });
  if (found.kind !== 'found') return told(found.kind, here);
  const sid = subscriberId('staff', found.address, await deps.identitySecret());
  const [profile] = await deps.people.readProfiles([{ realm: 'staff', sid }]);
  if (!profile || profile.suspended || profile.unconfirmed) return told('not on the list', here, found.address.written);
  const { cookie } = await beginSession(profile, 'sign-in', request, deps);
  signInWith.note({ became: 'signed in', subscriber: sid });
  return seeOther(flow.to ?? '/', [cookie]);
}

type Here = KnownProvider & { readonly request: PageRequest; readonly to?: string | undefined };

const failed = ({ kind, reason }: NotIdentified, here: Here) => told(kind, here, undefined, reason);

/** Tells the person what to do, and operators what happened. */
function told(problem: SignInProblem, { signInWith, distribution, request, to }: Here, address?: string, reason?: string): HttpAnswer {
  const { requestId } = request;
  signInWith.note({ became: problem, reason, request: requestId });
  return signInProblem(problem, distribution, { to, address, requestId });
}
