/** @jsxImportSource hono/jsx */
import { isLive, readSessionText, type StoredSession, sessionId, sessionText } from '../../../core/access/session.ts';
import { printMoment } from '../../../core/calendar/print.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { audienceRows } from '../../../core/stream/audience.ts';
import { zoneFor } from '../../../core/subscriber/own-zone.ts';
import { isOwnForm } from '../../shared/pages/current-session.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { Proof } from '../../shared/pages/proof.tsx';
import { notUnderstood, tooOften } from '../../shared/pages/refusals.tsx';
import { page } from '../../shared/pages/shell.tsx';
import { type ArchiveReader, archiveReaderOf } from '../archive-reader.ts';
import type { WebDeps } from '../deps.ts';
import { feedAddress } from './feed.ts';

/**
 * The feeds of somebody who signed in. They make one, whose address is shown once because only its
 * hash is kept, and end one.
 */
export const feedsPage = (deps: WebDeps): PageRoute => ({
  path: '/feeds',
  async get(request) {
    const reader = await archiveReaderOf(request, deps);
    return 'answer' in reader ? reader.answer : shown(reader, deps);
  },
  post: {
    async answer(post) {
      const reader = await archiveReaderOf(post, deps);
      if ('answer' in reader) return reader.answer;
      if (!isOwnForm(post, reader.signed)) return notUnderstood();
      if (!deps.mayPress(reader.signed.profile.sid)) return tooOften();
      if (post.form.get('press') === 'feed') return shown(reader, deps, { made: await newFeed(reader, deps) });
      const wanted = (await feedsOf(reader, deps)).find((feed) => sessionId(feed) === post.form.get('end'));
      if (wanted) await endFeed(wanted, deps);
      return shown(reader, deps, { ended: true });
    },
  },
});

/** The text of a new feed's secret, for its address. */
async function newFeed({ signed: { profile, session } }: ArchiveReader, { sessions, audit, newSecret, now }: WebDeps): Promise<string> {
  const { sid, generation = 0 } = profile;
  const text = sessionText(sid, newSecret());
  const begun = readSessionText(text);
  if (!begun) throw new Error('a feed needs a secret of 32 bytes');
  const at = toInstant(now());
  await sessions.put({ ...begun, kind: 'feed', way: session.way, createdAt: at, seenAt: at, generation });
  await audit.record({ at, who: 'reader', act: 'feed made', facts: { subscriber: sid } });
  return text;
}

async function endFeed(feed: StoredSession, { sessions, audit, now }: WebDeps): Promise<void> {
  await sessions.end(feed);
  await audit.record({ at: toInstant(now()), who: 'reader', act: 'feed ended', facts: { subscriber: feed.sid } });
}

/** Of their own alone, the latest first. */
const feedsOf = async ({ signed: { profile } }: ArchiveReader, { sessions, now }: WebDeps): Promise<StoredSession[]> =>
  (await sessions.list(profile.sid))
    .filter((one) => one.kind === 'feed' && isLive(one, profile, now()))
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));

interface Done {
  /** The text of the feed that was made. */
  readonly made?: string;
  readonly ended?: true;
}

async function shown(reader: ArchiveReader, deps: WebDeps, { made, ended }: Done = {}) {
  const zone = zoneFor(reader.signed.profile, reader.distribution);
  const now = deps.now();
  const feeds = await feedsOf(reader, deps);
  return page({
    title: 'Your feeds',
    whose: reader.distribution,
    children: (
      <>
        {ended && (
          <p class="said" role="status">
            That feed is ended.
          </p>
        )}
        <h1>Your feeds</h1>
        <p class="m">
          A feed tells a program what is new in the archive. Its address has a secret in it, and whoever has the address reads the list as
          you do. Its links lead to the archive, where you sign in.
        </p>
        {made && <NewFeed reader={reader} text={made} publicUrl={deps.publicUrl} />}
        {feeds.length > 0 && (
          <section class="panel" aria-labelledby="feeds">
            <h2 id="feeds">{feeds.length === 1 ? 'One feed' : `${feeds.length} feeds`}</h2>
            <ul class="found">
              {feeds.map((feed) => (
                <li>
                  <span class="what">
                    Made {printMoment(feed.createdAt, now, zone)}
                    <br />
                    <span class="m small">
                      {feed.seenAt === feed.createdAt ? 'Not read yet' : `Last read ${printMoment(feed.seenAt, now, zone)}`}
                    </span>
                  </span>
                  <form method="post" action="/feeds">
                    <Proof signed={reader.signed} />
                    <button class="soft" type="submit" name="end" value={sessionId(feed)}>
                      End<span class="hp"> the feed made {printMoment(feed.createdAt, now, zone)}</span>
                    </button>
                  </form>
                </li>
              ))}
            </ul>
          </section>
        )}
        <form method="post" action="/feeds" class="acts">
          <Proof signed={reader.signed} />
          <button type="submit" name="press" value="feed">
            Make an address
          </button>
        </form>
        <p class="m small">
          A feed shows what you may read at that moment. It ends when you end it, when you make your links invalid, or after 90 days in
          which nothing read it. <a href="/archive">Archive</a> · <a href="/sessions">Where you are signed in</a>
        </p>
      </>
    ),
  });
}

interface NewFeedProps {
  readonly reader: ArchiveReader;
  readonly text: string;
  readonly publicUrl: string;
}

const NewFeed = ({ reader: { audiences }, text, publicUrl }: NewFeedProps) => (
  <section class="panel" role="status" aria-labelledby="new">
    <h2 id="new">Your new feed</h2>
    <p>Copy the address now. It is not shown again.</p>
    {audiences.map((audience) => (
      <p>
        {audienceRows[audience].archive}
        <br />
        <code>{feedAddress(publicUrl, text, audience)}</code>
      </p>
    ))}
  </section>
);
