import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../../../../core/postmortem/reading/facts/kept-lines.ts';
import { tries } from '../../../../support/hostile/fuzz.ts';
import { fromMarkdown } from '../../../../support/reading.ts';

const readList = (lines: readonly string[]) =>
  fromMarkdown(`# A title\n\nThe lead.\n\n## Action items\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`).postmortem;
const promises = (...lines: string[]) => readList(lines).actionItems;

describe('a share of the work in a line', () => {
  it.each([
    ['50% build tool (Ann)', { title: '50% build tool', owner: 'Ann', status: 'open' }],
    ['100% migrate the disk (Bea)', { title: '100% migrate the disk', owner: 'Bea', status: 'open' }],
    ['100 % Migrate the disk', { title: '100 % Migrate the disk', status: 'open' }],
    ['✅ 100 % Migrate the disk (Bea)', { title: '100 % Migrate the disk', owner: 'Bea', status: 'done' }],
    ['[x] 100 % Migrate the disk (Bea)', { title: '100 % Migrate the disk', owner: 'Bea', status: 'done' }],
    ['60 %: migrate the disk', { title: 'migrate the disk', status: 'in-progress' }],
    ['[60%] Migrate the disk (Cleo)', { title: 'Migrate the disk', owner: 'Cleo', status: 'in-progress' }],
    ['(100 %) Migrate the disk', { title: 'Migrate the disk', status: 'done' }],
    ['Migrate the disk: 60 %', { title: 'Migrate the disk', status: 'in-progress' }],
    ['Migrate the disk: 100 %', { title: 'Migrate the disk', status: 'done' }],
    ['Migrate the disk (Cleo, 60 %)', { title: 'Migrate the disk', owner: 'Cleo', status: 'in-progress' }],
    ['Migrate the disk (Cleo, 2027-01-15) 60 %', { title: 'Migrate the disk', owner: 'Cleo', due: '2027-01-15', status: 'in-progress' }],
    ['Cut the load by 60 %', { title: 'Cut the load by 60 %', status: 'open' }],
  ])('%s', (line, action) => expect(promises('Buy disks', line)).toMatchObject([{ title: 'Buy disks', status: 'open' }, action]));

  it('begins items at the beginning of a list', () =>
    expect(promises('100 % Migrate it (Cleo)', '[60%] Move it', 'Add a cache').map(({ title }) => title)).toEqual([
      '100 % Migrate it',
      'Move it',
      'Add a cache',
    ]));
});

describe('no item of a list vanishes', () => {
  const word = fc.stringMatching(/^[b-df-hj-np-tv-z]{3}[aeo]{2}[b-df-hj-np-tv-z]{2}$/);
  const before = fc.constantFrom(
    '',
    '50% ',
    '100 % ',
    '60 %: ',
    '[60%] ',
    '✅ ',
    '[x] ',
    'Done: ',
    'P1 ',
    'High: ',
    '[Rosa] ',
    'OPS-7: ',
    '@rosa: ',
  );
  const behind = fc.constantFrom(
    ...[
      '',
      ' (Rosa Lind)',
      ' (Rosa, 2027-01-15)',
      ': 60 %',
      ' 100 %',
      ' (done)',
      ': done',
      ' – rejected, too dear',
      ' @rosa',
      ' ✅',
      ' by 2027-01-15',
    ],
    ...[' (Rosa, 2027-01-15) 60 %', ' (60 %)', ' — Rosa — 2027-01-15', ' (rejected, too dear)', '. Owner: Rosa. Due: 2027-01-15'],
  );
  const item = fc.tuple(before, fc.array(word, { minLength: 1, maxLength: 5 }), behind);

  it('each has its promise or its line, with all its words', () =>
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 8 }), (items) => {
        const stored = readList(items.map(([first, words, last]) => `${first}${words.join(' ')}${last}`));
        const kept = new Set(wordsOf(JSON.stringify(stored).replaceAll('\\n', ' ')));
        expect(items.flatMap(([, words]) => words).filter((one) => !kept.has(one))).toEqual([]);
        expect(stored.actionItems.length).toBe(items.length);
      }),
      tries(4),
    ));

  it('of facts and states alone, none is lost either', () => {
    const stored = JSON.stringify(
      readList(['Buy disks (Ann)', 'Owner: Zorilla', 'Due: 2027-01-15', 'Closed (Quagga)', '100 % Numbat', 'Mira: 30 %']),
    );
    for (const name of ['Ann', 'Zorilla', '2027-01-15', 'Quagga', 'Numbat', 'Mira']) expect(stored).toContain(name);
  });
});
