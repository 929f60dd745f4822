/** @jsxImportSource hono/jsx */
import { printPlainDate } from '../../core/calendar/print.ts';
import type { ReadershipAnswer } from '../../core/operator/readership-api.ts';
import type { Visit } from './guard.ts';

interface Props {
  readonly readership: NonNullable<ReadershipAnswer['readership']>;
  readonly visit: Pick<Visit, 'distribution' | 'now'>;
}

/** How far a postmortem was read, in words. Operators and authors see the same. */
export const ReadershipPanel = ({ readership: { until, countedAt, readers, teams, others }, visit: { distribution, now } }: Props) => (
  <section class="panel" aria-labelledby="readers">
    <h2 id="readers">Who read it</h2>
    <p class="m">Until the end of {printPlainDate(until, now, distribution.organisation.zone)}, as far as it is known.</p>
    {readers !== undefined && <p>At least {readers.toLocaleString('en')} people read it.</p>}
    {teams.length > 0 && (
      <ul>
        {teams.map(({ name, word }) => (
          <li>
            <bdi>{name}</bdi>: {word}
          </li>
        ))}
      </ul>
    )}
    {others > 0 && (
      <p class="m">
        {others} other team{others === 1 ? '' : 's'}: nobody yet.
      </p>
    )}
    <p class="m small">
      {countedAt === undefined
        ? 'Nothing is said by team before teams were counted, once a week.'
        : 'Of teams of five and more, in words. Never of a person. Small teams stand together, or not at all.'}
    </p>
  </section>
);
