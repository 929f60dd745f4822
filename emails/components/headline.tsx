import { Heading } from 'react-email';
import type { DigestContent } from '../../core/content/digest-content.ts';
import { text } from '../theme.ts';
import { Chart } from './chart.tsx';
import { Panel } from './panel.tsx';
import { Stats } from './stats.tsx';

/** The news in one sentence, above the week's figures and those of the weeks before. */
export const Headline = ({ headline, notice, stats, chart }: Pick<DigestContent, 'headline' | 'notice' | 'stats' | 'chart'>) => (
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
    {chart && <Chart {...chart} />}
  </Panel>
);
