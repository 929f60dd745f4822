import { describe, expect, it } from 'vitest';
import { severityAliases } from '../../../../core/postmortem/reading/classification-words.ts';
import { severityNameIn, statusWordIn } from '../../../../core/postmortem/reading/facts/written-words.ts';
import { readMarkdown } from '../../../../core/postmortem/reading/read-markdown.ts';
import { given as givenEarlier, refusal } from '../../../support/reading.ts';

const given = { ...givenEarlier, now: new Date('2026-12-01T12:00:00Z') };
const fromMarkdown = (text: string) => readMarkdown(text, given);

const read = (text: string) => fromMarkdown(text).postmortem;
const summary = '\n\n## Summary\n\nNo orders for an hour.\n';

describe('facts are found', () => {
  const right = { severity: 'sev1', startedAt: '2026-11-02T14:05:00Z', resolvedAt: '2026-11-02T15:05:00Z', services: ['pool', 'cart'] };
  const [severity, start, end, services] = ['SEV-1', '2026-11-02 14:05 UTC', '2026-11-02 15:05 UTC', 'pool, cart'];

  it.each([
    ['lines', `**Severity:** ${severity}\n**Start**: ${start}\n**End:** ${end}\nServices: ${services}`],
    ['lower-case lines', `severity: ${severity}\nstart: ${start}\nend: ${end}\naffected services: ${services}`],
    ['lines with dashes', `Severity - ${severity}\n\nStart – ${start}\n\nEnd — ${end}\n\nServices - ${services}`],
    ['values in bold', `Severity: **${severity}**\nStart: **${start}**\nEnd: **${end}**\nServices: **${services}**`],
    ['lines in italics', `_Severity:_ ${severity}\n_Start:_ ${start}\n_End:_ ${end}\n_Services:_ ${services}`],
    ['bullets', `- **Severity**: ${severity}\n- Start: ${start}\n- End: ${end}\n- **Services**\n  - pool\n  - cart`],
    ['typed bullets', `• Severity: ${severity}\n• Start: ${start}\n• End: ${end}\n• Services: ${services}`],
    ['lines with symbols', `:fire: *Severity:* ${severity}\n🕐 *Start:* ${start}\n✅ *End:* ${end}\n:gear: *Services:* ${services}`],
    ['bars', `**Severity:** ${severity} | **Start:** ${start} | **End:** ${end} | **Services:** ${services}`],
    ['plain labels between bars', `Severity: ${severity} | Start: ${start} | End: ${end} | Services: ${services}`],
    ['dots', `**Severity:** ${severity} · **Start:** ${start} · **End:** ${end} · **Services:** ${services}`],
    ['blanks', `Severity: ${severity}   Start: ${start}   End: ${end}   Services: ${services}`],
    ['sentences', `**Severity**: ${severity}. **Start**: ${start}. **End**: ${end}. **Services**: ${services}.`],
    [
      'a table',
      `| Field | Value |\n|---|---|\n| Severity | ${severity} |\n| Start | ${start} |\n| End | ${end} |\n| Services | ${services} |`,
    ],
    [
      'a table with an empty head',
      `| | |\n|---|---|\n| **Severity** | ${severity} |\n| **Start (UTC)** | 2026-11-02 14:05 |\n| **End (UTC)** | 2026-11-02 15:05 |\n| **Services** | ${services} |`,
    ],
    [
      'a table of four columns',
      `| Severity | ${severity} | Start | ${start} |\n|---|---|---|---|\n| Services | ${services} | End | ${end} |`,
    ],
    ['a row below names', `| Severity | Start | End | Services |\n|---|---|---|---|\n| ${severity} | ${start} | ${end} | ${services} |`],
    ['a quotation', `> **Severity:** ${severity}\n> **Start:** ${start}\n> **End:** ${end}\n> **Services:** ${services}`],
    ['definitions', `Severity\n: ${severity}\n\nStart\n: ${start}\n\nEnd\n: ${end}\n\nServices\n: ${services}`],
    ['German', `**Schweregrad:** kritisch\n**Beginn:** ${start}\n**Ende:** ${end}\n**Betroffene Dienste:** ${services}`],
    ['Japanese', `**深刻度：** 緊急\n**発生日時：** ${start}\n**復旧日時：** ${end}\n**影響サービス：** pool、cart`],
  ])('in %s, below the title, at the top, below a heading and below the summary', (_, labels) => {
    expect(read(`# Pool ran dry\n\n${labels}${summary}`)).toMatchObject({ ...right, summary: 'No orders for an hour.' });
    expect(read(`${labels}\n\n# Pool ran dry${summary}`)).toMatchObject(right);
    expect(read(`# Pool ran dry\n\n## Incident details\n\n${labels}${summary}`)).toMatchObject(right);
    expect(read(`# Pool ran dry${summary}\n${labels}\n`)).toMatchObject({ ...right, summary: 'No orders for an hour.' });
    expect(read(`# Pool ran dry${summary}\n## Whatever this is\n\n${labels}\n`)).toMatchObject(right);
  });

  it.each([
    ['two names', '| Status | Date |', '| Draft | 2026-11-02 |', { status: 'draft', startedAt: '2026-11-02' }],
    ['a status that is the name of a time too', '| Status | Date |', '| Resolved | 2026-11-02 |', { startedAt: '2026-11-02' }],
    ['three names', '| Status | Severity | Team |', '| Resolved | SEV-2 | Core |', { severity: 'sev2', owningTeam: 'Core' }],
    ['a name that we do not know', '| Status | Weather | Team |', '| Resolved | Mild | Core |', { owningTeam: 'Core' }],
    ['names and values in turn', '| Status | Resolved |', '| Date | 2026-11-02 |', { startedAt: '2026-11-02' }],
  ])('in a table of two rows with %s', (_, head, row, found) => {
    const line = head.replace(/[^|]+/g, '---');
    const { severity: code, status, owningTeam, startedAt, resolvedAt } = read(`# Pool ran dry\n\n${head}\n${line}\n${row}${summary}`);
    expect({ severity: code, status, owningTeam, startedAt, resolvedAt }).toEqual({
      severity: 'unclassified',
      status: 'published',
      ...found,
    });
  });

  it('is kept as text if its first row may hold names as well as names with values', () => {
    const table = '| Severity | Date |\n|---|---|\n| Resolved | 2026-11-02 |';
    expect(read(`# Pool ran dry\n\n${table}${summary}`).sections).toEqual([{ heading: '', body: table }]);
  });

  it('below headings of one value', () => {
    const text =
      '# Pool ran dry\n\n## Severity\n\n**Critical** - Complete outage for all.\n\n## When\n\nStart: 2026-11-02 14:05 UTC\nEnd: 2026-11-02 15:05 UTC\n';
    const { severity: found, startedAt, resolvedAt, sections } = read(text);

    expect({ found, startedAt, resolvedAt }).toEqual({ found: 'sev1', startedAt: right.startedAt, resolvedAt: right.resolvedAt });
    expect(sections).toEqual([{ heading: 'Further fields', body: '- **Severity:** Critical - Complete outage for all.' }]);
  });

  it.each([
    ['INC-7: Pool ran dry', { id: 'inc-7' }],
    ['[SEV1] Pool ran dry', { severity: 'sev1' }],
    ['SEV-2: Pool ran dry', { severity: 'sev2' }],
    ['2026-11-17 Pool ran dry', { startedAt: '2026-11-17' }],
    ['Pool ran dry (17 November 2026)', { startedAt: '2026-11-17' }],
  ])('in the title "%s"', (title, facts) => {
    expect(read(`# ${title}${summary}`)).toMatchObject({ ...facts, title });
  });
});

