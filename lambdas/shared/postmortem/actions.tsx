/** @jsxImportSource hono/jsx */
import { printPlainDate } from '../../../core/calendar/print.ts';
import type { EngineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { safeUrl } from '../../../core/shared/safe-url.ts';

type Action = Pick<EngineeringRendition['actionItems'][number], 'title' | 'owner' | 'team' | 'due' | 'status'> & {
  readonly link?: string | undefined;
  readonly cost?: string | undefined;
  readonly consequence?: string | undefined;
};

const states = { open: 'open', 'in-progress': 'under way', done: 'done', declined: 'declined' } as const;

/** The action items: what was promised, by whom and until when. */
export const Actions = ({ actions, now, zone }: { actions: readonly Action[]; now: Date; zone: string }) => {
  if (actions.length === 0) return null;
  return (
    <section>
      <h2>What was promised</h2>
      <ul>
        {actions.map(({ title, owner, team, due, status, link, cost, consequence }) => {
          const href = link && safeUrl(link);
          return (
            <li dir="auto">
              {href ? (
                <a href={href} rel="noopener noreferrer nofollow">
                  {title}
                </a>
              ) : (
                title
              )}{' '}
              <span class="m">
                {[owner ?? team, due && `by ${printPlainDate(due, now, zone)}`, states[status]].filter(Boolean).join(' · ')}
              </span>
              {cost && <Aside label="Cost" text={cost} />}
              {consequence && <Aside label="If not done" text={consequence} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
};

const Aside = ({ label, text }: { label: string; text: string }) => (
  <div>
    <span class="m">{label}:</span> <span dir="auto">{text}</span>
  </div>
);
