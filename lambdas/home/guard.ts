import { type HomeRights, homeRights } from '../../core/access/home-rights.ts';
import { type Scope, scopes } from '../../core/access/scope.ts';
import { freshMs } from '../../core/access/session.ts';
import type { Distribution } from '../../core/distribution/distribution.ts';
import type { HttpAnswer } from '../shared/http-answer.ts';
import { isOwnForm, type SignedIn, signedIn, signInFirst } from '../shared/pages/current-session.ts';
import type { FormPost, PageRequest, PageRoute } from '../shared/pages/page-route.ts';
import { type Api, apiFor, RouteRefused } from './api.ts';
import type { HomeDeps } from './deps.ts';
import type { HomePath } from './env.ts';
import { notHere, notYourForm, refusedBy, signInAgain } from './refusals.ts';

/** Somebody in front of a page who may see it. */
export interface Visit {
  readonly signed: SignedIn;
  readonly rights: HomeRights;
  /** The file in force. */
  readonly distribution: Distribution;
  /** Its hash. */
  readonly hash: string;
  /** The routes, as this person. */
  readonly api: Api;
  readonly now: Date;
}

export interface HomePage {
  readonly path: HomePath;
  /** Reads only. */
  readonly get: (visit: Visit & { readonly request: PageRequest }) => Promise<HttpAnswer>;
  readonly post?: Omit<NonNullable<PageRoute['post']>, 'answer' | 'fromAnywhere'> & {
    readonly answer: (visit: Visit & { readonly request: FormPost }) => Promise<HttpAnswer>;
  };
}

/**
 * A page for operators. Its forms need a session that was begun within twelve hours, and so does a
 * page that only asks whether to do something (`asks`), so that nobody is asked in vain. A form
 * that only looks for something (`searches`) does not.
 */
export const operatorPage = (deps: HomeDeps, page: HomePage & { readonly asks?: true; readonly searches?: true }): PageRoute =>
  guarded(deps, page, { may: ({ isOperator }) => isOperator, ...(!page.searches && { staleFrom: page.asks ? 'get' : 'post' }) });

/** A page for authors. Operators may write too. */
export const authorPage = (deps: HomeDeps, page: HomePage): PageRoute => guarded(deps, page, { may: ({ isAuthor }) => isAuthor });

/** For everybody of staff: it shows what anybody may read. Routes answer as to a reader's key. */
export const staffPage = (deps: HomeDeps, page: HomePage): PageRoute =>
  guarded(deps, page, { may: ({ isStaff }) => isStaff, scopes: ['read'] });

/**
 * Operators have every scope; no page makes a key, and the function's role could not. A page for
 * authors asks first whose postmortem it is.
 */
const scopesOf = ({ isOperator }: HomeRights): readonly Scope[] => (isOperator ? scopes : ['publish', 'actions']);

interface Rule {
  readonly may: (rights: HomeRights) => boolean;
  /** @default those of this person */
  readonly scopes?: readonly Scope[];
  /** What an old session is refused. @default nothing */
  readonly staleFrom?: 'get' | 'post';
}

function guarded(deps: HomeDeps, { path, get, post }: HomePage, { may, scopes: asked, staleFrom }: Rule): PageRoute {
  const apiOf = apiFor(deps);
  const visitOf = async (request: PageRequest): Promise<Visit | HttpAnswer> => {
    const signed = await signedIn(request, deps);
    if (!signed) return signInFirst(request, deps);
    const inForce = await deps.operator.distribution.read();
    const rights = inForce && homeRights(signed.profile, inForce.distribution);
    if (!rights || !may(rights)) return notHere();
    const caller = { id: signed.profile.sid, label: 'person', scopes: asked ?? scopesOf(rights) };
    return { ...inForce, signed, rights, api: apiOf(caller, request.requestId), now: deps.now() };
  };
  return {
    path,
    async get(request) {
      const visit = await visitOf(request);
      if (!('signed' in visit)) return visit;
      if (staleFrom === 'get' && !isFresh(visit)) return signInAgain(request.path);
      return orRefusal(() => get({ ...visit, request }), request);
    },
    ...(post && {
      post: {
        ...post,
        async answer(request) {
          const visit = await visitOf(request);
          if (!('signed' in visit)) return visit;
          if (!isOwnForm(request, visit.signed)) return notYourForm(request.path);
          if (staleFrom && !isFresh(visit)) return signInAgain(request.path);
          return orRefusal(() => post.answer({ ...visit, request }), request);
        },
      },
    }),
  };
}

const isFresh = ({ signed, now }: Visit) => now.getTime() - Date.parse(signed.session.createdAt) <= freshMs;

async function orRefusal(work: () => Promise<HttpAnswer>, { path }: PageRequest): Promise<HttpAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RouteRefused)) throw error;
    return error.problem.status === 404 ? notHere() : refusedBy(error.problem, path);
  }
}
