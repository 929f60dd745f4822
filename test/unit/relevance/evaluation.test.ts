import { describe, expect, it } from 'vitest';
import { engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { intervalOf, type Judged, kappaOf, measures } from '../../eval/relevance/measures.ts';
import { gradesOf, rankings } from '../../eval/relevance/rankings.ts';
import { relevanceCatalog } from '../../support/relevance-catalog.ts';
import { labels, sampleIncidents, shortIncidents } from '../../support/relevance-set.ts';

const judgement = (found: string, grades: Record<string, 1 | 2>): Judged => ({
  teams: found
    .split(' ')
    .filter(Boolean)
    .map((team) => ({ team: team.toLowerCase(), shown: team === team.toUpperCase(), atOnce: team === 'A' })),
  grades: new Map(Object.entries(grades)),
});
/** Capitals are shown. */
const judged = [judgement('A B c', { a: 2, c: 1 }), judgement('d e', { e: 2 }), judgement('F', {}), judgement('', {})];

describe('the measures', () => {
  it('count as they say', () => {
    const values = Object.fromEntries(Object.entries(measures).map(([name, measure]) => [name, Math.round(100 * measure(judged)) / 100]));
    expect(values).toEqual({
      'P@3': 0.5,
      'P@3, grade 2 alone': 0.33,
      MRR: 0.75,
      'shown: precision': 0.33,
      'at once: precision': 1,
      'shown: recall': 0.33,
      'labelled incidents shown': 0.5,
      'abstains rightly': 0.5,
    });
  });

  it('have an interval around them that a seed decides', () => {
    const { from, to } = intervalOf('MRR', judged);
    expect(from).toBe(0.5);
    expect(to).toBe(1);
    expect(intervalOf('MRR', judged, judged)).toEqual({ from: 0, to: 0 });
  });

  it('tell agreement from chance', () => {
    expect(
      kappaOf([
        [1, 1],
        [0, 0],
      ]),
    ).toBe(1);
    expect(
      kappaOf([
        [1, 0],
        [0, 1],
      ]),
    ).toBe(-1);
    expect(
      kappaOf([
        [1, 1],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
    ).toBe(0);
  });
});

describe('the ranking on the half that it was built on', () => {
  const told = [...sampleIncidents(), ...shortIncidents()];
  const tune = labels().filter(({ half }) => half === 'tune');
  const archive = tune.flatMap(({ incident }) => told.find(({ postmortem }) => postmortem.id === incident) ?? []);
  const { ours } = rankings({ catalog: relevanceCatalog(), archive });
  const results = tune.map(
    (label, i): Judged => ({
      teams: archive[i] && ours ? ours(engineeringRendition(archive[i].postmortem)).teams : [],
      grades: gradesOf(label),
    }),
  );

  it('is not worse than it was', () => {
    expect(measures['shown: precision'](results)).toBeGreaterThan(0.8);
    expect(measures['labelled incidents shown'](results)).toBeGreaterThan(0.75);
    expect(measures['P@3'](results)).toBeGreaterThan(0.5);
  });
});
