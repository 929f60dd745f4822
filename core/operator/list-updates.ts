import { countsOf } from '../edition/edition.ts';
import { tellingId } from '../edition/edition-id.ts';
import { editionState } from '../edition/edition-state.ts';
import type { EditionReader } from '../edition/ports.ts';
import { wavesAhead } from '../edition/waves.ts';
import { type IncidentUpdates, lookedAtFrom } from '../incident-update/incident-updates.ts';
import type { DueUpdates, IncidentUpdatesStore } from '../incident-update/ports.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { weekMs } from '../shared/duration.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import { toInstant } from '../shared/instant.ts';
import { updateStreams } from '../stream/stream.ts';
import type { UpdatesAnswer } from './api.ts';

export interface ListUpdatesDeps {
  readonly updates: Pick<IncidentUpdatesStore, 'read'> & DueUpdates;
  readonly editions: Pick<EditionReader, 'read'>;
  readonly now: () => Date;
}

type Told = UpdatesAnswer['updates'][number];

const mostWaiting = 100;

/**
 * What each stream with updates told of an incident, and what waits. Without an incident: those of
 * which something waits, the next due first.
 */
export async function listUpdates(incident: PostmortemId | undefined, deps: ListUpdatesDeps): Promise<UpdatesAnswer> {
  const wanted =
    incident === undefined
      ? await deps.updates.due(new Date(deps.now().getTime() + weekMs), mostWaiting)
      : updateStreams.map((stream) => ({ stream, incident }));
  const rows = await fewAtATime(wanted, (one) => deps.updates.read(one.stream, one.incident));
  return {
    updates: await fewAtATime(
      rows.filter((row) => row !== undefined),
      (row) => told(row, deps),
    ),
  };
}

async function told(row: IncidentUpdates, { editions }: ListUpdatesDeps): Promise<Told> {
  const { stream, incident, updates, next } = row;
  const mails = await fewAtATime(updates, async ({ n, kind, revision, at }) => {
    const id = tellingId(stream, incident, n);
    const edition = await editions.read(id);
    const made = edition && { state: editionState(edition, wavesAhead(edition)), counts: countsOf(edition) };
    return { edition: id, kind, revision, at, ...made };
  });
  const from = lookedAtFrom(row);
  return { stream, postmortem: incident, mails, ...(next && from && { next: { state: next.state, dueAt: toInstant(from) } }) };
}
