/** @jsxImportSource hono/jsx */
import type { ActionRow } from '../../../core/action/action.ts';
import { asItStands } from '../../../core/action/as-it-stands.ts';
import { printDay, printTime, printZone } from '../../../core/calendar/print.ts';
import type { EngineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { Instant } from '../../../core/shared/instant.ts';
import { safeUrl } from '../../../core/shared/safe-url.ts';
import { Actions } from './actions.tsx';
import { Markdown } from './markdown.tsx';

/** The document in reading order, then the timeline, the action items and the links. */
export const EngineeringBody = ({
  of,
  now,
  zone,
  rows = [],
}: {
  of: EngineeringRendition;
  now: Date;
  zone: string;
  rows?: readonly ActionRow[];
}) => (
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
        {of.timeline.some(({ at }) => isInstant(at)) && <p class="m small">Times are {printZone(zone)} time.</p>}
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
    <Actions actions={asItStands(of.actionItems, rows, now)} now={now} zone={zone} />
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

const isInstant = (at: string | undefined) => Instant.safeParse(at).success;

/** As the author wrote it, unless it is an instant. */
const printedAt = (at: string, zone: string) => (isInstant(at) ? `${printDay(at, zone)} ${printTime(at, zone)}` : at);
