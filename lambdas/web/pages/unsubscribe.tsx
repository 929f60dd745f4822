/** @jsxImportSource hono/jsx */

import type { Distribution } from '../../../core/distribution/distribution.ts';
import { streamTitle } from '../../../core/distribution/stream-words.ts';
import { type ChangeOutcome, changeSettings, readersPress } from '../../../core/preferences/change-settings.ts';
import { choicesOf } from '../../../core/preferences/choices.ts';
import type { SettingsChange } from '../../../core/preferences/settings-fields.ts';
import { unsubscribe } from '../../../core/preferences/unsubscribe.ts';
import { dayMs } from '../../../core/shared/duration.ts';
import { type Frequency, frequencies, StreamName } from '../../../core/stream/stream.ts';
import { mandatoryFor } from '../../../core/subscriber/mandatory.ts';
import { frequencyOf } from '../../../core/subscriber/slot.ts';
import type { Profile } from '../../../core/subscriber/subscriber.ts';
import { isSubscribed } from '../../../core/subscriber/subscription.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { notUnderstood, tooOften } from '../../shared/pages/refusals.tsx';
import { bareAnswer, page } from '../../shared/pages/shell.tsx';
import type { WebDeps } from '../deps.ts';
import { pathTo } from '../path-to.ts';
import { notFound } from '../refusals.ts';
import { type Holder, holderOf } from '../token-holder.ts';
import { Asking, Left, Locked, type Said } from './unsubscribe-views.tsx';

/**
 * Leaves one stream. People get a page with one button. Mail clients send a one-click POST (RFC
 * 8058), which is answered with 200 and an empty body. Only the path says whose stream it is.
 * Idempotent. Every other stream stays as it is.
 */
export const unsubscribePage = (deps: WebDeps): PageRoute => ({
  path: '/u/{token}',
  async get({ params }) {
    const found = await leaverOf(params.token, deps);
    return found ? standing(found, deps) : notFound(deps);
  },
  post: {
    fromAnywhere: true,
    async answer({ params, form }) {
      const found = await leaverOf(params.token, deps);
      if (!found) return notFound(deps);
      if (isOneClick(form)) return oneClick(found, deps);
      if (!deps.mayPress(found.holder.profile.sid)) return tooOften();
      if (form.get('press') === 'leave') return left(found, deps);
      const wanted = wantedOf(form, found, deps.now());
      return wanted ? changed(found, wanted, deps) : notUnderstood();
    },
  },
});

/**
 * Each button of the page sends its name, and a mail client never does. Many clients do not follow
 * RFC 8058: they send no type, another type or no body. Whoever sends it, a request to unsubscribe
 * has to be obeyed.
 */
const isOneClick = (form: URLSearchParams) => form.has('List-Unsubscribe') || !form.has('press');

interface Leaver {
  readonly holder: Holder;
  readonly stream: StreamName;
  readonly distribution: Distribution;
}

async function leaverOf(token: string | undefined, deps: WebDeps): Promise<Leaver | undefined> {
  const holder = await holderOf(token, 'unsubscribe', deps);
  const stream = StreamName.safeParse(holder?.claims.about);
  const distribution = holder && (await deps.distribution());
  return holder?.kind === 'holder' && stream.success && distribution ? { holder, stream: stream.data, distribution } : undefined;
}

async function oneClick({ stream, distribution, holder: { profile } }: Leaver, deps: WebDeps) {
  const outcome = await unsubscribe(profile, stream, 'one-click', { ...deps, distribution });
  return bareAnswer(outcome.kind === 'refused' ? 403 : 200);
}

/**
 * What the other buttons ask for, all of which keep the stream. Pausing and switching to rarer mail
 * are ways to stay, so the stream comes again as before.
 */
function wantedOf(form: URLSearchParams, { holder: { profile }, stream, distribution }: Leaver, now: Date): SettingsChange | undefined {
  const switched = (frequency: string): SettingsChange => ({ streams: { [stream]: { frequency } } });
  const stay = isSubscribed(profile, stream, distribution, now) ? {} : switched('on');
  const inDays = (days: number) => new Date(now.getTime() + days * dayMs).toISOString().slice(0, 10);
  const press = form.get('press');
  switch (press) {
    case 'undo':
      return switched('on');
    case 'weekly':
    case 'monthly':
      return choicesOf(distribution, stream).frequencies.includes(press) ? switched(press) : undefined;
    case 'week':
      return { ...stay, pausedUntil: inDays(7) };
    case 'month':
      return { ...stay, pausedUntil: inDays(30) };
    case 'until':
      return { ...stay, pausedUntil: form.get('until') || inDays(0) };
    case 'resume':
      return { pausedUntil: '' };
    default:
      return undefined;
  }
}

const left = async (found: Leaver, deps: WebDeps) =>
  shownAfter(found, await unsubscribe(found.holder.profile, found.stream, 'page', { ...deps, distribution: found.distribution }), deps);

async function changed(found: Leaver, wanted: SettingsChange, deps: WebDeps) {
  const { holder, distribution } = found;
  return shownAfter(found, await changeSettings(holder.profile, wanted, readersPress('page'), { ...deps, distribution }), deps);
}

function shownAfter(found: Leaver, outcome: ChangeOutcome, deps: WebDeps) {
  if (outcome.kind === 'gone') return notFound(deps);
  const profile = outcome.kind === 'saved' ? outcome.profile : found.holder.profile;
  const said = outcome.kind === 'saved' ? { changed: outcome.changed } : { flaws: outcome.flaws };
  return standing({ ...found, holder: { ...found.holder, profile } }, deps, said);
}

/** Shows the state of this stream and the options. Before a press there is one button. */
function standing({ holder: { profile }, stream, distribution }: Leaver, deps: WebDeps, said: Said = {}) {
  const now = deps.now();
  const mandatory = mandatoryFor(distribution, stream, profile.address);
  const props = {
    stream,
    title: streamTitle(stream, distribution),
    profile,
    said,
    rarer: rarerFor(profile, stream, distribution),
    tomorrow: new Date(now.getTime() + dayMs).toISOString().slice(0, 10),
  };
  const isOn = isSubscribed(profile, stream, distribution, now);
  const { title } = props;
  return page({
    title: isOn ? `Unsubscribe: ${title}` : `You do not get ${title}`,
    whose: distribution,
    realm: deps.realm,
    children: mandatory ? (
      <Locked title={title} reason={mandatory} newLink={pathTo(deps, '/new-link')} />
    ) : isOn ? (
      <Asking {...props} />
    ) : (
      <Left {...props} />
    ),
  });
}

/** The rarest frequency that they can choose. Undefined if they have it already. */
function rarerFor(profile: Profile, stream: StreamName, distribution: Distribution): Frequency | undefined {
  const rarest = choicesOf(distribution, stream)
    .frequencies.toSorted((a, b) => frequencies.indexOf(a) - frequencies.indexOf(b))
    .at(-1);
  return rarest === frequencyOf(profile.streams[stream]?.slots.at(-1)?.slot ?? 'default', stream) ? undefined : rarest;
}
