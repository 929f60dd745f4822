import { Heading } from 'react-email';
import type { DigestContent } from '../../core/edition/digest-content.ts';
import { Panel } from '../panel/panel.tsx';
import { Stats } from '../stats/stats.tsx';
import { text } from '../theme.ts';

/** The news in a sentence, over the week's figures. */
export const Headline = ({ headline, notice, stats }: Pick<DigestContent, 'headline' | 'notice' | 'stats'>) => (
  <Panel>
    <Heading as="h1" dir="auto" className="t" style={text.headline}>
      {headline}
    </Heading>
    {notice && (
      <p className="t" style={{ ...text.body, margin: '12px 0 0' }}>
        {notice}
      </p>
    )}
    {stats.length > 0 && <Stats stats={stats} />}
  </Panel>
);
