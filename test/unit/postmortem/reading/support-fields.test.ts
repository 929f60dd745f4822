import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../../core/postmortem/content-hash.ts';
import { fromJson, fromMarkdown, refusal } from '../../../support/reading.ts';

const read = { doing: ['Restarting the queue', 'Watching it'], contact: '#incident-desk', nextNewsAt: '2026-10-06T15:30:00Z' };

describe('what colleagues who talk with customers need', () => {
  it.each([
    ['our names', { support: { doing: read.doing, contact: '#incident-desk', nextNewsAt: '2026-10-06T17:30:00+02:00' } }],
    ['snake case', { support: { doing: read.doing, contact: '#incident-desk', next_news_at: '2026-10-06 15:30 UTC' } }],
    ['names at the top', { doing: read.doing, support_contact: '#incident-desk', next_news_at: '2026-10-06T15:30:00Z' }],
  ])('is read from JSON, with %s', (_, sent) => {
    const { postmortem, warnings } = fromJson({ title: 'T', severity: 'sev2', ...sent });

    expect(postmortem.support).toEqual({ say: [], doNotSay: [], ...read });
    expect(warnings).toEqual([]);
  });

  it.each([
    ['labels below the title', '**Next update:** 2026-10-06 15:30 UTC\n**Support contact:** #incident-desk'],
    ['a table', '| Next update | 2026-10-06 15:30 UTC |\n|---|---|\n| Whom to ask | #incident-desk |'],
    ['headings', '## Next update\n\n2026-10-06 15:30 UTC\n\n## Support contact\n\n#incident-desk'],
  ])('is read from a document, with %s', (_, facts) => {
    const doing = '## What we are doing\n\n- Restarting the queue\n- Watching it\n';
    const { postmortem, sections } = fromMarkdown(`# The queue stopped\n\n${facts}\n\n${doing}`);

    expect(postmortem.support).toEqual({ say: [], doNotSay: [], ...read });
    expect(postmortem.sections).toEqual([]);
    expect(sections).toContain('support');
  });

  it.each([
    ['in a paragraph of their own', '\n\nNext update: 2026-10-06 15:30 UTC\nSupport contact: #incident-desk'],
    ['in bold', '\n\n**Next update:** 2026-10-06 15:30 UTC\n**Support contact:** #incident-desk'],
    ['right below the text', '\nNext update: 2026-10-06 15:30 UTC\nSupport contact: #incident-desk'],
  ])('is read from labels after the text of a section, %s', (_, labels) => {
    const { postmortem } = fromMarkdown(`# T\n\n**Severity:** SEV-2\n\n## Root cause\n\nA certificate ran out.${labels}\n`);

    expect(postmortem.rootCauses).toEqual(['A certificate ran out.']);
    expect(postmortem.support).toEqual({ say: [], doNotSay: [], contact: '#incident-desk', nextNewsAt: '2026-10-06T15:30:00Z' });
  });

  it.each(['Next update: soon', '```\nSupport contact: #incident-desk\n```', 'Contact: Jo'])(
    'leaves other lines in their text: %s',
    (line) => {
      const { postmortem } = fromMarkdown(`# T\n\n## Root cause\n\nA certificate ran out.\n\n${line}\n`);

      expect(postmortem.rootCauses.join()).toContain(line);
      expect(postmortem.support).toBeUndefined();
    },
  );

  it.each(['Customers affected: some', '**Customers affected:** several customers'])(
    'tells that customers felt it, not what they saw, by: %s',
    (line) => {
      const { postmortem } = fromMarkdown(`# T\n\n${line}\n\n## Impact\n\nThe login page stayed blank.\n`);

      expect(postmortem.customerImpact).toEqual({ text: 'The login page stayed blank.', regions: [], externallyVisible: true });
      expect(postmortem.sections).toEqual([{ heading: 'Further fields', body: `- ${line}` }]);
    },
  );

  it('keeps a time that is not understood in a document, and refuses it in a field', () => {
    expect(fromMarkdown('# T\n\n**Severity:** SEV-2\n**Next update:** soon\n').postmortem).toMatchObject({
      sections: [{ heading: 'Further fields', body: '- **Next update:** soon' }],
    });
    expect(refusal(() => fromJson({ title: 'T', support: { nextNewsAt: 'soon' } })).fields).toEqual(['support.nextNewsAt']);
  });

  it("leaves a tool's minutes until the next update alone", () => {
    expect(fromJson({ title: 'T', next_update: 30 }).postmortem.support).toBeUndefined();
  });

  it('leaves what will be done against the next incident among the actions', () => {
    const { postmortem } = fromMarkdown('# T\n\n## What we are doing about it\n\n- [ ] Add an alarm (Jo Park, 2026-12-04)\n');

    expect(postmortem.actionItems).toMatchObject([{ title: 'Add an alarm' }]);
    expect(postmortem.support).toBeUndefined();
  });

  it('leaves the hash of a document without it as it was', () => {
    const { postmortem } = fromJson({ id: 'a', title: 'T', severity: 'sev2', support: { say: ['It works'], workaround: 'Reload' } });

    expect(contentHash(postmortem)).toBe('e251f72e373617efeb7d04439ff3a4c9433b27452f0dbfb43b9753646fe24bda');
  });
});

