import { describe, expect, it } from 'vitest';
import { engineeringParts, engineeringRendition } from '../../../core/rendition/engineering-rendition.ts';
import { leadershipParts, leadershipRendition } from '../../../core/rendition/leadership-rendition.ts';
import { openArchive } from '../../../core/search/archive.ts';
import type { ListedEntry } from '../../../core/search/search-entry.ts';
import { foundPlace, occursIn, searchedText, soughtIn } from '../../../core/search/searched-text.ts';
import { aPostmortem } from '../../support/postmortem.ts';

const whole = aPostmortem({
  summary: 'Nobody could pay.',
  customerImpact: { text: '212 complaints came in.', regions: ['eu-1'] },
  rootCauses: ['The **replication lag** was not watched, see [the graph](https://example.com/graph).'],
  contributingFactors: ['A mocked clock in the tests'],
  trigger: 'A deploy on Friday',
  detection: 'The canary said nothing',
  resolution: 'Rolled back',
  lessons: { wentWell: ['Fast rollback'], wentWrong: ['Noisy pages'], gotLucky: ['It was night'] },
  actionItems: [{ id: 'PAY-812', title: 'Alert on lock waits', owner: 'Rosa Lind', status: 'open' }],
  timeline: [{ at: '13:05', event: 'Impfstoff portal slow' }],
  sections: [{ heading: 'Background', body: '日時の変換方法が適切でなかった。 Größe and café `max_connections`' }],
});
const text = searchedText(1, engineeringParts(engineeringRendition(whole)));

describe('the searched text of a postmortem', () => {
  it.each([
    ['replication lag', 'Root causes', 'replication'],
    ['"mocked clock"', 'Contributing factors', 'mocked clock'],
    ['complaints', 'Impact', 'complaints'],
    ['CANARY', 'Detection', 'canary'],
    ['rollb', 'What went well', 'rollb'],
    ['PAY-812', 'Actions', 'PAY-812'],
    ['rosa', 'Actions', 'Rosa'],
    ['impfstoff', 'Timeline', 'Impfstoff'],
    ['変換', 'Background', '変換'],
    ['cafe', 'Background', 'café'],
    ['grosse', undefined, undefined],
    ['größe', 'Background', 'Größe'],
    ['max_connections', 'Background', 'max_connections'],
    ['example.com/graph', 'Root causes', 'example.com/graph'],
  ])('has %s in %s', (words, place, match) => {
    expect(foundPlace(words, 'Nothing of it', text)).toEqual(place && expect.objectContaining({ place, match }));
  });

  it('shows the words around the match, without markup', () => {
    expect(foundPlace('watched', '', text)).toEqual({
      place: 'Root causes',
      before: 'The replication lag was not ',
      match: 'watched',
      after: ', see the graph.',
    });
  });

  it('cuts a long text at words on both sides', () => {
    const long = searchedText(1, [{ place: 'Text', text: `${'before '.repeat(100)}needle${' after'.repeat(100)}` }]);

    expect(foundPlace('needle', '', long)).toEqual({
      place: 'Text',
      before: expect.stringMatching(/^…(before ){8,12}$/),
      match: 'needle',
      after: expect.stringMatching(/^( after){12,15}…$/),
    });
  });

  it('names no place where the list shows all words', () => {
    expect(foundPlace('replication nobody', 'Replication stopped, and nobody knew', text)).toBeUndefined();
  });

  it('names the place of the word that the list does not show', () => {
    expect(foundPlace('replication canary', 'Replication stopped', text)).toMatchObject({ place: 'Detection', match: 'canary' });
  });

  it.each([
    ['lag', true],
    ['ag', false],
    ['n', false],
    ['a', true],
    ['換', true],
  ])('%s occurs: %s', (term, does) => {
    expect(occursIn(text, term)).toBe(does);
  });

  it('holds at most 60,000 characters of a postmortem', () => {
    const huge = searchedText(1, [
      { place: 'Text', text: 'a '.repeat(50_000) },
      { place: 'Timeline', text: 'late' },
    ]);

    expect(huge.parts.map(({ text: kept }) => kept.length)).toEqual([60_000]);
  });

  it('of leadership has nothing that its page does not show', () => {
    const parts = searchedText(1, leadershipParts(leadershipRendition(whole)));

    expect(['complaints', 'replication', 'lock waits'].map((term) => occursIn(parts, term))).toEqual([true, true, true]);
    expect(['mocked', 'canary', 'impfstoff', 'friday'].map((term) => occursIn(parts, term))).toEqual([false, false, false, false]);
  });
});

describe('the terms of a search', () => {
  it.each([
    ['Redis  failover', ['redis', 'failover']],
    ['"Lock  Waits" (p99)', ['lock  waits', 'p99']],
    ['-- " \'', []],
    ['PAY-812,', ['pay-812']],
  ])('%s', (words, terms) => {
    expect(soughtIn(words)).toEqual(terms);
  });
});

describe('an archive with texts', () => {
  const entry = (id: string, title: string): ListedEntry => ({
    id,
    revision: 1,
    title,
    severity: 'sev2',
    status: 'published',
    services: [],
    tags: [],
    publishedAt: '2026-11-17T12:00:00Z',
    gist: '',
  });
  const archive = openArchive([
    entry('in-text', 'One slow consumer'),
    entry('in-title', 'Replication stopped'),
    entry('none', 'A certificate'),
  ]);
  const texts = new Map([['in-text', text]]);
  const ids = (words: string) => archive.find({ words }, texts).map(({ id }) => id);

  it('finds by title before text', () => {
    expect(ids('replication')).toEqual(['in-title', 'in-text']);
  });

  it('finds a postmortem that has some words in the title and the others in the text', () => {
    expect(ids('slow canary')).toEqual(['in-text']);
  });

  it.each(['slow certificate', '--', 'nowhere'])('finds nothing for %s', (words) => {
    expect(ids(words)).toEqual([]);
  });
});
