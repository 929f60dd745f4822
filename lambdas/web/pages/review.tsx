/** @jsxImportSource hono/jsx */
import { linkEnds } from '../../../core/access/token.ts';
import type { Approval } from '../../../core/approval/approval-request.ts';
import { printLength } from '../../../core/calendar/print.ts';
import { assembleMail } from '../../../core/mail/assemble.ts';
import type { EditionFragments } from '../../../core/mail/fragments.ts';
import { afterPress, firstPublicAt, type NoticePress, publicVersionOf } from '../../../core/notice/after-press.ts';
import type { External } from '../../../core/notice/external.ts';
import { noticeDifference } from '../../../core/notice/notice-difference.ts';
import type { Artefact } from '../../../core/notice/ports.ts';
import { NoticeKeptChanging, type PressedNotice, pressNotice } from '../../../core/notice/press-notice.ts';
import { aboutReview } from '../../../core/notice/review-link.ts';
import { type ReviewStanding, readableArtefact, reviewStanding, withdrawable } from '../../../core/notice/review-standing.ts';
import { cleanText } from '../../../core/postmortem/hidden-characters.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { cut } from '../../../core/shared/text.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood, refusal, tooOften } from '../../shared/pages/refusals.tsx';
import { mailPage } from '../../shared/pages/shell.tsx';
import { openReview, type ReviewingApprover, type ReviewOpened, staffNames } from '../approver.ts';
import type { WebDeps } from '../deps.ts';
import { pageBases } from '../env.ts';
import { pathTo } from '../path-to.ts';
import { notFound } from '../refusals.ts';
import { expiredLinkPage, newLinkMailedPage, renewable } from './expired.tsx';
import { noticePage, offeredBy } from './incidents.tsx';
import { longestReason, type ReadableText, type ReviewContent, reviewPage, type Said } from './review/view.tsx';

/** Ticks of hundreds of remarks, and a reason in which each letter takes nine bytes of a form. */
const formBytes = 96 * 1024;

/** One notice for one approver: what would leave, how it stands, and what they may do. */
export const reviewRoute = (deps: WebDeps): PageRoute => ({
  path: '/review/{token}',
  async get({ params }) {
    const opened = await openReview(params.token, deps);
    return opened?.kind === 'approver' ? shown(opened, deps) : closed(opened, deps);
  },
  post: {
    maxBytes: formBytes,
    async answer(post) {
      const opened = await openReview(post.params.token, deps);
      if (opened?.kind === 'expired') return pressedExpired(opened, post, deps);
      if (opened?.kind !== 'approver') return closed(opened, deps);
      if (!deps.mayPress(opened.holder.profile.sid)) return tooOften();
      return pressed(opened, post.form, deps);
    },
  },
});

/** The mail as customers would get it, but for what is each reader's own. */
export const reviewMailPage = (deps: WebDeps): PageRoute => ({
  path: '/review/{token}/mail',
  async get({ params }) {
    const opened = await openReview(params.token, deps);
    if (opened?.kind !== 'approver') return closed(opened, deps);
    const artefact = await artefactOf(opened, reviewStanding(opened.row, opened.about.n), deps);
    if (!artefact) return nothingToShow(opened, deps);
    const mail = assembledMail(artefact.fragments, deps);
    return typeof mail === 'string' ? nothingToShow(opened, deps) : mailPage(mail.html);
  },
});

/** The public page as it would look. */
export const reviewPublicPage = (deps: WebDeps): PageRoute => ({
  path: '/review/{token}/page',
  async get({ params }) {
    const opened = await openReview(params.token, deps);
    if (opened?.kind !== 'approver') return closed(opened, deps);
    const standing = reviewStanding(opened.row, opened.about.n);
    const [artefact, offered] = await Promise.all([artefactOf(opened, standing, deps), offeredBy(deps)]);
    const { publicId } = opened.row;
    if (!artefact || !offered || publicId === undefined) return nothingToShow(opened, deps);
    const at = toInstant(deps.now());
    const publishedAt = firstPublicAt(opened.row) ?? at;
    const { content } = artefact;
    return noticePage({ publicId, version: opened.about.n, standing: 'public', publishedAt, at, content }, offered, { realm: 'customers' });
  },
});

