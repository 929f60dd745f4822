import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { alertsOf } from '../../../core/distribution/severity-label.ts';
import { streamAtStart, streamTitle } from '../../../core/distribution/stream-words.ts';
import { aDistribution } from '../../support/distribution.ts';

const root = join(import.meta.dirname, '../../..');
const own = (severities: readonly string[]) =>
  aDistribution({
    severities: { sev1: { label: 'P0' }, sev2: { label: 'P1' }, sev3: { label: 'P2' } },
    streams: { 'sev1-alerts': { severities } },
  });

it.each([
  [['sev1'], 'P0'],
  [['sev2', 'sev1'], 'P0 and P1'],
  [['sev3', 'sev1', 'sev2'], 'P0, P1 and P2'],
  [['sev4'], 'Sev-4'],
])('names alerts of %j by the labels of the organisation: %s', (severities, words) => {
  const distribution = own(severities);
  expect(alertsOf(distribution)).toBe(words);
  expect(streamTitle('sev1-alerts', distribution)).toBe(`${words} alerts`);
  expect(streamAtStart('sev1-alerts', distribution)).toBe(`${words} alerts`);
});

it('calls them Sev-1 where the file says nothing', () => {
  expect(alertsOf(aDistribution({ streams: {} }))).toBe('Sev-1');
});

/** Comments, the default labels themselves, an example of a file, and samples may say it. */
const mayName = ['core/distribution/severity-label.ts', 'core/distribution/distribution-examples.ts'];
const withoutComments = (code: string) => code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');

it('writes a label of its own into no source that people read from', () => {
  const sources = ['bin', 'core', 'emails', 'lambdas', 'lib'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name.replaceAll('\\', '/')}`),
  );
  const named = sources.filter(
    (path) => /\.tsx?$/.test(path) && !mayName.includes(path) && /Sev-[1-4]/.test(withoutComments(readFileSync(join(root, path), 'utf8'))),
  );
  expect(named).toEqual([]);
});