describe('prose is no fact', () => {
  it.each([
    ['Version: 2.0 of the feeder was the culprit.', 'Version: 2.0 of the feeder was the culprit.'],
    ['Owner: the team that owns the pool will decide this week.', 'Owner: the team that owns the pool will decide this week.'],
    ['Start: we started the engine by hand.', 'Start: we started the engine by hand.'],
  ])('%s', (line, kept) => {
    const { summary: said, authors, startedAt } = read(`# Pool ran dry\n\n${line}\n\nAnd more.`);
    expect({ said, authors, startedAt }).toEqual({ said: kept, authors: [], startedAt: undefined });
  });

  it('nor is what stands below a heading about other incidents', () => {
    expect(read(`# A${summary}\n## Similar incidents\n\n- Severity: SEV-1\n- Start: 2025-01-02 10:00 UTC\n`)).toMatchObject({
      severity: 'unclassified',
    });
  });
});

describe('the name of a severity', () => {
  const aliases = severityAliases({});
  it.each([
    ['🔴 SEV-1', 'SEV-1'],
    ['SEV-1 🔥', 'SEV-1'],
    [':fire: Critical', 'Critical'],
    ['P1 (Critical)', 'P1'],
    ['SEV-1: major outage', 'SEV-1'],
    ['P1 / Critical', 'P1'],
    ['2 - High', '2'],
    ['Severity 1 – Critical', 'Severity 1'],
    ['Sev 2 (was Sev 3)', 'Sev 2'],
    ['Tier A / Critical', 'Critical'],
    ['High severity', 'High'],
    ['2 of 4', '2'],
    ['alta', 'alta'],
    ['重大', '重大'],
    ['**Kritisch**', 'Kritisch'],
    ['1 hour of outage', undefined],
    ['not critical', undefined],
    ['huge', undefined],
  ])('in "%s" is %s', (text, name) => {
    expect(severityNameIn(text, aliases)).toBe(name);
  });

  it('is the organisation’s own, and a number that it counts otherwise is none', () => {
    const label = (name: string) => ({ label: name, aliases: [] });
    const own = severityAliases({ sev1: label('P0'), sev2: label('P1'), sev3: label('P2'), sev4: label('P3') });

    expect(['P1', 'P1 (High)', 'SEV-1', '1', 'P5', 'S1', 'critical'].map((text) => severityNameIn(text, own))).toEqual([
      'P1',
      'P1',
      'SEV-1',
      undefined,
      undefined,
      undefined,
      'critical',
    ]);
  });
});

