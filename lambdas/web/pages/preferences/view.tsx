/** @jsxImportSource hono/jsx */
import { printZone } from '../../../../core/calendar/print.ts';
import type { Distribution } from '../../../../core/distribution/distribution.ts';
import { labelsOf } from '../../../../core/distribution/severity-label.ts';
import { configuredStream, tracksOpens } from '../../../../core/distribution/stream-rules.ts';
import { streamTitle } from '../../../../core/distribution/stream-words.ts';
import { choicesOf, isOffered, switchedOnBy } from '../../../../core/preferences/choices.ts';
import type { NextWords } from '../../../../core/preferences/next-words.ts';
import { productChoices } from '../../../../core/preferences/product-choices.ts';
import type { SettingsFields } from '../../../../core/preferences/settings-fields.ts';
import { slotWords } from '../../../../core/preferences/settings-words.ts';
import { zones } from '../../../../core/shared/zone.ts';
import { type Audience, audienceRows } from '../../../../core/stream/audience.ts';
import { definitionOf, type StreamName, streams, streamsOf } from '../../../../core/stream/stream.ts';
import { isGranted } from '../../../../core/subscriber/grant.ts';
import { mandatoryFor } from '../../../../core/subscriber/mandatory.ts';
import type { Profile } from '../../../../core/subscriber/subscriber.ts';
import { whyGiven } from '../../../../core/subscriber/why-subscribed.ts';
import type { SignedIn } from '../../../shared/pages/current-session.ts';
import { Proof } from '../../../shared/pages/proof.tsx';
import { maskAddress } from '../../mask-address.ts';
import { archivePath } from '../../path-to.ts';
import { GeneralPanel } from './general-panel.tsx';
import { Notice, type Outcome } from './notice.tsx';
import { carried } from './read-settings.ts';
import { StreamPanel, type UsualTime } from './stream-panel.tsx';
import type { Offer } from './topic-offers.ts';
import type { TopicsProps } from './topics-part.tsx';

export interface PreferencesView {
  readonly profile: Profile;
  readonly distribution: Distribution;
  /** The values in the form. */
  readonly fields: SettingsFields;
  /** The settings shown before any change. A press is compared with them. */
  readonly shown: SettingsFields;
  readonly outcome?: Outcome | undefined;
  /** The next mail, and when it comes. */
  readonly next: NextWords;
  readonly catalogue: readonly Offer[];
  readonly found?: TopicsProps['found'];
  /** The page's own path. */
  readonly base: string;
  /** The holder's session. Without one the page offers nothing that concerns others. */
  readonly signed: SignedIn | undefined;
  /** The page where people can sign up. */
  readonly join: string;
  /** The page of reasons that are muted. Undefined: customers have none. */
  readonly muted: string | undefined;
  /** The first and the last day on which a pause may end. */
  readonly days: readonly [string, string];
  /** The archives that the reader may read, after they signed in. */
  readonly archives: readonly Audience[];
}

export const PreferencesPage = (view: PreferencesView) => {
  const { profile, distribution, fields, shown, outcome, next, base, days, signed } = view;
  const offered = streams.filter((stream) => isShown(stream, profile, distribution));
  const joinable = streams.filter((stream) => isJoinable(stream, profile, distribution));
  const first = offered.find((stream) => choicesOf(distribution, stream).hasHour);
  const zoneChoice = { zone: fields.zone, all: zones() };
  const flawed = new Set(outcome?.kind === 'refused' ? outcome.flaws.map(({ field }) => field) : []);
  return (
    <>
      <h1>What you get</h1>
      <p class="m">
        for <span class="address">{maskAddress(profile.address)}</span> · <a href="#not-you">not you?</a>
      </p>
      {outcome && <Notice outcome={outcome} distribution={distribution} signed={signed} />}
      <p class="said plain">
        {next.before}
        <b>{next.when}</b>
        {next.after}
      </p>
      <form method="post">
        <input type="hidden" name="shown" value={carried(shown)} />
        {signed && <Proof signed={signed} />}
        {offered.map((stream) => {
          const stays = fields.streams[stream];
          const topics = { catalogue: view.catalogue, found: view.found, action: base };
          return (
            stays && (
              <StreamPanel
                stream={stream}
                title={streamTitle(stream, distribution)}
                fields={stays}
                choices={choicesOf(distribution, stream)}
                usual={usualTime(distribution, stream)}
                when={slotWords(profile.streams[stream]?.slots.at(-1)?.slot ?? 'default', stream, distribution)}
                why={
                  profile.streams[stream]?.on
                    ? `You get ${definitionOf(stream).words.isPlural ? 'them' : 'it'} because ${whyGiven(stream, profile)}.`
                    : ''
                }
                mandatory={mandatoryFor(distribution, stream, profile.address)}
                labels={labelsOf(distribution)}
                zones={stream === first ? zoneChoice : undefined}
                topics={definitionOf(stream).hasTopics ? topics : undefined}
                products={productChoices(stream, distribution, stays.follow)}
                isSignedIn={signed !== undefined}
                flawed={flawed}
              />
            )
          );
        })}
        <GeneralPanel
          fields={fields}
          days={days}
          zones={first || profile.realm === 'customers' ? undefined : zoneChoice}
          counted={countedFor(profile, distribution)}
          flawed={flawed}
        />
        <div class="bar">
          <button type="submit" name="press" value="save">
            Save
          </button>
        </div>
      </form>
      <StopAll
        kept={offered
          .filter((stream) => mandatoryFor(distribution, stream, profile.address))
          .map((stream) => streamTitle(stream, distribution))}
      />
      <Elsewhere
        base={base}
        join={view.join}
        muted={view.muted}
        joinable={joinable.map((stream) => ({ stream, title: streamTitle(stream, distribution) }))}
        archives={view.archives}
      />
    </>
  );
};

