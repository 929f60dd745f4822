import { linkEnds } from '../../../core/access/token.ts';
import type { ActionRow } from '../../../core/action/action.ts';
import { actionKeyOf } from '../../../core/action/action-key.ts';
import { decidedAction, whyAsked } from '../../../core/action/decided.ts';
import { reattachAction } from '../../../core/action/reattach.ts';
import { statusOf } from '../../../core/action/status.ts';
import { localDay } from '../../../core/calendar/period.ts';
import { PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { pressSimilar, readerWho, readSimilarPress } from '../../../core/relevance/press-similar.ts';
import { nobodyToAsk, ownedBy } from '../../../core/reminder/resolve-owner.ts';
import { LeadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { choiceFlaws, isDecidable, type LeftUndecided, leftUndecided } from '../../../core/review/decide.ts';
import { isOwnAccount, readHolders, signersOf } from '../../../core/review/office.ts';
import { effectiveFrom, type FormOutcome, pressDecisions } from '../../../core/review/press-decisions.ts';
import type { Review } from '../../../core/review/review.ts';
import { openReviewsFor } from '../../../core/review/sign-off.ts';
import { suggestions } from '../../../core/review/suggestions.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import type { FormPost, PageRequest, PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood, tooOften } from '../../shared/pages/refusals.tsx';
import type { SimilarOutcome } from '../../shared/postmortem/similar-forms.tsx';
import { type DecidingReviewer, deciderOf, type ExpiredReviewer } from '../decider.ts';
import type { WebDeps } from '../deps.ts';
import { accountPathFor, pathTo } from '../path-to.ts';
import { notShown } from '../refusals.ts';
import { beforeOf } from './decisions/before.tsx';
import { listPage } from './decisions/list-view.tsx';
import { type Acting, type Lack, type Notice, postmortemPage, type Signing } from './decisions/postmortem-view.tsx';
import { fieldsOf, readDecisions, type SentDecision, typedDecisions } from './decisions/read-decisions.ts';
import { fieldWith, refusedWords, type ShownAction, type Telling } from './decisions/view.tsx';
import { expiredLinkPage, newLinkMailedPage, renewable } from './expired.tsx';

/** So many actions stand on one page: their reasons fit into one form. */
const actionsOnPage = 30;
/** Thirty reasons of 500 letters that take nine bytes each in a form, and their names. */
const formBytes = 160 * 1024;

/** What waits for a reviewer. */
export const decisionsPage = (deps: WebDeps): PageRoute => ({
  path: '/decisions/{token}',
  async get({ params }) {
    const reviewer = await deciderOf(params.token, deps);
    if ('answer' in reviewer) return reviewer.answer;
    return 'expired' in reviewer ? expiredLinkPage(reviewer.distribution, renewable.decisions) : list(reviewer, deps);
  },
  post: { named: 'new-link', answer: (post) => pressedExpired(post, deps) },
});

/** One postmortem, where a reviewer decides on its actions and signs it off. */
export const decisionPage = (deps: WebDeps): PageRoute => ({
  path: '/decisions/{token}/{postmortem}',
  async get(request) {
    const reviewer = await deciderOf(request.params.token, deps);
    if ('answer' in reviewer) return reviewer.answer;
    if ('expired' in reviewer) return expiredLinkPage(reviewer.distribution, renewable.decisions);
    const visit = await visitOf(request, reviewer, deps);
    return visit ? shown(visit, deps) : nothingShown(reviewer, deps);
  },
  post: {
    maxBytes: formBytes,
    async answer(post) {
      const reviewer = await deciderOf(post.params.token, deps);
      if ('answer' in reviewer) return reviewer.answer;
      if ('expired' in reviewer)
        return post.form.get('press') === 'new-link'
          ? mailed(reviewer, deps)
          : expiredLinkPage(reviewer.distribution, { ...renewable.decisions, typed: typedDecisions(post.form) });
      if (!deps.mayPress(reviewer.holder.profile.sid)) return tooOften();
      const visit = await visitOf(post, reviewer, deps);
      if (!visit) return nothingShown(reviewer, deps);
      switch (post.form.get('press')) {
        case 'decide':
          return decided(visit, post.form, deps);
        case 'reattach':
          return reattached(visit, post.form, deps);
        case 'similar':
          return pressedSimilar(visit, post.form, deps);
        default:
          return notUnderstood();
      }
    },
  },
});

/** A new link goes to its owner alone. Whoever opened the old one sees none. */
async function pressedExpired({ params, form }: FormPost, deps: WebDeps) {
  const reviewer = await deciderOf(params.token, deps);
  if ('answer' in reviewer) return reviewer.answer;
  if (!('expired' in reviewer) || form.get('press') !== 'new-link') return notUnderstood();
  return mailed(reviewer, deps);
}

async function mailed({ expired, distribution }: ExpiredReviewer, deps: WebDeps) {
  if (!deps.mayPress(expired.profile.sid)) return tooOften();
  await deps.mail({ kind: 'decisions', about: '', realm: deps.realm, subscriber: expired.profile.sid });
  return newLinkMailedPage(distribution);
}

const actingOf = ({ holder: { profile, claims }, office }: DecidingReviewer): Acting => ({
  name: profile.name,
  address: profile.address,
  as: office.as,
  until: linkEnds(claims),
});

const pathOf = (deps: WebDeps, token: string, postmortem?: string) =>
  pathTo(deps, postmortem === undefined ? `/decisions/${token}` : `/decisions/${token}/${postmortem}`);

async function list(reviewer: DecidingReviewer, deps: WebDeps) {
  const { distribution, holder, token } = reviewer;
  const now = deps.now();
  const [reviews, archive] = await Promise.all([deps.reviewLists.open(), deps.archives.of('leadership')]);
  const open = openReviewsFor(reviews).flatMap((review) => {
    const told = archive.read(review.postmortem);
    return told ? [{ review, told, path: pathOf(deps, token, review.postmortem) }] : [];
  });
  return listPage({
    whose: distribution,
    acting: actingOf(reviewer),
    today: localDay(now, distribution.organisation.zone).toString(),
    open,
    awaited: reviews.filter((review) => review.state === 'awaiting postmortem').filter(({ hidden }) => !hidden),
    now,
    zone: zoneFor(holder.profile, distribution),
  });
}

const nothingShown = ({ distribution, token }: DecidingReviewer, deps: WebDeps) =>
  notShown(distribution, { href: pathOf(deps, token), words: 'See what waits for you' });

/** A reviewer before one postmortem, as leadership may see it now. */
interface Visit {
  readonly reviewer: DecidingReviewer;
  readonly told: ListedEntry;
  readonly rendition: LeadershipRendition;
  readonly query: URLSearchParams;
}

/** Undefined for a postmortem that does not exist, or that nobody may be told of any more. */
async function visitOf(
  { params: { postmortem }, query }: PageRequest,
  reviewer: DecidingReviewer,
  deps: WebDeps,
): Promise<Visit | undefined> {
  const id = PostmortemId.safeParse(postmortem);
  const told = id.success ? (await deps.archives.of('leadership')).read(id.data) : undefined;
  const stored = told && LeadershipRendition.safeParse(await deps.renditions('leadership', told.id, told.revision));
  return told && stored?.success ? { reviewer, told, rendition: stored.data, query } : undefined;
}

interface Pressed {
  readonly similar?: SimilarOutcome;
  readonly notice?: Notice;
  readonly outcome?: FormOutcome;
  readonly missing?: number;
  readonly sent?: readonly SentDecision[];
  /** Something lacks in the form, so nothing was stored. It comes back as it was filled in. */
  readonly lacking?: { readonly form: URLSearchParams; readonly isTickLacking: boolean };
}

/** The days for which actions are promised, unless they are deferred already. */
const promisedDays = (rows: readonly ActionRow[], now: Date) =>
  new Map(
    rows.map((row) => {
      const { due, dueIs } = statusOf(row, now);
      return [row.aid, dueIs === 'promised' ? due : undefined] as const;
    }),
  );

async function decided(visit: Visit, form: URLSearchParams, deps: WebDeps) {
  const { reviewer, told, rendition } = visit;
  const { distribution, office, holder } = reviewer;
  const [rows, stored] = await Promise.all([deps.actions.list(told.id), deps.reviews.read(told.id)]);
  const now = deps.now();
  const effective = localDay(effectiveFrom(now, distribution), distribution.organisation.zone).toString();
  const { decisions: sent, missing } = readDecisions(form, promisedDays(rows, now), effective);
  const revision = form.get('revision') ?? '';
  const isSigned = form.get('sign') === 'yes';
  // Nothing says what its reader saw, so nothing of it is taken.
  if (isSigned && !/^\d{1,9}$/.test(revision)) return notUnderstood();
  if (sent.length === 0 && missing === 0 && !isSigned) return shown(visit, deps, { notice: { kind: 'nothing chosen' } });
  const choices = sent.flatMap(({ aid, shown: basis, read }) => ('flaws' in read ? [] : [{ aid, shown: basis, choice: read }]));
  const leavesAsked = form.get('leave') === 'yes';
  const left = leftUndecided(
    rows,
    now,
    sent.map(({ aid }) => aid),
  );
  const canSign = isSigned && signingOf(isReview(stored) ? stored : undefined, rendition, reviewer, now, left).kind === 'open';
  const isTickLacking = canSign && left.asked > 0 && !leavesAsked;
  if (choices.length < sent.length || isTickLacking) return shown(visit, deps, { sent, missing, lacking: { form, isTickLacking } });
  const outcome = await pressDecisions(
    {
      postmortem: told.id,
      decisions: choices,
      isFlawed: missing > 0,
      ...(isSigned && {
        signOff: {
          revision: Number(revision),
          isPreliminary: rendition.status === 'preliminary',
          isOwn: isReview(stored) && isOwnAccount(stored, holder.profile),
          leavesAsked,
        },
      }),
    },
    { sid: holder.profile.sid, as: office.as },
    distribution,
    deps,
  );
  return shown(visit, deps, { outcome, missing, sent });
}

const isReview = (stored: Review | 'unknown' | undefined): stored is Review => stored !== undefined && stored !== 'unknown';

async function pressedSimilar(visit: Visit, form: URLSearchParams, deps: WebDeps) {
  const press = readSimilarPress(form);
  if (!press) return notUnderstood();
  return shown(visit, deps, { similar: await pressSimilar(visit.told.id, press, readerWho(visit.reviewer.holder.profile.sid), deps) });
}

/** The two actions of a suggestion, as a form names them. */
const suggestionOf = (lost: ActionRow, like: ActionRow): string => `${fieldsOf(lost.aid)}.${fieldsOf(like.aid)}`;

async function reattached(visit: Visit, form: URLSearchParams, deps: WebDeps) {
  const { told, reviewer } = visit;
  const now = deps.now();
  const chosen = suggestions(await deps.actions.list(told.id), now).find(({ lost, like }) => suggestionOf(lost, like) === form.get('same'));
  const done = chosen && (await reattachAction({ postmortem: told.id, from: chosen.lost.aid, to: chosen.like.aid }, deps));
  if (chosen && done?.kind === 'stored') {
    const [action, to] = [actionKeyOf(chosen.lost), actionKeyOf(chosen.like)];
    const facts = { subscriber: reviewer.holder.profile.sid, postmortem: told.id, action, to };
    await deps.audit.record({ at: toInstant(now), who: 'reader', act: 'action reattached', facts });
  }
  const isKept = done?.kind === 'stored' || done?.kind === 'nothing';
  return shown(visit, deps, { notice: { kind: isKept ? 'reattached' : 'not reattached' } });
}

/** The page as everything stands now: after a press it is read again. */
async function shown(
  { reviewer, told, rendition, query }: Visit,
  deps: WebDeps,
  { notice, outcome, missing = 0, sent = [], lacking, similar }: Pressed = {},
) {
  const { distribution, holder, token } = reviewer;
  const { profile } = holder;
  const now = deps.now();
  const zone = zoneFor(profile, distribution);
  const [rows, stored, reviews] = await Promise.all([deps.actions.list(told.id), deps.reviews.read(told.id), deps.reviewLists.open()]);
  const review = isReview(stored) ? stored : undefined;
  const there = inOrder(
    rows.filter(({ withdrawnAt }) => withdrawnAt === undefined),
    rendition,
  );
  const decidable = there.filter((row) => isDecidable(row, now));
  const pages = Math.max(1, Math.ceil(decidable.length / actionsOnPage));
  const page = Math.min(Math.max(1, Math.trunc(Number(query.get('page'))) || 1), pages);
  const first = (page - 1) * actionsOnPage;
  const effectiveAt = effectiveFrom(now, distribution);
  const effectiveDay = localDay(effectiveAt, distribution.organisation.zone);
  const waiting = openReviewsFor(reviews).filter(({ postmortem }) => postmortem !== told.id || review?.state === 'in review').length;
  const asked = decidable.slice(first, first + actionsOnPage);
  const left = leftUndecided(rows, now);
  return postmortemPage({
    whose: distribution,
    acting: actingOf(reviewer),
    told,
    rendition,
    asked: asked.map((row): ShownAction => {
      const ofRow = sent.find(({ aid }) => aid === row.aid);
      // What was sent stays bound to what its reader saw.
      return {
        row,
        asked: whyAsked(decidedAction(row, now, distribution.organisation.zone), review?.state === 'in review'),
        outcome: outcome?.decisions.get(row.aid),
        sent: ofRow,
        unasked: nobodyToAsk(ownedBy(row, now), distribution),
        ...(lacking && ofRow && { basis: ofRow.shown }),
      };
    }),
    revision: lacking?.form.get('revision') ?? String(told.revision),
    paging: { page, pages, first: first + 1, all: decidable.length, path: pathOf(deps, token, told.id) },
    others: there.filter((row) => !decidable.includes(row)),
    suggested: suggestions(rows, now).map((one) => ({ ...one, value: suggestionOf(one.lost, one.like) })),
    signing: await withOther(signingOf(review, rendition, reviewer, now, left), review, reviewer, deps),
    ticked: (['sign', 'leave'] as const).filter((name) => lacking?.form.get(name) === 'yes'),
    effectiveAt: toInstant(effectiveAt),
    firstDay: effectiveDay.add({ days: 1 }).toString(),
    notice: lacking
      ? { kind: 'lacking', lacks: lacksOf(sent, rows, asked), isTickLacking: lacking.isTickLacking, missing }
      : outcome
        ? { kind: 'pressed', outcome, missing, gone: goneOf(outcome, rows, decidable, { now, zone }) }
        : notice,
    before: await beforeOf(told.id, 'leadership', similar, { now, zone }, deps),
    archive: accountPathFor(profile, distribution, told.id, now),
    all: { path: pathOf(deps, token), count: waiting },
    now,
    zone,
  });
}

/** What lacks in which action. Without a field where its form is not on the page any more. */
const lacksOf = (sent: readonly SentDecision[], rows: readonly ActionRow[], asked: readonly ActionRow[]): Lack[] =>
  sent.flatMap(({ aid, read }) =>
    'flaws' in read
      ? read.flaws.map((flaw) => ({
          title: rows.find((row) => row.aid === aid)?.reported.title ?? '',
          says: choiceFlaws[flaw],
          ...(asked.some((row) => row.aid === aid) && { field: fieldWith(flaw, aid) }),
        }))
      : [],
  );

/** What was not taken and cannot be decided on any more, so that its form is not on the page. */
function goneOf({ decisions }: FormOutcome, rows: readonly ActionRow[], decidable: readonly ActionRow[], telling: Telling) {
  return rows.flatMap((row) => {
    const outcome = decisions.get(row.aid);
    const isShown = decidable.some(({ aid }) => aid === row.aid);
    if (!outcome || isShown || outcome.kind === 'taken' || outcome.kind === 'already') return [];
    return [{ title: row.reported.title, why: refusedWords(outcome, telling) }];
  });
}

/** As the document has them. What a press changes moves nothing to another page. */
function inOrder(rows: readonly ActionRow[], { actionItems }: LeadershipRendition): ActionRow[] {
  const places = new Map(actionItems.map(({ title }, n) => [title, n]).toReversed() as [string, number][]);
  const placeOf = ({ reported }: ActionRow) => places.get(reported.title) ?? actionItems.length;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b) || (a.aid < b.aid ? -1 : 1));
}

function signingOf(
  review: Review | undefined,
  { status }: LeadershipRendition,
  { holder, distribution }: DecidingReviewer,
  now: Date,
  left: LeftUndecided,
): Signing {
  if (review?.state !== 'in review' || review.hidden) return { kind: 'none', review };
  if (isOwnAccount(review, holder.profile)) return { kind: 'own account', other: undefined };
  if (status === 'preliminary') return { kind: 'preliminary' };
  const today = localDay(now, distribution.organisation.zone).toString();
  return { kind: 'open', dueOn: review.dueOn, isLate: review.dueOn < today, left };
}

/** Says who signs instead, if there is anybody. */
async function withOther(
  signing: Signing,
  review: Review | undefined,
  { distribution }: DecidingReviewer,
  deps: WebDeps,
): Promise<Signing> {
  if (signing.kind !== 'own account' || !review) return signing;
  const [other] = signersOf(distribution, review, await readHolders(distribution, deps));
  return { ...signing, other: other?.as };
}