it.each([
  ['✅ Resolved', 'Resolved'],
  ['Final', 'Final'],
  ['Complete, action items in progress', 'Complete'],
  ['Resuelto', 'Resuelto'],
  ['Nobody knows', undefined],
])('the status in "%s" is %s', (text, word) => {
  expect(statusWordIn(text)).toBe(word);
});

describe('of several values', () => {
  it('a start with a time is better than a bare date, and what was sent is better than both', () => {
    const lines = '- **Date**: 2026-11-17\n- **Start time**: 2026-11-17 13:05 UTC\n';
    expect(read(`# A\n\n${lines}${summary}`).startedAt).toBe('2026-11-17T13:05:00Z');
    expect(read(`---\nstartedAt: 2026-11-17T13:00:00Z\n---\n# A\n\n${lines}${summary}`).startedAt).toBe('2026-11-17T13:00:00Z');
    expect(read(`---\nstartedAt: 2026-11-17\n---\n# A\n\n${lines}${summary}`).startedAt).toBe('2026-11-17T13:05:00Z');
  });

  it('a date of front matter beside an earlier start is the day of publication', () => {
    const { startedAt, publishedAt } = read(`---\ntitle: A\ndate: 2026-09-20\n---\n**Start time:** 2026-09-17 13:05 UTC${summary}`);
    expect({ startedAt, publishedAt }).toEqual({ startedAt: '2026-09-17T13:05:00Z', publishedAt: '2026-09-20T00:00:00Z' });
  });

  it('a contradiction is one warning, with both and their places', () => {
    const { postmortem, warnings } = fromMarkdown(
      `# A\n\n**Severity:** SEV-1${summary}\n## Cause\n\nA leak.\n\n## Notes\n\n| | |\n|---|---|\n| Severity | SEV-3 |\n`,
    );
    expect(postmortem.severity).toBe('sev1');
    expect(warnings).toEqual([
      'The severity is "SEV-1" in the line below the title and "SEV-3" in the table below "Notes": the first one counts. Remove the other if it is wrong.',
    ]);
  });

  it('an end before the start is left out, with a warning and not refused', () => {
    const { postmortem, warnings } = fromMarkdown(`# A\n\n**Start:** 2026-11-02 14:05 UTC\n**End:** 2026-11-02 13:05 UTC${summary}`);
    expect(postmortem).toMatchObject({ startedAt: '2026-11-02T14:05:00Z' });
    expect(postmortem.resolvedAt).toBeUndefined();
    expect(warnings.join()).toContain(
      'The end ("2026-11-02 13:05 UTC" in the line below the title) is before the start ("2026-11-02 14:05 UTC" in',
    );
  });
});

