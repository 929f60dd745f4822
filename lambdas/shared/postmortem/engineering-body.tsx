/** @jsxImportSource hono/jsx */
import { printDay, printTime } from '../../../core/calendar/print.ts';
import type { EngineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { Instant } from '../../../core/shared/instant.ts';
import { Actions } from './actions.tsx';
import { Markdown, safeUrl } from './markdown.tsx';

/** The document in reading order, then the timeline, the action items and the links. */
export const EngineeringBody = ({ of, now, zone }: { of: EngineeringRendition; now: Date; zone: string }) => (
  <div class="doc">
    {of.sections.map(({ heading, body }) => (
      <section>
        {heading && <h2 dir="auto">{heading}</h2>}
        <Markdown text={body} />
      </section>
    ))}
    {of.timeline.length > 0 && (
      <section>
        <h2>Timeline</h2>
        <dl>
          {of.timeline.map(({ at, event }) => (
            <>
              <dt>{at ? printedAt(at, zone) : ''}</dt>
              <dd dir="auto">
                <Markdown text={event} />
              </dd>
            </>
          ))}
        </dl>
      </section>
    )}
    <Actions actions={of.actionItems} now={now} zone={zone} />
    {of.links.length > 0 && (
      <section>
        <h2>Links</h2>
        <ul>
          {of.links.map(({ title, url }) => (
            <li>
              <a href={safeUrl(url) ?? '#'} rel="noopener noreferrer nofollow">
                {title ?? url}
              </a>
            </li>
          ))}
        </ul>
      </section>
    )}
  </div>
);

/** As the author wrote it, unless it is an instant. */
const printedAt = (at: string, zone: string) => (Instant.safeParse(at).success ? `${printDay(at, zone)} ${printTime(at, zone)}` : at);
