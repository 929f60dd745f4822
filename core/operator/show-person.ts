import { stateOf } from '../delivery/evidence.ts';
import type { Outcome } from '../delivery/outcome.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { isSuspendedByOperator } from '../people/suspend-people.ts';
import { choicesOf, isOffered } from '../preferences/choices.ts';
import { fieldsOf } from '../preferences/settings-fields.ts';
import { slotWords } from '../preferences/settings-words.ts';
import { type ExportDeps, mailsOf } from '../rights/export-person.ts';
import { dayMs } from '../shared/duration.ts';
import { toInstant } from '../shared/instant.ts';
import { type StreamName, streamsOf } from '../stream/stream.ts';
import { grantOf, howJoined } from '../subscriber/grant.ts';
import { mandatoryFor } from '../subscriber/mandatory.ts';
import type { Profile } from '../subscriber/subscriber.ts';
import { isSubscribed } from '../subscriber/subscription.ts';
import { whyGiven } from '../subscriber/why-subscribed.ts';
import type { ShownPerson } from './api.ts';

/** How far back the mails go that are shown of a person, and how many there are at most. */
const mailDays = 35;
const mostMails = 20;

/** A person as an operator sees them, without their mails. */
export function shownPerson(profile: Profile, distribution: Distribution, now: Date): ShownPerson {
  const {
    sid,
    realm,
    address,
    name,
    team,
    role,
    zone,
    handles = [],
    suspended,
    suppressed,
    snoozedUntil,
    unconfirmed,
    tracking,
    format,
    revision,
  } = profile;
  const joined = howJoined(profile);
  const fields = fieldsOf(profile, distribution, now);
  const shown = streamsOf(realm).filter((stream) => profile.streams[stream] !== undefined || isOffered(distribution, stream, realm));
  return {
    sid,
    realm,
    address,
    ...(name && { name }),
    ...(team && { team }),
    ...(role && { role }),
    ...(zone && { zone }),
    shownZone: fields.zone,
    handles: [...handles],
    ...(profile.directory && { given: Object.keys(profile.directory.gave) }),
    ...(suspended && { suspended: { at: suspended.at, by: whoSuspended(profile) } }),
    ...(suppressed && { suppressed }),
    ...(snoozedUntil && Date.parse(snoozedUntil) > now.getTime() && { snoozedUntil }),
    ...(unconfirmed && { unconfirmed: unconfirmed.at }),
    opens: tracking === false ? 'off' : 'as the stream says',
    format: format ?? 'html',
    ...(joined && { joined }),
    revision,
    streams: shown.map((stream) => shownStream(stream, fields.streams[stream]?.frequency ?? 'off', profile, distribution, now)),
  };
}

function shownStream(
  stream: StreamName,
  frequency: string,
  profile: Profile,
  distribution: Distribution,
  now: Date,
): ShownPerson['streams'][number] {
  const settings = profile.streams[stream];
  const on = isSubscribed(profile, stream, distribution, now);
  const mandatory = mandatoryFor(distribution, stream, profile.address);
  const grant = grantOf(profile, stream);
  const delegateUntil = settings?.delegate && Date.parse(settings.delegate.until) > now.getTime() ? settings.delegate.until : undefined;
  return {
    stream,
    title: streamTitle(stream, distribution),
    on,
    frequency,
    when: slotWords(settings?.slots.at(-1)?.slot ?? 'default', stream, distribution),
    ...(on && { why: mandatory ?? whyGiven(stream, profile) }),
    mandatory: mandatory !== undefined,
    ...(grant && { grant }),
    ...(!on && settings?.leftAt && { leftAt: settings.leftAt }),
    ...(settings?.until && { until: settings.until }),
    ...(delegateUntil && { delegateUntil }),
    follows: settings?.follow?.length ?? 0,
    leavesOut: settings?.leaveOut?.length ?? 0,
    ...(settings?.least && { least: settings.least }),
    frequencies: [...choicesOf(distribution, stream).frequencies],
  };
}

/**
 * What became of their mails of the last five weeks, latest first: those of their streams, without
 * the mails that answered what somebody did.
 */
export async function lastMails(
  profile: Profile,
  { ledger, now }: Pick<ExportDeps, 'ledger' | 'now'>,
): Promise<NonNullable<ShownPerson['mails']>> {
  const since = toInstant(new Date(now().getTime() - mailDays * dayMs));
  const theirs = new Set<string>(Object.keys(profile.streams));
  const mails = await mailsOf(profile, since, { ledger, only: ({ stream }) => theirs.has(stream) });
  return mails
    .toReversed()
    .filter(({ outcome }) => outcome?.kind !== 'skipped' || outcome.reason !== 'not due')
    .slice(0, mostMails)
    .map(({ edition, stream, subject, composedAt, outcome, evidence }) => ({
      edition,
      stream,
      ...(subject !== undefined && { subject }),
      at: composedAt,
      ...(outcome && { outcome: outcomeWords(outcome) }),
      ...(evidence && { state: stateOf(evidence) }),
    }));
}

function outcomeWords(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'skipped':
      return `skipped: ${outcome.reason}`;
    case 'refused':
      return `refused: ${outcome.code}`;
    case 'accepted':
    case 'in doubt':
    case 'unconfirmed':
      return outcome.kind;
    default:
      return outcome satisfies never;
  }
}

function whoSuspended(profile: Profile): 'operator' | 'directory' | 'file' {
  if (isSuspendedByOperator(profile)) return 'operator';
  return profile.suspendedBy === 'directory' ? 'directory' : 'file';
}
