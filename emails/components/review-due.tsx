import { Link } from 'react-email';
import type { AlertContent } from '../../core/content/alert-content.ts';
import { paragraphs, wrapped } from '../text-layout.ts';
import { text } from '../theme.ts';
import { untracked } from './footer.tsx';
import { decideUrl } from './read-link.tsx';

type Due = Pick<AlertContent, 'review' | 'headline' | 'postmortem'>;

/** When leadership's review is due, with the page of decisions for reviewers behind its link. */
export const ReviewDue = ({ review, headline, postmortem }: Due) =>
  review === undefined ? null : (
    <p className="m" style={{ ...text.meta, margin: '16px 0 0' }}>
      {review}{' '}
      <Link {...untracked} href={decideUrl(postmortem)} style={{ ...text.link, whiteSpace: 'normal' }}>
        {headline}
      </Link>
    </p>
  );

export const reviewDueText = ({ review, headline, postmortem }: Due): string =>
  review === undefined ? '' : paragraphs(`${wrapped(`${review} ${headline}`)}\n${decideUrl(postmortem)}`);
