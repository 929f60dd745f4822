/** @jsxImportSource hono/jsx */

import { signToken } from '../../../core/access/token.ts';
import type { Distribution } from '../../../core/distribution/distribution.ts';
import { mayMail } from '../../../core/joining/limits.ts';
import { audiencesOf } from '../../../core/preferences/audiences-of.ts';
import { changeSettings, readersPress } from '../../../core/preferences/change-settings.ts';
import { nextMail } from '../../../core/preferences/next-mail.ts';
import { nextWords } from '../../../core/preferences/next-words.ts';
import { renewLinks } from '../../../core/preferences/renew-links.ts';
import { changeOf, fieldsOf, namesDelegate, type SettingsFields } from '../../../core/preferences/settings-fields.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { audienceOf, definitionOf, StreamName, streams, streamsOf } from '../../../core/stream/stream.ts';
import { mandatoryFor } from '../../../core/subscriber/mandatory.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { parseAddress } from '../../../core/subscriber/subscriber-id.ts';
import { isSubscribed } from '../../../core/subscriber/subscription.ts';
import { taxonomyOf } from '../../../core/taxonomy/taxonomy-of.ts';
import { isOwnForm, type SignedIn } from '../../shared/pages/current-session.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood, tooOften } from '../../shared/pages/refusals.tsx';
import { page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { maskAddress } from '../mask-address.ts';
import { ownSession } from '../own-session.ts';
import { pathTo } from '../path-to.ts';
import { notFound, signInFor } from '../refusals.ts';
import { secretsOf } from '../secrets-of.ts';
import { type Holder, holderOf } from '../token-holder.ts';
import { expiredPage, newLinkAnswer } from './new-link.tsx';
import type { Outcome } from './preferences/notice.tsx';
import { readCarried, sentSettings } from './preferences/read-settings.ts';
import { findOffers, topicOffers } from './preferences/topic-offers.ts';
import { PreferencesPage } from './preferences/view.tsx';
import { renewedPage } from './renewed.tsx';

/**
 * All of a reader's settings on one page without a login. The link is the key, to everything that
 * concerns its holder alone. To have somebody else get their mails takes a session of theirs.
 */
export const preferencesPage = (deps: WebDeps): PageRoute => ({
  path: '/p/{token}',
  async get(request) {
    const { params } = request;
    const holder = await holderOf(params.token, 'preferences', deps);
    const distribution = holder && (await deps.distribution());
    if (!holder || !distribution) return notFound(deps);
    if (holder.kind === 'expired') return expiredPage(distribution, deps);
    const signed = await ownSession(request, holder, deps);
    return shownTo(holder.profile, { distribution, ...pathsOf(params, deps), signed }, deps, {});
  },
  post: {
    maxBytes: 64 * 1024,
    async answer(post) {
      const { params, form } = post;
      const holder = await holderOf(params.token, 'preferences', deps);
      const distribution = holder && (await deps.distribution());
      if (!holder || !distribution) return notFound(deps);
      const { realm, subscriber } = holder.claims;
      if (!deps.mayPress(subscriber)) return tooOften();
      if (holder.kind === 'expired') {
        const address = parseAddress(holder.profile.address);
        const door = { name: 'new-link', realm } as const;
        if (address && (await mayMail(address, door, { ...deps, ...(await secretsOf(deps)) })))
          await deps.mail({ kind: 'new-link', realm, subscriber, about: '' });
        return newLinkAnswer(distribution, deps, { lost: form.get('press') !== 'new-link' });
      }
      const signed = await ownSession(post, holder, deps);
      const visit = { distribution, ...pathsOf(params, deps), signed };
      switch (form.get('press')) {
        case 'find':
          return searched(holder, form, visit, deps);
        case 'save':
        case 'undo':
        case 'stop':
          return saved(holder, post, visit, deps);
        case 'renew':
          return renewed(holder, distribution, deps);
        default:
          return notUnderstood();
      }
    },
  },
});

const pathsOf = ({ token }: FormPost['params'], deps: WebDeps) => ({
  base: pathTo(deps, `/p/${token}`),
  muted: deps.realm === 'staff' ? pathTo(deps, `/muted/${token}`) : undefined,
});

interface Visit {
  readonly distribution: Distribution;
  /** The page's own path. */
  readonly base: string;
  /** The path of what is muted. Customers have none. */
  readonly muted: string | undefined;
  /** The session of the link's holder. */
  readonly signed: SignedIn | undefined;
}

/** Shows the form as it was sent, unsaved, with the search results. */
async function searched({ profile }: Holder, form: URLSearchParams, visit: Visit, deps: WebDeps) {
  const shown = readCarried(form, 'shown');
  if (!shown) return notUnderstood();
  return shownTo(profile, visit, deps, {
    shown,
    fields: sentSettings(form, shown),
    outcome: { kind: 'searched' },
    find: form.get('find') ?? '',
  });
}

async function saved({ profile }: Holder, post: FormPost, visit: Visit, deps: WebDeps) {
  const { distribution, signed } = visit;
  const wanted = wantedChange(post.form, profile, distribution, deps.now());
  if (!wanted) return notUnderstood();
  const isOwn = signed !== undefined && isOwnForm(post, signed);
  // Before anything is looked up, so that the answer is the same whoever is named.
  if (deps.realm === 'staff' && !isOwn && namesDelegate(wanted.change))
    return signInFor('to name a delegate', '/preferences', distribution);
  const before = await fieldsFor(profile, visit, deps);
  const outcome = await changeSettings(profile, wanted.change, readersPress(isOwn ? 'session' : 'page'), { ...deps, distribution });
  if (outcome.kind === 'gone') return notFound(deps);
  if (outcome.kind === 'refused') {
    return shownTo(profile, visit, deps, { ...wanted.sent, outcome: { kind: 'refused', flaws: outcome.flaws } });
  }
  const after = await fieldsFor(outcome.profile, visit, deps);
  const undone = signed ? before : withDelegatesOf(after, before);
  return shownTo(outcome.profile, visit, deps, { outcome: { kind: 'saved', changed: outcome.changed, before: undone, after } });
}

/** A link alone does not bring a delegate back, so neither does its undo. */
const withDelegatesOf = (after: SettingsFields, before: SettingsFields): SettingsFields => ({
  ...before,
  streams: Object.fromEntries(
    Object.entries(before.streams).map(([stream, fields]) => {
      const { delegate = '', delegateUntil = '' } = after.streams[StreamName.parse(stream)] ?? {};
      return [stream, { ...fields, delegate, delegateUntil }];
    }),
  ),
});

/** What a press changes, and the form to show again if it cannot be saved. */
function wantedChange(form: URLSearchParams, profile: Profile, distribution: Distribution, now: Date) {
  if (form.get('press') === 'stop') {
    const stopped = streams.filter(
      (stream) => isSubscribed(profile, stream, distribution, now) && !mandatoryFor(distribution, stream, profile.address),
    );
    return { change: { streams: Object.fromEntries(stopped.map((stream) => [stream, { frequency: 'off' }])) }, sent: {} };
  }
  const shown = readCarried(form, 'shown');
  const sent = form.get('press') === 'undo' ? readCarried(form, 'before') : shown && sentSettings(form, shown);
  return shown && sent && { change: changeOf(shown, sent), sent: { shown, fields: sent } };
}

/**
 * The new link of staff is mailed and not shown: whoever pressed may have nothing but a forwarded
 * mail. It has no limit of its own, because a link does this once.
 */
async function renewed({ claims: { realm, subscriber, generation } }: Holder, distribution: Distribution, deps: WebDeps) {
  const profile = await renewLinks({ realm, sid: subscriber }, generation, deps);
  if (!profile) return notFound(deps);
  if (realm === 'staff') {
    // Named, so that a link asked for minutes ago, invalid now, does not count as this one.
    await deps.mail({ kind: 'new-link', realm, subscriber, about: 'renewed' });
    return renewedPage(distribution, undefined, deps);
  }
  const issuedAt = Math.floor(deps.now().getTime() / 1000);
  const claims = { scope: 'preferences', realm, subscriber, about: '', generation: profile.generation ?? 0, issuedAt } as const;
  return renewedPage(distribution, pathTo(deps, `/p/${signToken(claims, await deps.tokenKeys())}`), deps);
}

interface Shown {
  readonly shown?: SettingsFields;
  readonly fields?: SettingsFields;
  readonly outcome?: Outcome;
  readonly find?: string;
}

async function shownTo(profile: Profile, visit: Visit, deps: WebDeps, { shown, fields, outcome, find }: Shown) {
  const { distribution, base, signed } = visit;
  const now = deps.now();
  const stands = await fieldsFor(profile, visit, deps);
  // Customers do not choose by names from inside the organisation.
  const topical = streamsOf(deps.realm)
    .filter((stream) => definitionOf(stream).hasTopics)
    .map(audienceOf)[0];
  const catalogue = topical ? topicOffers(distribution, await deps.archives.of(topical), taxonomyOf(distribution)) : [];
  const found = find === undefined ? undefined : { text: find, ...findOffers(catalogue, find, taxonomyOf(distribution)) };
  const day = (days: number) => new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
  const content = {
    title: 'What you get',
    whose: distribution,
    realm: deps.realm,
    children: (
      <PreferencesPage
        profile={profile}
        distribution={distribution}
        fields={fields ?? stands}
        shown={shown ?? stands}
        outcome={outcome}
        next={await nextOf(profile, distribution, deps)}
        catalogue={catalogue}
        found={found}
        base={base}
        signed={signed}
        days={[day(1), day(365)]}
        join={pathTo(deps, '/join')}
        muted={visit.muted}
        archives={audiencesOf(profile, distribution, now)}
      />
    ),
  };
  return page(content, outcome?.kind === 'refused' ? 422 : 200);
}

async function nextOf(profile: Profile, distribution: Distribution, { editions, now }: WebDeps) {
  const on = streams.filter((stream) => isSubscribed(profile, stream, distribution, now()));
  const open = on.length > 0 ? await editions.listOpen(on) : [];
  return nextWords(nextMail(profile, distribution, open, now()), profile, distribution, now());
}

/**
 * The page names delegates by their addresses, which are in their profiles. A link alone shows
 * masked ones.
 */
async function fieldsFor(profile: Profile, { distribution, signed }: Visit, { people, now }: WebDeps): Promise<SettingsFields> {
  const sids = Object.values(profile.streams).flatMap((settings) => settings?.delegate?.sid ?? []);
  const delegates = sids.length > 0 ? await people.readProfiles(sids.map((sid) => ({ realm: 'staff', sid }))) : [];
  const names = delegates.map(({ sid, address }) => [sid, signed ? address : maskAddress(address)] as const);
  return fieldsOf(profile, distribution, now(), new Map(names));
}
