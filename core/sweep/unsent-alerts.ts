import { hasAccepted } from '../delivery/has-reached.ts';
import type { RangeLedger } from '../delivery/ports.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { alertsFor } from '../distribution/stream-rules.ts';
import { countsOf, type Edition, type EditionId } from '../edition/edition.ts';
import { tellingId } from '../edition/edition-id.ts';
import { mostUpdates } from '../incident-update/next-update.ts';
import { isNewsWithin } from '../postmortem/news.ts';
import { isTellable, type PostmortemId } from '../postmortem/postmortem.ts';
import type { ListedPostmortem, StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { dayMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { Instant } from '../shared/instant.ts';
import { type AlertStream, alertStreams } from '../stream/stream.ts';

export interface UnsentAlert {
  readonly postmortem: PostmortemId;
  readonly edition: EditionId;
  readonly since: Instant;
  /**
   * 'no edition': it was never composed. 'nobody': no mail of it was accepted. 'some skipped': it
   * was withheld from some readers.
   */
  readonly why: 'no edition' | 'nobody' | 'some skipped';
}

export interface UnsentDeps {
  /** May lag by a second. */
  readonly changedSince: (since: Date, now: Date) => Promise<ListedPostmortem[]>;
  /** Consistent. */
  readonly postmortem: (id: PostmortemId) => Promise<StoredPostmortem | undefined>;
  /** Consistent. */
  readonly edition: (id: EditionId) => Promise<Edition | undefined>;
  readonly ranges: Pick<RangeLedger, 'read'>;
  readonly now: () => Date;
}

/** It takes seconds from publishing to the first accepted mail. */
const patienceMs = 5 * 60_000;
/** An alarm that is a day old has been seen. */
const lookBackMs = dayMs;
/** At most this many are looked at in a run, the latest first. */
const most = 50;

/**
 * Postmortems for which an alert was due more than five minutes ago, without an accepted mail. The
 * reason does not matter: nobody composed it, it waits, everybody was refused, or nobody is
 * subscribed. None is due if nothing said that the postmortem is new. Postmortems that were
 * withheld from some readers then, and may be shown now, are unsent too. Of several mails about an
 * incident the last counts, once it is five minutes old. Editions that were paused or recalled by
 * hand do not count, nor does anything from before the distribution file was
 * applied.
 */
export async function unsentAlerts(
  { distribution, appliedAt }: { readonly distribution: Distribution; readonly appliedAt: Instant },
  { changedSince, postmortem, edition, ranges, now }: UnsentDeps,
): Promise<UnsentAlert[]> {
  const at = now().getTime();
  const oldest = Math.max(at - lookBackMs, Date.parse(appliedAt));
  const changed = (await changedSince(new Date(oldest), now())).filter(
    ({ updatedAt }) => Date.parse(updatedAt) >= oldest && Date.parse(updatedAt) <= at - patienceMs,
  );
  const isNew = ({ status, restricted, publishedAt, updatedAt }: ListedPostmortem, withinDays: number) =>
    isTellable({ status, restricted }) && Date.parse(updatedAt) - Date.parse(publishedAt ?? updatedAt) <= withinDays * dayMs;
  const due = changed.flatMap((listed) =>
    alertsFor(distribution, listed.severity)
      .filter(({ withinDays }) => isNew(listed, withinDays))
      .map(({ stream, withinDays }) => ({ listed, stream, withinDays })),
  );
  // Of these only a mail that was made is looked at: that it was taken back, or is less severe.
  const others = changed.flatMap((listed) =>
    alertStreams
      .filter((stream) => !due.some((one) => one.listed.id === listed.id && one.stream === stream))
      .map((stream) => ({ listed, stream, withinDays: undefined })),
  );
  const unsent: UnsentAlert[] = [];
  for (const { listed, stream, withinDays } of [...due.slice(-most), ...others.slice(-most)]) {
    const { id, updatedAt } = listed;
    const made = await tellingsOf(stream, id, edition);
    const found = made.at(-1);
    if (!found) {
      const stored = withinDays === undefined ? undefined : await postmortem(id);
      if (withinDays === undefined || (stored && !isNewsWithin(withinDays, stored, new Date(stored.updatedAt)))) continue;
      unsent.push({ postmortem: id, edition: tellingId(stream, id), since: updatedAt, why: 'no edition' });
      continue;
    }
    if (found.paused || found.recalled) continue;
    // It was ended because nobody has it and it would tell what does not stand.
    if (found.superseded && withinDays === undefined) continue;
    // While the last one is on its way, one that was sent before it is enough.
    const isYoung = Date.parse(found.composedAt) > at - patienceMs;
    const looked = (isYoung || found.superseded) && made.length > 1 ? made : [found];
    const reachesSome = (await fewAtATime(looked, (one) => hasAccepted(one, ranges))).includes(true);
    if (reachesSome && (isYoung || !isTellable(listed) || !countsOf(found)['skipped: withheld'])) continue;
    unsent.push({ postmortem: id, edition: found.id, since: updatedAt, why: reachesSome ? 'some skipped' : 'nobody' });
  }
  return unsent;
}

/** Every mail about the incident, the first of them first. */
async function tellingsOf(stream: AlertStream, id: PostmortemId, edition: UnsentDeps['edition']): Promise<Edition[]> {
  const made: Edition[] = [];
  for (let telling = 1; telling <= mostUpdates; telling += 1) {
    const found = await edition(tellingId(stream, id, telling));
    if (!found) break;
    made.push(found);
  }
  return made;
}
