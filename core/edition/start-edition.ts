import type { Distribution } from '../distribution/distribution.ts';
import type { ScheduledStream } from '../distribution/scheduled-streams.ts';
import { isTellable } from '../postmortem/postmortem.ts';
import { AfterwordError } from '../shared/errors.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { toInstant } from '../shared/instant.ts';
import { composeAlert } from './compose-alert.ts';
import { composeScheduled } from './compose-scheduled.ts';
import type { Composed } from './composed.ts';
import { type Edition, type EditionId, laneOf } from './edition.ts';
import { alertEditionId } from './edition-id.ts';
import { namedIn } from './fragments.ts';
import { occurrenceDueAt } from './occurrence.ts';
import type { ComposeDeps } from './ports.ts';
import { tracksOpens } from './tracks-opens.ts';

/** What the compose queue carries: an edition that is due, or an incident that is told at once. */
export type Occasion = { kind: 'scheduled'; stream: ScheduledStream; at: Date } | { kind: 'alert'; postmortem: string };

/** No distribution file is applied, so nobody knows who gets what: kept in the queue and, after three tries, in its dead letters. */
export class NothingApplied extends AfterwordError {
  override readonly name = 'NothingApplied';
  constructor() {
    super('no distribution file is applied; `afterword apply` does that');
  }
}

export interface Started {
  readonly edition: EditionId;
  readonly existed: boolean;
}

/**
 * Makes one edition and sets it going. Any number of times is once: META is written once, and everything after it
 * (noting it with its postmortems, the last look at restrictions, starting the root range) can be done again.
 */
export async function startEdition(occasion: Occasion, deps: ComposeDeps): Promise<Started | undefined> {
  const distribution = await deps.distribution();
  if (!distribution) throw new NothingApplied();
  const id =
    occasion.kind === 'alert' ? alertEditionId(occasion.postmortem) : occurrenceDueAt(occasion.stream, occasion.at, distribution).id;
  const before = await deps.editions.read(id);
  if (before) {
    if (!before.completedAt) await setGoing(before, deps);
    return { edition: id, existed: true };
  }
  const composed = await compose(occasion, distribution, deps);
  if (!composed) return undefined;
  const edition = await store(composed, occasion, distribution, deps);
  await setGoing(edition, deps);
  return { edition: id, existed: false };
}

const compose = (occasion: Occasion, distribution: Distribution, deps: ComposeDeps) =>
  occasion.kind === 'alert'
    ? composeAlert(occasion.postmortem, distribution, deps)
    : composeScheduled(occurrenceDueAt(occasion.stream, occasion.at, distribution), occasion.at, distribution, deps);

async function store(composed: Composed, occasion: Occasion, distribution: Distribution, deps: ComposeDeps): Promise<Edition> {
  const now = toInstant(deps.now());
  const content = composed.fragments && (await deps.editions.putContent(composed.id, composed.fragments));
  const edition: Edition = {
    id: composed.id,
    stream: composed.stream,
    audience: { kind: 'stream' },
    scheduledFor: occasion.kind === 'alert' ? now : toInstant(occasion.at),
    composedAt: now,
    cutoff: now,
    subject: composed.subject,
    ...(composed.incident && { incident: composed.incident }),
    names: composed.fragments ? namedIn(composed.fragments) : [],
    carries: composed.carried.map(({ postmortem: { id, title, severity }, revision }) => ({ id, revision, title, severity })),
    ...(content ? { content } : { completedAt: now }),
    slots: ['default'],
    tracksOpens: tracksOpens(distribution, composed.stream),
    paused: false,
    recalled: false,
    withheld: [],
    tallies: {},
  };
  if (await deps.editions.create(edition)) return edition;
  const first = await deps.editions.read(composed.id);
  if (!first) throw new Error(`edition ${composed.id}: neither created nor there`);
  return first;
}

/**
 * A postmortem may have been restricted while it was being composed: intake withholds it from the editions noted with it,
 * so the edition is noted first, with all that it names, and each is looked at once more afterwards. One of the two sees the other.
 */
async function setGoing(edition: Edition, deps: ComposeDeps): Promise<void> {
  const carried = new Set(edition.carries.map(({ id }) => id));
  await fewAtATime([...new Set([...carried, ...edition.names])], async (id) => {
    await deps.postmortems.recordEdition(id, edition.id, carried.has(id) ? 'carried' : 'named');
    const now = await deps.postmortems.read(id);
    if (!now || !isTellable(now.postmortem)) await deps.editions.withhold(edition.id, id);
  });
  if (edition.content) await deps.start(edition, delayFor(edition, deps));
}

/**
 * Nobody's profile write is under way across the cut-off when the first range is read: bulk mail waits out the longest such write.
 * An alert has one slot, so nothing could double, and does not wait (docs/adr/002-cut-off.md).
 */
const delayFor = (edition: Edition, deps: ComposeDeps) => (laneOf(edition) === 'urgent' ? 0 : deps.profileWriterSeconds);
