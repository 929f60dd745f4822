import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { noticeRulesOf } from '../../core/distribution/notice-rules.ts';
import { parseDistribution } from '../../core/distribution/parse-distribution.ts';
import { lintAtOnce } from '../../core/notice/lint/lint.ts';
import { lintContextOf } from '../../core/notice/lint/lint-context.ts';
import { noticeContentOf } from '../../core/notice/notice-content.ts';
import { severityAliases } from '../../core/postmortem/reading/classification-words.ts';
import { readMarkdown } from '../../core/postmortem/reading/read-markdown.ts';
import { mayHaveWritten } from '../../core/shared/persons.ts';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const parsed = parseDistribution(text('samples/distribution.yaml'));
if ('flaws' in parsed) throw new Error(JSON.stringify(parsed.flaws));
const { distribution } = parsed;
const rules = noticeRulesOf(distribution);
const sample = (id: string) =>
  readMarkdown(text(`samples/postmortems/${id}.md`), {
    aliases: severityAliases(distribution.severities),
    now: new Date('2026-11-23T08:00:00Z'),
  }).postmortem;

const [approved, sentBack, withdrawn] = [
  'one-regular-expression-took-every-processor',
  'the-wrong-kind-of-identifier',
  'one-customers-valid-setting',
] as const;
const told = sample(approved);
const context = lintContextOf({ postmortem: told }, distribution);

describe.each([approved, sentBack, withdrawn])('the external version of %s', (id) => {
  const postmortem = sample(id);

  it('asks, for products of the file', () => {
    expect(noticeContentOf({ postmortem }, 'bcdfghjkmn', distribution)?.products).toHaveLength(1);
  });

  it('was written by nobody who approves, and leaves one approver more than it takes', () => {
    const writers = { addresses: postmortem.external?.writtenBy ?? [], names: postmortem.authors };
    const able = rules?.approvers.filter(
      ({ address, also = [] }) => !mayHaveWritten({ addresses: [address, ...also], names: [] }, writers),
    );

    expect(writers.addresses).toHaveLength(1);
    expect(able?.length).toBe((rules?.approvals ?? 0) + 1);
  });
});

/** The first block of code below a heading of docs/customers.md: a title and a text. */
function example(heading: string): { title: string; body: string } {
  const [, block = ''] =
    text('docs/customers.md')
      .split(`### ${heading}\n`)[1]
      ?.split(/^```.*$/m) ?? [];
  const [first = '', ...rest] = block.trim().split('\n');
  return { title: first.replace('# ', ''), body: rest.join('\n').trim() };
}

describe('what docs/customers.md shows', () => {
  it('as a good one is what the sample has, and there is nothing to look at', () => {
    expect(example('A good one')).toEqual({ title: told.external?.title, body: told.external?.body });
    expect(lintAtOnce(example('A good one'), context)).toEqual([]);
  });

  it('as a bad one is refused for what the page says, and more of it is to be looked at', () => {
    const remarks = lintAtOnce(example('A bad one'), context);
    const rulesOf = (level: string) => new Set(remarks.filter((one) => one.level === level).map(({ rule }) => rule));

    expect([...rulesOf('refuse')].toSorted()).toEqual(['customer', 'handle', 'host', 'person']);
    expect([...rulesOf('look')]).toEqual(expect.arrayContaining(['severity', 'link', 'term of engineers', 'number of customers', 'cause']));
  });
});

it('of the one that is sent back, a number of customers is to be looked at; of the one that is withdrawn, nothing', () => {
  const remarksOf = (id: string) => {
    const postmortem = sample(id);
    const content = noticeContentOf({ postmortem }, 'bcdfghjkmn', distribution);
    return content && lintAtOnce(content, lintContextOf({ postmortem }, distribution)).map(({ level, rule }) => `${level}: ${rule}`);
  };

  expect(remarksOf(sentBack)).toEqual(['look: number of customers']);
  expect(remarksOf(withdrawn)).toEqual([]);
});