/** For whoever is no approver of what is there. A link that proves nothing has the one answer. */
function closed(opened: Exclude<ReviewOpened, ReviewingApprover> | undefined, deps: WebDeps): HttpAnswer {
  if (!opened) return notFound(deps);
  const { distribution: whose } = opened;
  switch (opened.kind) {
    case 'expired':
      return expiredLinkPage(whose, renewable.review);
    case 'nobody':
      return refusal(403, {
        heading: 'You are not an approver any more',
        texts: [
          'The distribution file does not name the owner of this link as an approver of notices to customers now. Nothing was changed.',
          'What they approved before counts only if the file names them when the notice is released.',
        ],
        whose,
      });
    case 'later':
      return refusal(503, {
        heading: 'Come back in a few minutes',
        texts: ['A newer release is being put in place. Nothing was changed.'],
        whose,
      });
    case 'told':
      return told(opened);
    default:
      return opened satisfies never;
  }
}

/** Whoever is told when approvers do not answer sees that it waits, and for whom. */
function told({ distribution: whose, row, about, rules }: Extract<ReviewOpened, { kind: 'told' }>): HttpAnswer {
  const standing = reviewStanding(row, about.n);
  const isWaiting = standing.is === 'request' && standing.request.state === 'open';
  return refusal(200, {
    heading: isWaiting ? 'This notice waits for approvers' : 'This notice does not wait any more',
    texts: isWaiting
      ? [
          `The notice on ${row.postmortem} goes to customers once enough approvers have approved it. Nothing leaves by itself.`,
          `The distribution file names you to be told, and not to approve. Ask the approvers to open their own links: ${rules.approvers.map(({ address }) => address).join(', ')}.`,
        ]
      : ['It was answered, or another text is asked about. You need to do nothing.'],
    whose,
  });
}

async function pressedExpired(opened: Extract<ReviewOpened, { kind: 'expired' }>, { form }: FormPost, deps: WebDeps) {
  const { expired, about, distribution } = opened;
  if (form.get('press') !== 'new-link') {
    const typed = [form.get('reason')?.trim() ?? ''].filter(Boolean);
    return expiredLinkPage(distribution, { ...renewable.review, typed });
  }
  if (!deps.mayPress(expired.profile.sid)) return tooOften();
  const { postmortem, n } = about;
  await deps.mail({ kind: 'review-link', about: aboutReview({ postmortem, n }), realm: deps.realm, subscriber: expired.profile.sid });
  return newLinkMailedPage(distribution);
}

const acts = { approve: 'approve', 'send-back': 'send back', stop: 'stop', withdraw: 'withdraw' } as const;
const numberOf = (text: string | null): number => (text !== null && /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0);

async function pressed(opened: ReviewingApprover, form: URLSearchParams, deps: WebDeps) {
  const named = form.get('press');
  const act = Object.entries(acts).find(([name]) => name === named)?.[1];
  if (act === undefined) return notUnderstood();
  const reason = cut(cleanText(form.get('reason') ?? '').trim(), longestReason);
  const typed = { reason, ticked: form.getAll('tick') };
  const press = pressOf(act, form, typed);
  const n = press.act === 'withdraw' ? press.version : press.n;
  if (n === 0) return notUnderstood();
  if (press.act !== 'approve' && reason === '') return shown(opened, deps, { said: { refused: 'no reason' }, typed });
  const { profile } = opened.holder;
  const outcome = await pressNotice(
    opened.about.postmortem,
    press,
    { sid: profile.sid, name: profile.name },
    pressingDeps(opened, deps),
  ).catch((error: unknown) => {
    if (error instanceof NoticeKeptChanging) return 'busy' as const;
    throw error;
  });
  return afterwards(opened, outcome, act, typed, deps);
}

