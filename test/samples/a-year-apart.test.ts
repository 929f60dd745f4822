import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isWithin } from '../../core/calendar/period.ts';
import { weekOf } from '../../core/calendar/week.ts';
import { readBackstage } from '../../core/catalog/backstage/read-backstage.ts';
import { catalogOf } from '../../core/catalog/catalog.ts';
import { parseDistribution } from '../../core/distribution/parse-distribution.ts';
import { isTellable, type Postmortem } from '../../core/postmortem/postmortem.ts';
import { similarIncidents } from '../../core/relevance/similar-incidents.ts';
import { surroundingsOf } from '../../core/relevance/surroundings.ts';
import { unkeptPromises } from '../../core/relevance/unkept.ts';
import { engineeringEntry, engineeringRendition } from '../../core/rendition/engineering-rendition.ts';
import { dayMs, weekMs } from '../../core/shared/duration.ts';
import { termsOf } from '../../core/taxonomy/terms-of.ts';
import { shiftSample } from '../../samples/shift-dates.ts';
import { followed } from '../support/actions-as-of.ts';
import { fromMarkdown } from '../support/reading.ts';

const samples = new URL('../../samples/', import.meta.url);
const now = new Date('2026-11-23T08:00:00Z');
const textsIn = (name: string) =>
  readdirSync(new URL(`${name}/`, samples)).map((file) => readFileSync(new URL(`${name}/${file}`, samples), 'utf8'));
const toldIn = (name: string) => textsIn(name).map((text) => fromMarkdown(shiftSample(text, now), { now }).postmortem);

const parsed = parseDistribution(readFileSync(new URL('distribution.yaml', samples), 'utf8'));
if ('flaws' in parsed) throw new Error(JSON.stringify(parsed.flaws));
const { distribution } = parsed;
const files = textsIn('catalog').map((text) => ({ file: 'catalog.yaml', text, format: 'yaml' as const }));
const catalog = catalogOf(readBackstage(files).content);

const [old, recent] = [toldIn('archive'), toldIn('postmortems').filter(isTellable)];
const entries = [...recent, ...old]
  .map((one) => ({ ...engineeringEntry(engineeringRendition(one), 1, one.publishedAt ?? ''), id: one.id }))
  .toSorted((a, b) => Date.parse(b.publishedAt) - Date.parse(a.publishedAt));
const around = surroundingsOf({ entries, catalog, distribution });
const [earlier] = old;
const later = recent.find(({ id }) => id === 'one-regular-expression-took-every-processor');
const similarTo = (one: Postmortem) => similarIncidents({ postmortem: engineeringRendition(one), ...around });

it('has a pair of the same failure, about a year apart', () => {
  if (!later || !earlier) return expect.fail('there is no pair');
  const weeks = (Date.parse(later.publishedAt ?? '') - Date.parse(earlier.publishedAt ?? '')) / weekMs;

  expect(similarTo(later)).toContainEqual({ earlier: earlier.id, terms: ['runaway-regex'], things: ['edge'] });
  expect(weeks).toBeGreaterThan(50);
  expect(weeks).toBeLessThan(54);
});

it('has a promise between them that was not kept and would have caught the later one', () => {
  if (!later || !earlier) return expect.fail('there is no pair');
  const { taxonomy } = around.landscape;
  const terms = termsOf(engineeringRendition(later), taxonomy).map(({ id }) => id);
  const rows = followed(earlier);
  const promises = unkeptPromises(rows, { terms, began: later.startedAt ?? '' }, { things: ['edge'] }, { taxonomy, now });

  expect(promises.map(({ aid, caught }) => [rows.find((row) => row.aid === aid)?.reported.title, caught])).toEqual([
    ['Look through every regular expression for backtracking, those of the firewall too', true],
  ]);
});

it('has a memory for the present week, which has no news', () => {
  const lastYear = weekOf(new Date(now.getTime() - 52 * weekMs), distribution.organisation.zone);

  expect(recent.filter(({ publishedAt = '' }) => Date.parse(publishedAt) >= now.getTime() - dayMs)).toEqual([]);
  expect(old.filter(({ publishedAt = '' }) => isWithin(lastYear, publishedAt))).toHaveLength(1);
});