describe('what is not understood in a body', () => {
  it.each([
    [
      'Date: 03/10/2026',
      'It says "Date: 03/10/2026", which was not taken as a time of the incident. "03/10/2026" may be 3 October 2026 or 10 March 2026. Write 2026-10-03 or 2026-03-10.',
    ],
    [
      'Start: 14:05 UTC',
      'It says "Start: 14:05 UTC", which was not taken as a time of the incident. It has no day. Write dates as in 2026-11-17 13:05 UTC.',
    ],
    [
      'Status: half done',
      'It says "Status: half done", which is not a known status: it counts as published. Use one of draft, preliminary (in review), published (complete, final, reviewed), retracted.',
    ],
    [
      'Status: open',
      '"Status: open" counts as a draft: it is kept, and nobody is told of it. If it is ready to be read, write `status: published`.',
    ],
  ])('%s is a warning', (line, warning) => {
    expect(fromMarkdown(`# A\n\n**Severity:** SEV-2\n${line}${summary}`).warnings).toEqual([warning]);
  });

  it('is a warning in front matter for words of status pages, and a refusal for others', () => {
    expect(fromMarkdown(`---\ntitle: A\nseverity: disrupted\nresolved: true\n---${summary}`).warnings).toEqual([
      'It says "severity: disrupted", which is no severity here: it counts as unclassified. Write one of sev1, sev2, sev3, sev4, or add the name to `severities` in the distribution file.',
    ]);
    expect(refusal(() => fromMarkdown(`---\ntitle: A\nseverity: huge\n---${summary}`)).fields).toEqual(['severity']);
  });
});

describe('a time that no label tells', () => {
  it.each([
    [
      'the first and the last entry of the timeline',
      '## Timeline\n\n- 2026-09-02 14:05 UTC: empty\n- 2026-09-02 15:05 UTC: full\n- 2026-12-01 10:00 UTC: reviewed',
      '2026-09-02T14:05:00Z',
      '2026-09-02T15:05:00Z',
    ],
    [
      'prose of the summary',
      '## Summary\n\nOn 2 September 2026 between 14:05 UTC and 15:05 UTC the pool was empty.',
      '2026-09-02T14:05:00Z',
      '2026-09-02T15:05:00Z',
    ],
  ])('is taken from %s', (_, text, startedAt, resolvedAt) => {
    expect(read(`# Pool ran dry\n\n${text}\n`)).toMatchObject({ startedAt, resolvedAt });
  });

  it('is trusted less than a label', () => {
    const text = '**Date:** 2026-09-01\n\n## Summary\n\nOn 2 September 2026 at 14:05 UTC the pool was empty.';
    expect(read(`# Pool ran dry\n\n${text}\n`).startedAt).toBe('2026-09-01');
  });

  it('is not the date of a blog post, which is that of its publication', () => {
    const { startedAt, publishedAt } = read(
      '---\ntitle: A\ndate: 2023-03-23T20:10:01Z\nlayout: post\nauthor: Jo\n---\n\nThe pool ran dry.',
    );
    expect({ startedAt, publishedAt }).toEqual({ startedAt: undefined, publishedAt: '2023-03-23T20:10:01Z' });
  });
});