/** A withdrawal makes a version of its own, and this link goes on telling of what it was about. */
async function afterwards(
  opened: ReviewingApprover,
  outcome: PressedNotice | 'busy',
  act: NoticePress['act'],
  typed: ReviewContent['typed'],
  deps: WebDeps,
) {
  if (outcome === 'busy') return shown(await again(opened, deps), deps, { said: { refused: 'busy' }, typed });
  switch (outcome.kind) {
    case 'unknown':
      return closed({ ...opened, kind: 'later' }, deps);
    case 'refused':
      return shown({ ...opened, row: outcome.external ?? opened.row }, deps, { said: { refused: outcome.why.refused }, typed });
    case 'stored':
      return shown({ ...opened, row: outcome.external }, deps, { said: { done: act } });
    default:
      return outcome satisfies never;
  }
}

async function again(opened: ReviewingApprover, deps: WebDeps): Promise<ReviewingApprover> {
  const row = await deps.reviewing.externals.read(opened.about.postmortem);
  return row === undefined || row === 'unknown' ? opened : { ...opened, row };
}

function pressOf(act: NoticePress['act'], form: URLSearchParams, { reason, ticked }: ReviewContent['typed']): NoticePress {
  const n = numberOf(form.get('n'));
  switch (act) {
    case 'approve':
      return { act, n, content: form.get('content') ?? '', ticked };
    case 'withdraw':
      return { act, version: numberOf(form.get('version')), reason };
    default:
      return { act, n, reason };
  }
}

const namesOfWriters = async (addresses: readonly string[], deps: WebDeps) => [...(await staffNames(addresses, deps)).values()];

const pressingDeps = ({ file }: ReviewingApprover, deps: WebDeps) => ({
  ...deps.reviewing,
  file: async () => file,
  namesOf: (addresses: readonly string[]) => namesOfWriters(addresses, deps),
  audit: deps.audit,
  now: deps.now,
});

/** What a page shows. Undefined: nothing of it may be shown, or it is not kept. */
const artefactOf = async ({ row }: ReviewingApprover, standing: ReviewStanding, { reviewing }: WebDeps): Promise<Artefact | undefined> => {
  const hash = readableArtefact(standing);
  return hash === undefined ? undefined : reviewing.artefacts.read(row.postmortem, hash);
};

const nothingToShow = ({ distribution: whose, token }: ReviewingApprover, deps: WebDeps) =>
  refusal(404, {
    heading: 'There is no text to show',
    texts: ['The request ended, or another text is asked about.'],
    way: { href: pathTo(deps, `/review/${token}`), words: 'See how it stands' },
    whose,
  });

/** The values of no reader in particular. Pages behind them are those that anybody may open. */
function assembledMail(fragments: EditionFragments, { publicUrl }: WebDeps) {
  const base = `${publicUrl}${pageBases.customers}`;
  const own = `${base}/new-link`;
  return assembleMail(fragments, {
    withheld: new Set(),
    placeholders: {
      read: `${base}/incidents`,
      incidents: `${base}/incidents`,
      view: own,
      preferences: own,
      unsubscribe: own,
      action: '',
      why: 'Here stands why each reader gets it.',
      tracker: '',
    },
  });
}

interface After {
  readonly said?: Said;
  readonly typed?: ReviewContent['typed'];
}