describe('a postmortem that another one has taken the place of', () => {
  it.each([
    ['mergedInto', 'INC-7', 'inc-7'],
    ['merged_into', 'redis-failover', 'redis-failover'],
    ['merged into', 'redis-failover', 'redis-failover'],
    ['duplicate_of', 7, '7'],
    ['duplicate of', { id: 'redis-failover' }, 'redis-failover'],
  ])('is retracted: %s %j', (name, sent, mergedInto) => {
    const { postmortem, warnings } = fromJson({ id: 'a', title: 'T', severity: 'sev2', status: 'published', [name]: sent });

    expect(postmortem).toMatchObject({ status: 'retracted', mergedInto });
    expect(warnings).toEqual([`"${name}" says ${mergedInto}, so this one counts as retracted: nobody is told of it any more.`]);
  });

  it('needs no warning if it is called retracted', () => {
    const sent = { title: 'T', severity: 'sev2', status: 'retracted', mergedInto: 'redis-failover' };

    expect(fromJson(sent)).toMatchObject({ warnings: [], postmortem: { mergedInto: 'redis-failover' } });
  });

  it('may say so in front matter or in a label', () => {
    expect(fromMarkdown('---\ntitle: T\nmerged_into: redis-failover\n---\nText.').postmortem.status).toBe('retracted');
    expect(fromMarkdown('# T\n\n**Severity:** SEV-2\n**Duplicate of:** INC-7\n').postmortem).toMatchObject({
      status: 'retracted',
      mergedInto: 'inc-7',
    });
  });

  it.each(['the outage in March', 'none', 'n/a', ''])('is not taken back by a label that names no postmortem: %s', (value) => {
    const { postmortem } = fromMarkdown(`# T\n\n**Severity:** SEV-2\n**Duplicate of:** ${value}\n`);

    expect([postmortem.status, postmortem.mergedInto]).toEqual(['published', undefined]);
  });

  it.each([null, '', false, 'none'])('is not taken back by a field that is %j', (value) => {
    expect(fromJson({ title: 'T', duplicate_of: value }).postmortem.status).toBe('published');
  });

  it.each([
    ['Not An Id!', '"Not An Id!" is not an id', 'Give the id of the other postmortem, such as not-an-id.'],
    ['INC_7', '"INC_7" is not an id', 'Give the id of the other postmortem, such as inc-7.'],
  ])('is refused if what it names is no id: %s', (mergedInto, problem, remedy) => {
    const flaw = { field: 'mergedInto', problem, remedy };

    expect(refusal(() => fromJson({ id: 'a', title: 'T', mergedInto })).flaws).toEqual([flaw]);
    expect(refusal(() => fromMarkdown(`---\ntitle: T\nmergedInto: ${mergedInto}\n---\nText.`)).flaws).toEqual([flaw]);
  });

  it('is refused if it is its own', () => {
    const { flaws } = refusal(() => fromJson({ id: 'a', title: 'T', mergedInto: 'A' }));

    expect(flaws).toEqual([
      {
        field: 'mergedInto',
        problem: 'is the id of this postmortem itself',
        remedy: 'Give the id of the postmortem that tells of the incident instead, or leave it out.',
      },
    ]);
  });
});
