import { materialFor, shownRevision } from '../edition/corrections.ts';
import type { Edition } from '../edition/edition.ts';
import { isAwaited, isTellable } from '../postmortem/postmortem.ts';
import { fewAtATime } from '../shared/few-at-a-time.ts';
import type { StartDeps } from './ports.ts';

export interface RecordDeps {
  readonly postmortems: Pick<StartDeps['postmortems'], 'read' | 'recordEdition'>;
  readonly editions: Pick<StartDeps['editions'], 'withhold' | 'correct'>;
}

/**
 * Records the edition with its postmortems and checks each of them again, as it stood when that was
 * written. One may have been restricted or corrected during composing, and intake withholds or
 * corrects it only in editions recorded with it. So either intake or this check sees the other. A
 * text from before a restriction that was lifted meanwhile is withheld too, because it may have
 * been cleaned. Idempotent. No mail may leave before it: whoever starts an edition of which nothing
 * has begun does this first.
 */
export async function recordAndCheck(edition: Edition, { postmortems, editions }: RecordDeps): Promise<void> {
  const carried = new Set(edition.carries.map(({ id }) => id));
  const awaited = new Set(edition.awaits);
  await fewAtATime([...new Set([...carried, ...edition.names])], async (id) => {
    const recorded = await postmortems.recordEdition(id, edition.id, carried.has(id) ? 'carried' : awaited.has(id) ? 'awaited' : 'named');
    const now = recorded ?? (await postmortems.read(id));
    const shown = shownRevision(edition, id);
    const mayBeTold = now && (isTellable(now.postmortem) || (awaited.has(id) && isAwaited(now.postmortem)));
    if (!mayBeTold || (shown !== undefined && shown <= (now.hiddenIn ?? 0))) {
      await editions.withhold(edition.id, id, now?.revision ?? 0);
    }
    const material = now && materialFor(edition.id, now);
    if (shown !== undefined && material !== undefined && material > shown) await editions.correct(edition.id, id, material);
  });
  await fewAtATime(edition.takesBack ?? [], (id) => postmortems.recordEdition(id, edition.id, 'named'));
}
