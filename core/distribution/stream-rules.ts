import type { Schedule } from '../calendar/schedule.ts';
import type { Severity } from '../postmortem/postmortem.ts';
import type { Audience } from '../stream/audience.ts';
import {
  type AlertStream,
  alertStreams,
  audienceOf,
  definitionOf,
  type EditionStream,
  type Frequency,
  type Realm,
  type RelevanceStream,
  realmOfStream,
  relevanceStreams,
  type StreamName,
  streams,
  type UpdateStream,
  updateStreams,
} from '../stream/stream.ts';
import type { Distribution } from './distribution.ts';
import type { NoticeSettings } from './notices.ts';

type Streams = Pick<Distribution, 'streams'>;

/** What the distribution file may say about any stream. */
export interface ConfiguredStream extends Readonly<Omit<NoticeSettings, 'contact'>> {
  readonly schedule?: Schedule | undefined;
  readonly quietWeek?: 'notice' | 'nothing' | undefined;
  readonly contact?: string | undefined;
  readonly severities?: readonly Severity[] | undefined;
  readonly withinDays?: number | undefined;
  readonly updates?: boolean | undefined;
  readonly frequencies?: readonly Frequency[] | undefined;
  readonly subscribe?: readonly string[] | undefined;
  readonly tracking?: 'opens' | 'none' | undefined;
  readonly signUp?: 'none' | 'organisation' | 'approval' | 'open' | undefined;
  readonly owner?: string | undefined;
}

/** What the file says about a stream. Undefined if it leaves the stream out. */
export function configuredStream({ streams: configured }: Streams, stream: StreamName): ConfiguredStream | undefined {
  const all: { readonly [S in StreamName]?: ConfiguredStream | undefined } = configured;
  return all[stream];
}

/**
 * The frequencies that readers can choose: those that the file allows, or all that the stream has.
 * Empty: the stream is only on or off.
 */
export const frequenciesOf = (distribution: Streams, stream: StreamName): readonly Frequency[] =>
  configuredStream(distribution, stream)?.frequencies ?? definitionOf(stream).frequencies;

/**
 * Whether a stream tells of postmortems one by one, where it can. Of a stream with frequencies, an
 * organisation may offer the scheduled ones alone.
 */
export function comesAtOnce(distribution: Streams, stream: StreamName): boolean {
  const offered = frequenciesOf(distribution, stream);
  return offered.length === 0 || offered.includes('published');
}

/**
 * The alert streams that report a severity. `withinDays`: how old a postmortem may be when it
 * arrives.
 */
export const alertsFor = (distribution: Streams, severity: Severity): { readonly stream: AlertStream; readonly withinDays: number }[] =>
  alertStreams.flatMap((stream) => {
    const { severities, withinDays } = distribution.streams[stream] ?? {};
    return severities?.includes(severity) && withinDays !== undefined ? [{ stream, withinDays }] : [];
  });

/** The streams with incident updates that tell of a severity; see `alertsFor`. */
export const toldAtOnce = (distribution: Streams, severity: Severity): { readonly stream: UpdateStream; readonly withinDays: number }[] =>
  updateStreams.flatMap((stream) => {
    const { severities, withinDays } = configuredStream(distribution, stream) ?? {};
    return severities?.includes(severity) && withinDays !== undefined ? [{ stream, withinDays }] : [];
  });

/** The streams that tell the teams to which one of a severity matters much; see `alertsFor`. */
export const toldByRelevance = (
  distribution: Streams,
  severity: Severity,
): { readonly stream: RelevanceStream; readonly withinDays: number }[] =>
  relevanceStreams.flatMap((stream) => {
    const { severities, withinDays } = distribution.streams[stream] ?? {};
    return severities?.includes(severity) && withinDays !== undefined ? [{ stream, withinDays }] : [];
  });

/**
 * How people sign up for a stream, and who approves it. `open`: from any domain, only for
 * customers.
 */
export type SignUp = { readonly kind: 'organisation' | 'open' } | { readonly kind: 'approval'; readonly owner: string };

/**
 * Undefined if nobody can sign up: the file does not name the stream, says so, or names no owner to
 * ask.
 */
export function signUpOf(distribution: Streams, stream: StreamName): SignUp | undefined {
  const { signUp, owner } = configuredStream(distribution, stream) ?? {};
  switch (definitionOf(stream).joinedBy) {
    case 'nobody':
      return undefined;
    case 'anybody':
      return signUp === 'open' ? { kind: 'open' } : undefined;
    case 'staff':
      if (signUp === 'organisation') return { kind: 'organisation' };
      return signUp === 'approval' && owner ? { kind: 'approval', owner } : undefined;
  }
}

/** The streams that a realm's sign-up page offers. */
export const openStreams = (distribution: Streams, realm: Realm): StreamName[] =>
  streams.filter((stream) => realmOfStream(stream) === realm && signUpOf(distribution, stream));

/**
 * Whether opens of a stream's mails are estimated: as the file says, or the stream's default.
 * Service mails are not counted.
 */
export const tracksOpens = (distribution: Streams, stream: EditionStream): boolean =>
  stream !== 'service' && (configuredStream(distribution, stream)?.tracking ?? definitionOf(stream).tracking) === 'opens';

/**
 * The streams that the distribution file gives to a role. `everyone` includes people without a
 * role.
 */
export const defaultStreams = (distribution: Streams, role: string | undefined): StreamName[] =>
  streams.filter((stream) => configuredStream(distribution, stream)?.subscribe?.some((wanted) => isRole(wanted, role)));

/** Whether a role that the distribution file names is this person's. `everyone` is everybody's. */
export const isRole = (named: string, role: string | undefined): boolean =>
  isSame(named, 'everyone') || (role !== undefined && isSame(named, role));

const isSame = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Whom an audience asks where a postmortem names nobody. Empty if none of its streams says. */
export const contactOf = (distribution: Streams, audience: Audience): string =>
  streams
    .filter((stream) => audienceOf(stream) === audience)
    .flatMap((stream) => configuredStream(distribution, stream)?.contact ?? [])[0] ?? '';
