/** @jsxImportSource hono/jsx */
import type { LeadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { Actions } from './actions.tsx';

/** Outcome, impact, cause and consequences, as plain text. */
export const LeadershipBody = ({ of, now, zone }: { of: LeadershipRendition; now: Date; zone: string }) => (
  <div class="doc">
    <LeadershipAccount of={of} />
    <Actions actions={of.actionItems} now={now} zone={zone} />
  </div>
);

/** The same without what was promised. */
export const LeadershipAccount = ({ of }: { of: LeadershipRendition }) => {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['What happened', of.whatHappened],
    ['What customers saw', of.impact],
    ['Why', of.why],
    ['What customers are told', of.customersTold],
  ];
  return (
    <>
      {parts.map(([heading, text]) =>
        text ? (
          <section>
            <h2>{heading}</h2>
            <p dir="auto">{text}</p>
          </section>
        ) : null,
      )}
    </>
  );
};
