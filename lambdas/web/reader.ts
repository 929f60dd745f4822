import type { Distribution } from '../../core/distribution/distribution.ts';
import type { EditionId } from '../../core/edition/edition.ts';
import { parseEditionId } from '../../core/edition/edition-id.ts';
import { dayOfReminders } from '../../core/edition/service-mail.ts';
import { PostmortemId } from '../../core/postmortem/postmortem.ts';
import { audiencesOf } from '../../core/preferences/audiences-of.ts';
import type { ListedEntry } from '../../core/search/search-entry.ts';
import { type Audience, audiences } from '../../core/stream/audience.ts';
import { audienceOf, type StreamName } from '../../core/stream/stream.ts';
import type { PageRequest } from '../shared/pages/page-route.ts';
import { seeOther } from '../shared/pages/see-other.ts';
import type { Refused } from './archive-reader.ts';
import type { WebDeps } from './deps.ts';
import { archivePath } from './path-to.ts';
import { notFound, readsNoMore } from './refusals.ts';
import { type Holder, holderOf } from './token-holder.ts';

/** A person who reads one of their mails. */
export interface Reader {
  readonly holder: Holder;
  /** Whose renditions the mail shows. */
  readonly audience: Audience;
  readonly edition: EditionId;
  /** Undefined for a test mail and for reminders. */
  readonly stream?: StreamName;
}

/**
 * The reader of a link in a mail that may be shown whole. Undefined for everything else. Reminders
 * may not: whoever got a link of theirs from a colleague would see what that one is asked.
 */
export async function readerOf(token: string | undefined, deps: WebDeps): Promise<Reader | undefined> {
  const holder = await holderOf(token, 'read', deps);
  if (holder?.kind !== 'holder' || dayOfReminders(holder.claims.about) !== undefined) return undefined;
  return readerBy(holder);
}

function readerBy(holder: Holder): Reader | undefined {
  const edition = holder.claims.about;
  if (dayOfReminders(edition) !== undefined) return { holder, audience: 'engineering', edition };
  const { stream, isTest } = parseEditionId(edition);
  const audience = stream && audienceOf(stream);
  // Page views from a test mail are not counted.
  return stream && audience && { holder, audience, edition, ...(!isTest && { stream }) };
}

interface Reading {
  readonly reader: Reader;
  readonly distribution: Distribution;
}

/**
 * Who reads what their mail links to, or the answer where nobody does. A link to a whole archive,
 * as earlier releases made them, leads to the archive, which needs a session.
 */
export async function readingOf({ params: { token, postmortem } }: Pick<PageRequest, 'params'>, deps: WebDeps): Promise<Reading | Refused> {
  const holder = await holderOf(token, 'read', deps);
  if (holder?.kind !== 'holder') return { answer: notFound(deps) };
  const archive = audienceNamed(holder.claims.about);
  if (archive) return { answer: seeOther(archivePath(archive, PostmortemId.safeParse(postmortem).data)) };
  const reader = readerBy(holder);
  const distribution = reader && (await deps.distribution());
  if (!reader || !distribution) return { answer: notFound(deps) };
  const read = audiencesOf(holder.profile, distribution, deps.now());
  // Whoever left their audience reads no mail of it any more, nor does anybody to whom they passed
  // one on. Reminders come to reviewers, who may read as leadership alone, and to owners of
  // actions.
  const audience = dayOfReminders(reader.edition) !== undefined && read.includes('leadership') ? 'leadership' : reader.audience;
  return read.includes(audience) ? { reader: { ...reader, audience }, distribution } : { answer: readsNoMore(distribution, deps) };
}

/**
 * The postmortems to which a mail links, as the archive has them now, newest first. What the
 * archive may not show any more is not among them.
 */
export async function toldIn(
  { holder: { claims, profile }, audience, edition }: Reader,
  { linksOf, archives }: Pick<WebDeps, 'linksOf' | 'archives'>,
): Promise<ListedEntry[]> {
  const [linked, archive] = await Promise.all([linksOf(edition, profile, claims.issuedAt), archives.of(audience)]);
  return archive.find({}).filter(({ id }) => linked.has(id));
}

const audienceNamed = (name: string | null | undefined): Audience | undefined => audiences.find((known) => known === name);