describe('the account', () => {
  it('says what was recognised and where, what is missing, and what would help most', () => {
    const { recognised, missing, advice } = fromMarkdown(
      `# Pool ran dry\n\n| | |\n|---|---|\n| Severity | SEV-1 |\n| Date | 03/10/2026 |${summary}\n## Action items\n\n- Add an alert (Jo, 2026-12-04)\n- Watch it\n`,
    );
    expect(recognised).toEqual([
      { what: 'title', value: 'Pool ran dry', from: 'the title' },
      { what: 'severity', value: 'sev1', from: 'the table below the title' },
      { what: 'actions', value: '2 actions', from: '"Action items"' },
    ]);
    expect(missing).toEqual([
      'start (written as "Date: 03/10/2026" and not understood)',
      'cause',
      'the owner of 1 of 2 actions',
      'the due day of 1 of 2 actions',
      'end',
      'impact',
      'services',
      'timeline',
    ]);
    expect(advice).toBe(
      'Say when it began, in a line such as "Start: 2026-11-17 13:05 UTC" below the title: without it the publication counts.',
    );
  });

  it('calls a severity what the organisation calls it', () => {
    const named = { sev1: { label: 'P0', aliases: [] } };
    const { recognised } = readMarkdown(`# A\n\nSeverity: P0${summary}`, { ...given, named, aliases: severityAliases(named) });

    expect(recognised).toContainEqual({ what: 'severity', value: 'P0', from: 'the line below the title' });
  });

  it('names the zone that was assumed', () => {
    const { recognised } = readMarkdown(`# A\n\nStart: 2026-09-02 14:05${summary}`, { ...given, zone: 'Europe/Berlin' });
    expect(recognised.find(({ what }) => what === 'start')).toEqual({
      what: 'start',
      value: '2026-09-02T12:05:00Z (Europe/Berlin assumed)',
      from: 'the line below the title',
    });
  });
});

describe('nothing is dropped', () => {
  it('a fact whose words are not stored stays as a bullet, and one whose words are does not', () => {
    const { sections } = read(
      `# A\n\n**Severity:** P1 (Critical)\n**Start:** 2026-11-02 14:05 UTC\n**Duration:** 60 minutes\n**Lead:** Rosa${summary}`,
    );
    expect(sections).toEqual([
      { heading: 'Further fields', body: '- **Severity:** P1 (Critical)\n- **Duration:** 60 minutes\n- **Lead:** Rosa' },
    ]);
  });

  it('what front matter says already wins, and the line of the body stays', () => {
    const { services, customerImpact, sections } = read(
      '---\ntitle: A\nservices: [pool]\n---\n\nThe pool ran dry.\n\n**Affected services**: reader (EU, US), writer. **Affected regions**: eu-1, us-2.\n\nRefilled.',
    );
    expect({ services, regions: customerImpact?.regions }).toEqual({ services: ['pool'], regions: ['eu-1', 'us-2'] });
    expect(sections).toEqual([
      { heading: '', body: 'Refilled.' },
      { heading: 'Further fields', body: '- **Affected services**: reader (EU, US), writer.' },
    ]);
  });

  it('a severity that is written and not understood is a warning that quotes it', () => {
    const { postmortem, warnings } = fromMarkdown(`# A\n\n**Severity:** huge${summary}`);
    expect(postmortem.severity).toBe('unclassified');
    expect(warnings).toEqual([
      'It says "Severity: huge", which is no severity here: it counts as unclassified. Write one of sev1, sev2, sev3, sev4, or add the name to `severities` in the distribution file.',
    ]);
  });
});
