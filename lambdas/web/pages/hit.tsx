/** @jsxImportSource hono/jsx */
import { printDayOf } from '../../../core/calendar/print.ts';
import type { SeverityLabels } from '../../../core/distribution/severity-label.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import type { FoundPlace } from '../../../core/search/searched-text.ts';
import { asGiven } from '../../../core/shared/instant.ts';
import { Pills } from '../../shared/postmortem/pills.tsx';

export interface HitProps {
  readonly entry: ListedEntry;
  /** The path of the reader's postmortems, `/r/<token>`. */
  readonly base: string;
  readonly labels: SeverityLabels;
  readonly now: Date;
  readonly zone: string;
  /** Where a search found its words, if the list does not show them. */
  readonly found?: FoundPlace | undefined;
}

/** One postmortem in a list. */
export const Hit = ({ entry, base, labels, now, zone, found }: HitProps) => (
  <li>
    <Pills severity={entry.severity} label={labels[entry.severity]} status={entry.status} />
    <h2 dir="auto">
      <a href={`${base}/${entry.id}`}>{entry.title}</a>
    </h2>
    {entry.gist && <p dir="auto">{entry.gist}</p>}
    {found && (
      <p class="small" dir="auto">
        <span class="m">{found.place}: </span>
        {found.before}
        <mark>{found.match}</mark>
        {found.after}
      </p>
    )}
    <p class="m small">
      {[printDayOf(asGiven(entry.publishedAt), now, zone), entry.services.slice(0, 4).join(', '), entry.tags.slice(0, 4).join(', ')]
        .filter(Boolean)
        .join(' · ')}
    </p>
  </li>
);
