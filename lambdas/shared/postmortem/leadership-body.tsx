/** @jsxImportSource hono/jsx */
import type { ActionRow } from '../../../core/action/action.ts';
import { asItStands } from '../../../core/action/as-it-stands.ts';
import type { LeadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { Actions } from './actions.tsx';

/** Outcome, impact, cause and consequences, as plain text. */
export const LeadershipBody = ({
  of,
  now,
  zone,
  rows = [],
}: {
  of: LeadershipRendition;
  now: Date;
  zone: string;
  rows?: readonly ActionRow[];
}) => (
  <div class="doc">
    <LeadershipAccount of={of} />
    <Actions actions={asItStands(of.actionItems, rows, now)} now={now} zone={zone} />
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