/** The page as everything stands now. */
async function shown(opened: ReviewingApprover, deps: WebDeps, { said, typed = { reason: '', ticked: [] } }: After = {}) {
  const { row, about, token, distribution, holder, file } = opened;
  const now = deps.now();
  const { zone } = distribution.organisation;
  const standing = reviewStanding(row, about.n);
  const request = standing.is === 'request' ? standing.request : undefined;
  const [artefact, writerNames] = await Promise.all([artefactOf(opened, standing, deps), staffNames(row.writers?.addresses ?? [], deps)]);
  const may = mayApprove(opened, artefact, [...writerNames.values()], now);
  const isToldOfOthers = request?.state !== 'open' || may === 'approved';
  const approvals = request && 'approvals' in request && isToldOfOthers ? request.approvals : [];
  const whoBy = await namesOf(opened, deps);
  return reviewPage({
    whose: distribution,
    acting: { name: holder.profile.name, address: holder.profile.address, until: linkEnds(holder.claims) },
    n: about.n,
    postmortem: row.hiddenSince === undefined ? row.postmortem : undefined,
    standing,
    may,
    approvals: approvals.map(({ sid, at }) => ({ who: whoBy(sid), at })),
    needed: file.approvals,
    holdWords: printLength(file.holdMs),
    writers: request ? (row.writers?.addresses ?? []).map((address) => writerNames.get(address) ?? address) : [],
    text: await readableText(opened, standing, artefact, deps),
    endedBy: request && 'by' in request ? whoBy(request.by) : '',
    publicVersion: withdrawable(row),
    said,
    typed,
    paths: { mail: pathTo(deps, `/review/${token}/mail`), page: pathTo(deps, `/review/${token}/page`) },
    now,
    zone,
  });
}

/** What a press to approve would come to, with every remark ticked. */
function mayApprove(
  { row, about, holder, approver, file }: ReviewingApprover,
  artefact: Artefact | undefined,
  names: readonly string[],
  now: Date,
) {
  const { request } = row;
  if (request?.state !== 'open' || request.n !== about.n) return 'over';
  if (request.approvals.some(({ sid }) => approver.sids.includes(sid))) return 'approved';
  const ticked = artefact?.remarks.map(({ id }) => id) ?? [];
  const writers = { addresses: row.writers?.addresses ?? [], names: [...(row.writers?.names ?? []), ...names] };
  const { sid, name } = holder.profile;
  const press = { act: 'approve', n: request.n, content: request.content, ticked } as const;
  const after = afterPress(row, press, { sid, name }, { file, writers, remarks: ticked, now });
  return 'refused' in after ? after.refused : 'approve';
}

/** Approvers by their names, or by the addresses that the file has for them. */
async function namesOf({ file, row }: ReviewingApprover, deps: WebDeps): Promise<(sid: string) => string> {
  const { request } = row;
  const acted = new Set<string>([
    ...(request && 'approvals' in request ? request.approvals.map(({ sid }: Approval) => sid) : []),
    ...(request && 'by' in request ? [request.by] : []),
  ]);
  const known = file.approvers.filter(({ sids }) => sids.some((sid) => acted.has(sid)));
  const addresses = known.flatMap(({ addresses: [first] }) => first ?? []);
  const names = await staffNames(addresses, deps);
  return (sid) => {
    const address = known.find(({ sids }) => sids.some((one) => one === sid))?.addresses[0];
    if (address !== undefined) return names.get(address) ?? address;
    return /^[0-9a-f]{32}$/.test(sid) ? 'Somebody who is no approver any more' : 'An operator';
  };
}

async function readableText(
  { row, distribution }: ReviewingApprover,
  standing: ReviewStanding,
  artefact: Artefact | undefined,
  deps: WebDeps,
): Promise<ReadableText | 'missing' | undefined> {
  if (readableArtefact(standing) === undefined) return undefined;
  if (!artefact) return 'missing';
  const { content, fragments, remarks } = artefact;
  const text = { content, subject: fragments.subject, remarks };
  const isAsked = standing.is === 'request' && (standing.request.state === 'open' || standing.request.state === 'approved');
  if (!isAsked) return text;
  const before = await publicText(row, deps);
  const { zone } = distribution.organisation;
  const beside = typeof before === 'object' ? before.content : undefined;
  return {
    ...text,
    difference: noticeDifference(beside, content, deps.now(), zone),
    before: typeof before === 'object' ? { n: before.n, at: before.at } : before,
  };
}

/**
 * What customers read now, as it was approved. 'unreadable': it is not kept any more, or differs.
 */
async function publicText(row: External, { reviewing }: WebDeps) {
  const version = publicVersionOf(row);
  if (!version) return undefined;
  const content = (await reviewing.artefacts.read(row.postmortem, version.artefact))?.content;
  return content ? { n: version.n, at: version.at, content } : 'unreadable';
}
