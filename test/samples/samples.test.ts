import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPeople } from '../../bin/cli/people/read-people.ts';
import { readBackstage } from '../../core/catalog/backstage/read-backstage.ts';
import { graphOf } from '../../core/catalog/graph.ts';
import { runsOf } from '../../core/catalog/who-runs.ts';
import { parseDistribution } from '../../core/distribution/parse-distribution.ts';
import { readPerson } from '../../core/people/read-person.ts';
import { severityAliases } from '../../core/postmortem/reading/classification-words.ts';
import { readMarkdown } from '../../core/postmortem/reading/read-markdown.ts';
import { changesBetween } from '../../core/rendition/facts.ts';
import { factsFor } from '../../core/rendition/renditions.ts';
import { runbook } from '../../core/runbook/runbook.ts';
import { shiftSample } from '../../samples/shift-dates.ts';

const folder = new URL('../../samples/', import.meta.url);
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const filesIn = (name: string) => readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`);
const [files, archived] = [filesIn('postmortems'), filesIn('archive')];
const monday = new Date('2026-11-23T08:00:00Z');
const day = 24 * 60 * 60 * 1000;

const parsed = parseDistribution(text('distribution.yaml'));
if ('flaws' in parsed) throw new Error(JSON.stringify(parsed.flaws));
const { distribution } = parsed;
const teams = distribution.teams.map(({ name }) => name);
const services = distribution.teams.flatMap((team) => team.services);
const people = readPeople(text('people.csv'));

const readAt = (file: string, now: Date) =>
  readMarkdown(shiftSample(text(file), now), { aliases: severityAliases(distribution.severities), now });
const postmortems = files.map((file) => readAt(file, monday).postmortem);
const old = archived.map((file) => readAt(file, monday).postmortem);
const published = postmortems.filter(({ status, restricted }) => status !== 'draft' && !restricted);

describe.each([...files, ...archived])('%s', (file) => {
  const { postmortem, warnings } = readAt(file, monday);

  it('is understood, to the last heading', () => {
    expect(postmortem.id).toBe(basename(file, '.md'));
    expect(postmortem.summary).toBeTruthy();
    expect(postmortem.actionItems.length).toBeGreaterThan(1);
    expect(warnings).toEqual(postmortem.severity === 'unclassified' ? [expect.stringContaining('No severity')] : []);
  });

  it('belongs to teams and services of the distribution file', () => {
    expect(teams).toContain(postmortem.owningTeam);
    for (const service of postmortem.services) expect(services).toContain(service);
    for (const action of postmortem.actionItems) expect(teams).toContain(action.team ?? action.owner);
  });

  it('links to the public report, which the list of samples names too', () => {
    expect(postmortem.links).toHaveLength(1);
    expect(postmortem.links[0]?.url).toMatch(/^https:\/\//);
    expect(text('README.md')).toContain(`[${postmortem.title}](${file}) | [`);
    expect(text('README.md')).toContain(`(${postmortem.links[0]?.url})`);
  });

  it('is long enough to tell something and short enough to be read', () => {
    const [own = ''] = text(file).split(/^---$/m).slice(2).join(' ').split('## External message');
    const words = own.split(/\s+/).length;
    expect(words).toBeGreaterThan(120);
    expect(words).toBeLessThan(430);
  });
});

describe('the runbook', () => {
  it('is that of the distribution file; if not: afterword runbook --distribution samples/distribution.yaml --out samples/runbook.md', () => {
    expect(text('runbook.md')).toBe(runbook(distribution));
  });
});

describe('what is corrected', () => {
  const [file = ''] = readdirSync(new URL('corrected/', folder));
  const before = readMarkdown(shiftSample(text(`corrected/${file}`), monday), {
    aliases: severityAliases(distribution.severities),
    now: monday,
  });
  const now = readAt(`postmortems/${file}`, monday);

  it('was told in the week before, and differs in facts that engineers and leaders are told', () => {
    expect(before.postmortem).toMatchObject({ id: now.postmortem.id, status: 'preliminary', publishedAt: now.postmortem.publishedAt });
    expect(before.postmortem.publishedAt).toMatch(/^2026-11-1[1-5]/);
    for (const audience of ['engineering', 'leadership'] as const) {
      const changes = changesBetween(factsFor(audience, before.postmortem) ?? {}, factsFor(audience, now.postmortem) ?? {});
      expect(changes.map(({ fact }) => fact)).toEqual(expect.arrayContaining(['severity', 'status', 'regions', 'impact', 'why']));
    }
  });
});

it('has five postmortems in the latest week, a Sev-1 on its Thursday among them', () => {
  const latest = published.filter(({ publishedAt = '' }) => publishedAt >= '2026-11-16' && publishedAt < '2026-11-23');

  expect(latest.map(({ severity }) => severity).toSorted()).toEqual(['sev1', 'sev2', 'sev3', 'sev3', 'sev3']);
  expect(latest.find(({ severity }) => severity === 'sev1')?.publishedAt).toMatch(/^2026-11-19/);
});

it('spreads the others over the nine weeks before', () => {
  const before = published.filter(({ publishedAt = '' }) => publishedAt < '2026-11-16');

  expect(before.length).toBeGreaterThanOrEqual(9);
  expect(before.every(({ publishedAt = '' }) => publishedAt >= '2026-09-14')).toBe(true);
});

it('has one of each kind that a reader of the code may look for', () => {
  const having = (wanted: (postmortem: (typeof postmortems)[number]) => boolean) => postmortems.filter(wanted).length;

  expect(having(({ severity }) => severity === 'unclassified')).toBe(1);
  expect(having(({ status }) => status === 'draft')).toBe(1);
  expect(having(({ status }) => status === 'preliminary')).toBe(1);
  expect(having(({ restricted }) => restricted)).toBe(1);
  expect(having(({ startedAt = '', publishedAt = '' }) => Date.parse(publishedAt) - Date.parse(startedAt) > 40 * day)).toBe(1);
});

it('has promises that were kept, and others that are overdue', () => {
  const actions = published.flatMap(({ actionItems }) => actionItems);

  expect(actions.filter(({ status }) => status === 'done').length).toBeGreaterThan(10);
  expect(actions.filter(({ status, due = '9' }) => status === 'open' && due < '2026-11-23').length).toBeGreaterThan(5);
});

it.each(['2027-01-04T00:00:00Z', '2027-01-10T22:59:59Z'])('alerts about one Sev-1, at most 11 days old, whatever the day: %s', (at) => {
  const now = new Date(at);
  const ages = files
    .map((file) => readAt(file, now).postmortem)
    .filter(({ severity, status, restricted }) => severity === 'sev1' && status === 'published' && !restricted)
    .map(({ publishedAt = '' }) => (now.getTime() - Date.parse(publishedAt)) / day);

  expect(ages.filter((age) => age <= 14)).toHaveLength(1);
  expect(Math.min(...ages)).toBeLessThanOrEqual(11);
});

it('has fifty people in eight teams, three of seven to nine, each of whom can be imported', () => {
  expect(people.bad).toEqual([]);
  expect(people.rows).toHaveLength(50);
  const sizes = teams.map((team) => people.rows.filter((row) => row.team === team).length);
  expect(sizes.filter((size) => size >= 7 && size <= 9)).toHaveLength(3);
  expect(new Set(people.rows.flatMap(({ team }) => team ?? []))).toEqual(new Set(teams));
  for (const row of people.rows) expect(readPerson(row, distribution.organisation, 'secret')).not.toHaveProperty('flaws');
});

it('names people by names that are not all ASCII, and authors who are on the list', () => {
  const names = people.rows.map(({ name }) => name);

  expect(names.some((name = '') => /[^\x20-\x7e]/.test(name))).toBe(true);
  for (const author of [...postmortems, ...old].flatMap(({ authors }) => authors)) expect(names).toContain(author);
});

it('writes to nobody outside example.com', () => {
  const everything = [text('distribution.yaml'), text('people.csv'), ...[...files, ...archived].map(text)].join('\n');
  const domains = everything.matchAll(/[\w.+-]+@([\w.-]+\w)/g);

  const outside = [...domains].flatMap(([, domain = '']) => (/^(.+\.)?example\.com$/.test(domain) ? [] : [domain]));

  expect(everything).toContain('@example.com');
  expect(outside).toEqual([]);
});

describe('the accounts of an incident before its postmortem is final', () => {
  const ids = readdirSync(new URL('earlier/', folder));
  const accounts = ids.flatMap((id) =>
    readdirSync(new URL(`earlier/${id}/`, folder))
      .toSorted()
      .map((file) => ({
        id,
        read: readMarkdown(text(`earlier/${id}/${file}`), { aliases: severityAliases(distribution.severities), now: monday }),
      })),
  );

  it('are understood, preliminary, and of an incident of the samples', () => {
    expect(accounts.length).toBeGreaterThan(1);
    for (const { id, read } of accounts) {
      expect(files).toContain(`postmortems/${id}.md`);
      expect(read.postmortem).toMatchObject({ id, status: 'preliminary', severity: 'sev1' });
      expect(read.warnings).toEqual([]);
    }
  });

  it('tell support each time what may be said and what is being done', () => {
    for (const { read } of accounts) {
      expect(read.postmortem.support?.say.length).toBeGreaterThan(0);
      expect(read.postmortem.support?.doing?.length).toBeGreaterThan(0);
    }
  });
});

it('names a product for each service that customers know, once', () => {
  const named = (distribution.products ?? []).flatMap((product) => product.services);

  expect(new Set(named).size).toBe(named.length);
  for (const service of named) expect(services).toContain(service);
});

describe('the sample catalogue', () => {
  const named = readdirSync(new URL('catalog/', folder));
  const read = readBackstage(named.map((file) => ({ file, text: text(`catalog/${file}`), format: 'yaml' })));

  it('is read without a remark, and every reference leads somewhere', () => {
    expect([read.remarks, read.foreign, [...read.otherKinds], graphOf(read.content).unresolved]).toEqual([[], 0, [], []]);
    expect(read.content.services.length).toBeGreaterThan(30);
  });

  it('names the same teams for the services of the distribution file, and all of those', () => {
    const runs = runsOf(read.content, distribution, []);

    expect(runs.differences).toEqual([]);
    expect(services.filter((name) => graphOf(read.content).names.find(name)?.team === undefined)).toEqual([]);
    expect(runs.teams).toEqual(teams.map((name) => name.toLowerCase()).toSorted());
  });
});
