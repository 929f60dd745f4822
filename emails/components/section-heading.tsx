import { Heading } from 'react-email';
import { text } from '../theme.ts';

/** Stands on the page's background between two groups of cards. */
export const SectionHeading = ({ heading, intro }: { heading: string; intro?: string | undefined }) => (
  <>
    <Heading as="h2" className="t" style={{ ...text.sectionTitle, margin: '8px 0 0' }}>
      {heading}
    </Heading>
    <p className="m" style={{ ...text.meta, margin: '2px 0 10px' }}>
      {intro}
    </p>
  </>
);