/** Kept apart from the form, so that nobody unsubscribes from everything instead of saving. */
const StopAll = ({ kept }: { kept: readonly string[] }) => (
  <form class="panel" method="post">
    <h2>Unsubscribe</h2>
    <p>
      {kept.length > 0
        ? `You keep ${kept.join(' and ')}, which you have to get. Everything else stops.`
        : 'You will then get no more mail.'}{' '}
      You can come back at any time.
    </p>
    <p class="acts">
      <button class="soft" type="submit" name="press" value="stop">
        Unsubscribe from everything
      </button>
    </p>
  </form>
);

/** When a stream comes to readers who have not chosen another day or hour. */
function usualTime(distribution: Distribution, stream: StreamName): UsualTime {
  const schedule = configuredStream(distribution, stream)?.schedule;
  const day = schedule?.every === 'week' ? `${schedule.on.charAt(0).toUpperCase()}${schedule.on.slice(1)}` : undefined;
  return { day, hour: schedule && `${schedule.at} ${printZone(schedule.zone ?? distribution.organisation.zone)}` };
}

/**
 * For whom opens of their mails are counted. Undefined if they never are, so that there is nothing
 * to choose.
 */
const countedFor = ({ realm }: Profile, distribution: Distribution): string | undefined => {
  if (realm === 'staff') return 'as an estimate for your team, never for you alone';
  const isCounted = streamsOf(realm).some((stream) => tracksOpens(distribution, stream));
  return isCounted ? 'as an estimate for everybody together, never for you alone' : undefined;
};

/** The streams that somebody gets, cannot switch off, or can switch on without approval. */
const isShown = (stream: StreamName, profile: Profile, distribution: Distribution): boolean =>
  isOffered(distribution, stream, profile.realm) &&
  (profile.streams[stream]?.on === true ||
    isGranted(profile, stream) ||
    mandatoryFor(distribution, stream, profile.address) !== undefined ||
    switchedOnBy(distribution, stream) === 'themselves');

/** The streams to which somebody else has to admit them. */
const isJoinable = (stream: StreamName, profile: Profile, distribution: Distribution): boolean =>
  isOffered(distribution, stream, profile.realm) &&
  !isShown(stream, profile, distribution) &&
  switchedOnBy(distribution, stream) === 'its owner';

interface ElsewhereProps extends Pick<PreferencesView, 'base' | 'join' | 'muted' | 'archives'> {
  readonly joinable: readonly { readonly stream: StreamName; readonly title: string }[];
}

const Elsewhere = ({ base, join, muted, joinable, archives }: ElsewhereProps) => (
  <>
    {joinable.length > 0 && (
      <p>
        You can ask to join{' '}
        {joinable.map(({ stream, title }, n) => (
          <>
            {n > 0 && ' · '}
            <a href={`${join}/${stream}`}>{title}</a>
          </>
        ))}
      </p>
    )}
    {archives.length > 0 && (
      <p>
        {archives.map((audience, n) => (
          <>
            {n > 0 && ' · '}
            <a href={archivePath(audience)}>{audienceRows[audience].archive}</a>
          </>
        ))}{' '}
        · <a href="/feeds">Get a feed</a>. <small class="m">You sign in to read these.</small>
      </p>
    )}
    <p class="small">
      {muted !== undefined && (
        <>
          <a href={muted}>What you and your team muted</a> ·{' '}
        </>
      )}
      <a href={`${base}/data`}>What is stored about you</a> · <a href={`${base}/erase`}>Erase me</a>
    </p>
    <details id="links" class="small">
      <summary>Make all my older links invalid</summary>
      <p>
        Do this if someone else has one of your mails. All links that you got so far stop working, to read, to choose and to unsubscribe.
        Links in new mails work.{archives.length > 0 && ' You are signed out everywhere, and your feeds end.'}
      </p>
      <form method="post" class="acts">
        <button class="soft" type="submit" name="press" value="renew">
          Make them invalid
        </button>
      </form>
    </details>
    <p id="not-you" class="m small">
      Not you? Somebody forwarded their mail to you, or you share a mailbox. Close this page. Nothing changes unless you press a button.
    </p>
  </>
);
