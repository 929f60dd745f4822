import { linkDays } from '../../../core/access/token.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { readersPress } from '../../../core/preferences/change-settings.ts';
import { mutedReasons } from '../../../core/preferences/muted-reasons.ts';
import { isLeadOf, type Said, sayOfReason, unsayOfReason } from '../../../core/preferences/say-of-reason.ts';
import { reasonWords } from '../../../core/relevance/reason-words.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood, tooOften } from '../../shared/pages/refusals.tsx';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { WebDeps } from '../deps.ts';
import { teamKeyOf } from '../keep-reading.ts';
import { isTheirOwn, ownSession } from '../own-session.ts';
import { pathTo } from '../path-to.ts';
import { notFound } from '../refusals.ts';
import { type Holder, holderOf } from '../token-holder.ts';
import { expiredLinkPage } from './expired.tsx';
import { mutedDone, mutedView } from './muted/view.tsx';

/** A reason's key of 400 letters that take nine bytes each in a form. */
const formBytes = 8 * 1024;

/**
 * The reasons that a reader's team muted and those that they called not relevant themselves, in
 * words, with what takes their own press back. It does not say who else pressed.
 */
export const mutedPage = (deps: WebDeps): PageRoute => ({
  path: '/muted/{token}',
  async get(request) {
    const visit = await visitOf(request.params.token, deps);
    if ('answer' in visit) return visit.answer;
    const { holder, distribution, path } = visit;
    const { profile } = holder;
    const team = teamKeyOf(profile);
    const presses = team === undefined ? [] : await deps.teamFeedback.of(team);
    const muted = mutedReasons(profile, team, presses, await deps.identitySecret());
    const taxonomy = taxonomyOf(distribution);
    const signed = await ownSession(request, holder, deps);
    return mutedView({
      whose: distribution,
      address: profile.address,
      signed,
      teamName: team && profile.team?.trim(),
      ...muted,
      words: (key) => reasonWords(key, taxonomy),
      done: mutedDone.find((one) => one === request.query.get('done')),
      path,
      preferences: pathTo(deps, `/p/${request.params.token}`),
    });
  },
  post: { maxBytes: formBytes, answer: (post) => pressed(post, deps) },
});

interface Visit {
  readonly holder: Holder;
  readonly distribution: Distribution;
  readonly path: string;
}

async function visitOf(token: string | undefined, deps: WebDeps): Promise<Visit | { readonly answer: HttpAnswer }> {
  const holder = await holderOf(token, 'preferences', deps);
  const distribution = holder && (await deps.distribution());
  if (!holder || !distribution) return { answer: notFound(deps) };
  if (holder.kind === 'holder') return { holder, distribution, path: pathTo(deps, `/muted/${token}`) };
  const words = `Links to your settings are valid for ${linkDays('preferences')} days. Each of our mails has a newer one: “What you get” leads here.`;
  return { answer: expiredLinkPage(distribution, { words }) };
}

async function pressed(post: FormPost, deps: WebDeps): Promise<HttpAnswer> {
  const visit = await visitOf(post.params.token, deps);
  if ('answer' in visit) return visit.answer;
  const { holder, distribution, path } = visit;
  const { profile } = holder;
  if (!deps.mayPress(profile.sid)) return tooOften();
  const done = mutedDone.find((one) => one === post.form.get('press'));
  const reason = post.form.get('reason') ?? '';
  if (!done || !(await isTheirs(reason, visit, deps))) return notUnderstood();
  const isProven = await isTheirOwn(post, holder, deps);
  const act = readersPress(isProven ? 'session' : 'page');
  const team = teamKeyOf(profile);
  const said: Said = { team, reason, says: done === 'unsay-useful' || done === 'useful' ? 'useful' : 'not relevant' };
  const all = { ...deps, distribution };
  const outcome =
    done === 'useful'
      ? await sayOfReason(profile, { ...said, isLead: isProven && isLeadOf(team, profile, distribution) }, act, all)
      : await unsayOfReason(profile, said, act, all);
  return outcome.kind === 'saved' ? seeOther(`${path}?done=${done}`) : notFound(deps);
}

/** A reason of which they or their team said something. Nobody makes rows of others. */
async function isTheirs(reason: string, { holder: { profile } }: Visit, deps: WebDeps): Promise<boolean> {
  if (Object.values(profile.streams).some((settings) => settings?.notRelevant?.includes(reason))) return true;
  const team = teamKeyOf(profile);
  return team !== undefined && (await deps.teamFeedback.of(team)).some((one) => one.reason === reason);
}
