/** @jsxImportSource hono/jsx */
import { printMoment } from '../../../core/calendar/print.ts';
import { endOf } from '../../../core/content/incident-time.ts';
import type { CrossFunctionalRendition } from '../../../core/rendition/cross-functional-rendition.ts';
import { hasPassed } from '../../../core/rendition/next-news.ts';

/** What customers saw and what may be said, as plain text, in the order of the mail. */
export const CrossFunctionalBody = ({ of, now, zone }: { of: CrossFunctionalRendition; now: Date; zone: string }) => {
  const end = endOf(of);
  const parts: readonly (readonly [string, string | readonly string[] | undefined])[] = [
    ['What customers saw', of.saw],
    ['Say', of.say],
    ['Do not say', of.doNotSay],
    ['Workaround', of.workaround],
    ['What we are doing', of.doing],
    ['Next news', of.nextNewsAt && !hasPassed(of.nextNewsAt, now, zone) ? printMoment(of.nextNewsAt, now, zone) : undefined],
    ['Whom to ask', of.contact],
  ];
  return (
    <div class="doc">
      <section>
        <p>{end ? `Over since ${printMoment(end, now, zone)}.` : 'No end is given yet.'}</p>
      </section>
      {parts.map(([heading, text]) =>
        text === undefined || text.length === 0 ? null : (
          <section>
            <h2>{heading}</h2>
            {typeof text === 'string' ? <p dir="auto">{text}</p> : <Texts of={text} />}
          </section>
        ),
      )}
    </div>
  );
};

const Texts = ({ of }: { of: readonly string[] }) => (
  <ul>
    {of.map((text) => (
      <li dir="auto">{text}</li>
    ))}
  </ul>
);
