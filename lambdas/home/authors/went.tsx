/** @jsxImportSource hono/jsx */
import { printDayInFull } from '../../../core/calendar/print.ts';
import { editionWords, streamTitle } from '../../../core/distribution/stream-words.ts';
import { parseEditionId } from '../../../core/edition/edition-id.ts';
import type { EditionReport } from '../../../core/edition/ports.ts';
import type { Reach } from '../../../core/feedback/reach.ts';
import { fewAtATime } from '../../../core/shared/few-at-a-time.ts';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { counted } from '../words.ts';
import { zoneOf } from './draft-view.tsx';

const mostEditions = 20;
/** Reach is counted on request, reader by reader. */
const mostCounted = 5;

interface Gone {
  readonly report: EditionReport;
  readonly reach: Reach | undefined;
}

/** The latest editions that carried it, latest first. Those that expired are left out. */
export async function wentTo(ids: readonly string[], { operator }: HomeDeps): Promise<Gone[]> {
  const reports = await fewAtATime(ids.slice(-mostEditions), (id) => operator.editions.report(id));
  const latest = reports.flatMap((report) => (report ? [report] : [])).toSorted((a, b) => (a.composedAt < b.composedAt ? 1 : -1));
  return fewAtATime([...latest.entries()], async ([i, report]) => ({
    report,
    reach: i < mostCounted ? await operator.reach.read(report.edition) : undefined,
  }));
}

/** Each with how many people it reached. */
export const Went = ({ went, visit: { distribution, now, ...visit } }: { readonly went: readonly Gone[]; readonly visit: Visit }) => (
  <ul class="hits">
    {went.map(({ report: { edition, composedAt, subject, counts, state }, reach }) => (
      <li>
        <strong>{titleOf(edition, distribution)}</strong>
        <small class="m block" dir="auto">
          {subject}
        </small>
        <div>
          {printDayInFull(composedAt, now, zoneOf({ ...visit, distribution }))} · {counted(counts.accepted ?? 0, 'mail')} sent
          {state === 'complete' ? '' : `, ${state}`}
        </div>
        {reach && reach.mails > 0 && <small class="m block">{reached(reach)}</small>}
      </li>
    ))}
  </ul>
);

function titleOf(edition: string, distribution: Visit['distribution']): string {
  const { stream, frequency } = parseEditionId(edition);
  if (!stream) return edition;
  const words = frequency === 'published' ? streamTitle(stream, distribution) : editionWords(stream, frequency, distribution);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** By the words of reach: estimates, and none where a count would reveal who opened it. */
const reached = ({ mails, opens }: Reach): string =>
  opens
    ? `${mails.toLocaleString('en')} reported on · opened by people, estimated: ${opens['likely human']} · by machines: ${opens.machine} · not known: ${opens.unknown}`
    : `${mails.toLocaleString('en')} reported on · too few to say who opened it`;
