import { describe, expect, it } from 'vitest';
import { linesOf, sectionOfCase, timelineOf } from '../../../support/timelines.ts';

describe('an entry that begins with a time', () => {
  it.each([
    ['09:14 Alert fires for the checkout', '09:14 | Alert fires for the checkout'],
    ['09:31 Root volume is full', '09:31 | Root volume is full'],
    ['09:14 UTC alerts fire', '09:14 UTC | alerts fire'],
    ['**16:58 UTC** - Database begins', '16:58 UTC | Database begins'],
    ['**16:58 UTC - Database** begins', '16:58 UTC | **Database** begins'],
    ['17:05 ~ 17:20 UTC | pods fail', '17:05 ~ 17:20 UTC | pods fail'],
    ['09:00–10:30 UTC: looked for it', '09:00–10:30 UTC | looked for it'],
    ['13:05-13:20: looked for it', '13:05-13:20 | looked for it'],
    ['~17:25 — declared', '~17:25 | declared'],
    ['17:40 (approx.) rollback', '17:40 (approx.) | rollback'],
    ['approx. 17:40: rollback', 'approx. 17:40 | rollback'],
    ['ca. 17:40 Uhr: zurück', 'ca. 17:40 Uhr | zurück'],
    ['9:05am PT - over', '9:05am PT | over'],
    ['9am the team met', '9am | the team met'],
    ['11 p.m. the team met', '11 p.m. | the team met'],
    ['Day 2, 08:00: cleaned', 'Day 2, 08:00 | cleaned'],
    ['T+5m: something', 'T+5m | something'],
    ['T-10 the deploy starts', 'T-10 | the deploy starts'],
    ['+00:05 alert', '+00:05 | alert'],
    ['Nov 18 00:10 UTC: again', 'Nov 18 00:10 UTC | again'],
    ['2026-11-18T01:00:00.000Z alert', '2026-11-18T01:00:00.000Z | alert'],
    ['[02:00] bracketed', '02:00 | bracketed'],
    ['`03:00` code', '03:00 | code'],
    ['*04:00* italic', '04:00 | italic'],
    ['05h00 : français', '05h00 | français'],
    ['06.00 dots', '06.00 | dots'],
    ['14:05:33.120 deploy begins', '14:05:33.120 | deploy begins'],
    ['Monday 07:00: weekday', 'Monday 07:00 | weekday'],
    ['Friday, 30 October 2026: found', 'Friday, 30 October 2026 | found'],
    ['**24-10-2026 02:00 UTC** – updated', '24-10-2026 02:00 UTC | updated'],
    ['On November 17, 2026, at 13:05 UTC, we saw it', 'On November 17, 2026, at 13:05 UTC | we saw it'],
    ['13:05 UTC on 17 November 2026: seen', '13:05 UTC on 17 November 2026 | seen'],
    ['13:05 UTC (14:05 CET) – seen', '13:05 UTC (14:05 CET) | seen'],
    ['13:05 Europe/Berlin the alert', '13:05 Europe/Berlin | the alert'],
    ['2026-11-17 13:05:00 +0100 the alert', '2026-11-17 13:05:00 +0100 | the alert'],
    ['10:32 AM Rosa: I see it', '10:32 AM | Rosa: I see it'],
    ['two hours later, the team gave up', 'two hours later | the team gave up'],
    ['antes de las 18:40 — no arranca', 'antes de las 18:40 | no arranca'],
    ['15時00分 公開', '15時00分 | 公開'],
    ['午後3時 復旧', '午後3時 | 復旧'],
    ['오후 3시 복구', '오후 3시 | 복구'],
    ['2026年11月17日（火）15:05 公開', '2026年11月17日（火）15:05 | 公開'],
    ['09:30 Uhr – Erste Meldungen', '09:30 Uhr | Erste Meldungen'],
    ['17. November 2026, 09:30 Uhr: Meldung', '17. November 2026, 09:30 Uhr | Meldung'],
    ['🔥 13:05 fire', '13:05 | 🔥 fire'],
    ['[13:05](https://chat.example.com/p1) told', '13:05 | [13:05](https://chat.example.com/p1) told'],
    ['13:05: [Change 7](https://example.com/7) merged', '13:05 | [Change 7](https://example.com/7) merged'],
    ['13:05 `deploy -f` *ran*', '13:05 | `deploy -f` *ran*'],
    ['13:05 met the provider', '13:05 | met the provider'],
    ['13:05 Central database fails', '13:05 | Central database fails'],
    ['13:05 Pacific: the database fails', '13:05 Pacific | the database fails'],
    ['13:05 Berlin time, the database fails', '13:05 Berlin time | the database fails'],
    ['13:05 response time rises', '13:05 | response time rises'],
    ['November 17–18, 2026: looked for it', 'November 17–18, 2026 | looked for it'],
    ['À 13h05, on voit l’alerte', 'À 13h05 | on voit l’alerte'],
    ['om 13:05 uur: gezien', 'om 13:05 uur | gezien'],
    ['同日 14:00 復旧', '同日 14:00 | 復旧'],
    ['11/18（水）10:47 恒久対応', '11/18（水）10:47 | 恒久対応'],
    ['15:30 左右 恢复', '15:30 左右 | 恢复'],
    ['13:05 -5 degrees', '13:05 | -5 degrees'],
  ])('%s', (line, entry) => {
    expect(linesOf(`- ${line}`)).toEqual([entry]);
  });

  it.each([
    ['May 4 pods failed'],
    ['5 out of 10 pods'],
    ['10.25.3.4 is down'],
    ['5:30 minutes of downtime'],
    ['12.50 % of the traffic'],
    ['2025 was a bad year'],
    ['1625 users were told'],
    ['3:1 was the ratio'],
    ['Later we saw it'],
    ['March 3 servers to the wall'],
    ['12 pods restart'],
  ])('is not %s', (line) => {
    expect(timelineOf(`- ${line}`).entries).toEqual([{ event: line }]);
  });

  it('may be four digits beside other times', () => {
    expect(linesOf('- 16:20 users call\n- 1625: a note is sent\n- 1630 users were told')).toEqual([
      '16:20 | users call',
      '1625 | a note is sent',
      '1630 | users were told',
    ]);
  });
});

describe('a timeline as', () => {
  it('headings that are times has their texts as events', () => {
    const body = sectionOfCase('timeline-by-headings.md', 'Timeline');
    const { entries, rest } = timelineOf(body);
    expect(entries).toEqual([
      { at: '2026-11-17 10:00 CET', event: 'Servers stop starting\n\nNo new server came up from now on.' },
      {
        at: '2026-11-17 13:40 CET',
        event: 'Team told\n\nA teacher wrote in the chat room that nothing started.\nOne of us looked and saw the quota error.',
      },
      { at: '2026-11-17 13:55 CET', event: '- Quota object deleted\n- First servers start again' },
      { at: '2026-11-17 14:05 CET', event: 'Back to normal\n\nStart rate at 100 %.' },
    ]);
    expect(rest).toBe('All times in CET');
  });

  it('headings that are nothing but times keeps lists below them', () => {
    expect(linesOf(sectionOfCase('timeline-headings-are-times.md', 'Timeline'))).toEqual([
      '2026-11-02 4:19 UTC | First noticed by a user.',
      '2026-11-02 4:27 UTC | Found the job.\n\n- Using 14 pumps now',
      '2026-11-02 4:33 UTC | Refilled.',
    ]);
  });

  it('days with hours below them joins both', () => {
    const hours = ['2026-11-17 15:00 | up', '2026-11-18 10:47 | down', '2026-11-18 11:40 | up'];
    expect(linesOf('- 2026-11-17\n    - 15:00 - up\n- 2026-11-18\n    - 10:47 - down\n    - 11:40 - up')).toEqual(hours);
    expect(linesOf('### 2026-11-17\n\n- 15:00 - up\n\n### 2026-11-18\n\n- 10:47 - down\n- 11:40 - up')).toEqual(hours);
    expect(linesOf('**2026-11-17**\n\n- 15:00 - up\n\n**2026-11-18**:\n\n- 10:47 - down\n- 11:40 - up')).toEqual(hours);
    expect(
      linesOf('| When | What |\n|--|--|\n| 2026-11-17 | |\n| 15:00 | up |\n| 2026-11-18 | |\n| 10:47 | down |\n| 11:40 | up |'),
    ).toEqual(hours);
    expect(linesOf(sectionOfCase('ja-shogai.md', 'タイムライン'))).toEqual([
      '11/17 15:00 | 更新を公開',
      '11/17 16:17 | 最初の報告',
      '11/18 10:47 | 復旧',
    ]);
  });

  it('days with texts below them has the texts as events', () => {
    expect(linesOf('### Monday, 2 November\n\nThe level fell.\n\n- slowly\n\n### Tuesday\n\nIt rose.')).toEqual([
      'Monday, 2 November | The level fell.\n\n- slowly',
      'Tuesday | It rose.',
    ]);
  });

  it('lines of a paragraph takes hard and soft breaks', () => {
    const lines = ['06:00 | down', '06:46 | told', '07:03 | up'];
    expect(linesOf('*06:00*: down\\\n*06:46*: told\\\n*07:03*: up')).toEqual(lines);
    expect(linesOf('06:00 down  \n06:46 told  \n07:03 up')).toEqual(lines);
    expect(linesOf('06:00 down<br>06:46 told<br/>\n07:03 up')).toEqual(lines);
    expect(linesOf('**06:00** - down\n**06:46** - told\n**07:03** - up')).toEqual(lines);
    expect(linesOf('• 06:00 down\n• 06:46 told\n• 07:03 up')).toEqual(lines);
    expect(linesOf('– 06:00 down\n– 06:46 told\n– 07:03 up')).toEqual(lines);
    expect(linesOf('06:00\n: down\n\n06:46\n: told\n\n07:03\n: up')).toEqual(lines);
    expect(linesOf('```\n06:00 down\n06:46 told\n07:03 up\n```')).toEqual(lines);
    expect(linesOf('> 06:00 down\n> 06:46 told\n> 07:03 up')).toEqual(lines);
    expect(linesOf('1. 06:00 down\n2. 06:46 told\n3. 07:03 up')).toEqual(lines);
    expect(timelineOf(sectionOfCase('italic-times-backslash.md', 'Timeline')).entries).toHaveLength(5);
  });

  it('paragraphs keeps what stands between and around them', () => {
    const { entries, rest } = timelineOf(
      'We tell it in short.\n\n13:05 The pool ran dry\nand nobody saw it.\n\nA note about it.\n\n13:20: refilled at\n13:25 in the end.\n\n- with 14 pumps\n\nThat was all.',
    );
    expect(entries).toEqual([
      { at: '13:05', event: 'The pool ran dry\nand nobody saw it.\n\nA note about it.' },
      { at: '13:20', event: 'refilled at\n13:25 in the end.' },
      { event: 'with 14 pumps' },
    ]);
    expect(rest).toBe('We tell it in short.\n\nThat was all.');
  });
});

describe('a table', () => {
  const table = (...rows: string[]) => [rows[0], rows[0]?.replace(/[^|]+/g, '--'), ...rows.slice(1)].join('\n');

  it.each([
    [
      'date and time apart',
      ['| Date | Time | Event |', '| 2026-11-17 | 13:05 | a |', '|  | 13:31 | b |'],
      ['2026-11-17 13:05 | a', '2026-11-17 13:31 | b'],
    ],
    ['a zone in a name', ['| Date and Time in CET | Event |', '| 2026-11-02 04:00 | a |'], ['2026-11-02 04:00 CET | a']],
    [
      'a year and a zone in names',
      ['| Day | Date (2026) | Time (PT) | Event |', '| Mon | Nov 2 | 21:33 | a |'],
      ['Mon Nov 2 2026 21:33 PT | a'],
    ],
    ['two zones', ['| UTC | PST | Event |', '| 21:33 | 13:33 | a |'], ['21:33 UTC / 13:33 PST | a']],
    [
      'two zones and a day',
      ['| Date | Time (UTC) | Time (CET) | Event |', '| 2026-11-02 | 21:33 | 22:33 | a |'],
      ['2026-11-02 21:33 UTC / 22:33 CET | a'],
    ],
    ['start and end', ['| Start | End | Event |', '| 21:33 | 22:33 | a |'], ['21:33 – 22:33 | a']],
    ['the time behind', ['| Event | Who | When |', '| a | Rosa | 13:05 |'], ['13:05 | a — Rosa']],
    ['no names', ['|  |  |', '| 13:05 | a |', '| 13:31 | b |'], ['13:05 | a', '13:31 | b']],
    ['its first entry as its head', ['| 13:05 | a |', '| 13:31 | b |'], ['13:05 | a', '13:31 | b']],
    ['unknown names', ['| Moment | Note |', '| 13:05 | a |'], ['13:05 | a']],
    ['breaks in cells', ['| Time | Event |', '| 2026-11-17<br>13:05 | a<br>b |'], ['2026-11-17 13:05 | a\\\nb']],
    [
      'links',
      ['| Time | Event |', '| [14:05](https://e.example.com/1) | [Change 7](https://e.example.com/7) |'],
      ['14:05 | [Change 7](https://e.example.com/7) — [14:05](https://e.example.com/1)'],
    ],
    [
      'a column of links',
      ['| Time (UTC) | Event | Data Link |', '| 10:02 | a | https://e.example.com/7 |'],
      ['10:02 UTC | a — https://e.example.com/7'],
    ],
    ['two days in a row', ['| Date | Time | Event |', '| Monday | 2026-11-02 13:05 | a |'], ['Monday 2026-11-02 13:05 | a']],
    ['no times', ['| Who | What |', '| Rosa | a |'], ['Rosa — a']],
  ])('with %s', (_, rows, entries) => {
    expect(linesOf(table(...rows))).toEqual(entries);
  });
});

describe('the zone', () => {
  it.each([
    ['in the heading', 'Timeline (UTC)', '- 13:05 a', '13:05 UTC | a'],
    ['behind the heading', 'Timeline, all times CET', '- 13:05 a', '13:05 CET | a'],
    ['with an offset', 'Timeline (UTC+2)', '- 13:05 a', '13:05 UTC+2 | a'],
    ['in a sentence above', 'Timeline', 'All times are in Pacific Time.\n\n- 2:05 pm a', '2:05 pm Pacific Time | a'],
    ['in a sentence below', 'Timeline', '- 13:05 a\n\n_Times in UTC._', '13:05 UTC | a'],
    ['in German', 'Timeline', 'Alle Zeiten in MEZ\n\n- 13:05 Uhr a', '13:05 Uhr MEZ | a'],
    ['of an entry itself', 'Timeline (UTC)', '- 13:05 CET a', '13:05 CET | a'],
    ['in words for times', 'Timeline', 'All times Pacific.\n\n- 13:05 a', '13:05 Pacific | a'],
    ['is none in a name', 'Timeline of the Pacific outage', '- 13:05 a', '13:05 | a'],
    ['is none of two', 'Timeline (UTC and CET)', '- 13:05 a', '13:05 | a'],
    ['is none in other sentences', 'Timeline', 'EST is our customer.\n\n- 13:05 a', '13:05 | a'],
  ])('%s', (_, heading, body, entry) => {
    expect(linesOf(body, heading)).toEqual([entry]);
  });

  it('may be stated beside a day', () => {
    const read = { entries: [{ at: '2026-11-17 13:05 UTC', event: 'a' }], rest: '(_all times UTC_)', others: [] };
    expect(timelineOf('2026-11-17 (_all times UTC_)\n\n- 13:05 a')).toEqual(read);
    expect(timelineOf('### 2026-11-17 (_all times UTC_)\n\n- 13:05 a')).toEqual(read);
  });

  it('keeps the sentence that states it', () => {
    expect(timelineOf('All times in CET\n\n- 13:05 a').rest).toBe('All times in CET');
  });
});

describe('the day above', () => {
  it('goes on until the clock goes back', () => {
    expect(linesOf('- 2026-11-17 22:05 a\n- 23:50 b\n- 00:10 c\n- 08:00 d')).toEqual([
      '2026-11-17 22:05 | a',
      '2026-11-17 23:50 | b',
      '00:10 | c',
      '08:00 | d',
    ]);
  });

  it('rules the entries below it, in whatever order', () => {
    expect(linesOf('### 2026-11-17\n- 13:05 a\n- 12:50 b\n- 23:55 c\n- 00:10 d')).toEqual([
      '2026-11-17 13:05 | a',
      '2026-11-17 12:50 | b',
      '2026-11-17 23:55 | c',
      '00:10 | d',
    ]);
  });
});

describe('a text without times', () => {
  it('has the items of lists as entries', () => {
    expect(timelineOf('We looked.\n\n- Alert\n- Repair')).toEqual({
      entries: [{ event: 'Alert' }, { event: 'Repair' }],
      rest: 'We looked.',
      others: [],
    });
  });

  it('stays text if it is prose', () => {
    const body = 'The pool ran dry in the night.\n\nIt was refilled at\n13:05 by Rosa.';
    expect(timelineOf(body)).toEqual({ entries: [], rest: body, others: [] });
  });
});

it('a heading without times is a section of its own, and phases are kept with their entries', () => {
  expect(timelineOf('### Detection\n\n- 09:14 a\n\n### Notes\n\nNobody was told.')).toEqual({
    entries: [{ at: 'Detection, 09:14', event: 'a' }],
    rest: '',
    others: [{ heading: 'Notes', body: 'Nobody was told.' }],
  });
});

it('lists below an event belong to it, unless all their items have times', () => {
  expect(linesOf('- 09:14 a\n  - looked at 3 pods\n  - 09:20 was wrong\n- 09:30 b\n    - 09:31 c\n    - 09:32 d')).toEqual([
    '09:14 | a\n- looked at 3 pods\n- 09:20 was wrong',
    '09:30 | b',
    '09:31 | c',
    '09:32 | d',
  ]);
});

it('a list without times is the text of the time above it', () => {
  expect(linesOf('- 2026-11-17\n  - deployed\n  - failed\n- 13:05\n  - repaired')).toEqual([
    '2026-11-17 | - deployed\n- failed',
    '2026-11-17 13:05 | - repaired',
  ]);
});

it('the name of a phase that has no entry stays text', () => {
  expect(timelineOf('### Detection\n\n### Repair\n\n- 13:05 a')).toMatchObject({
    entries: [{ at: 'Repair, 13:05', event: 'a' }],
    rest: '### Detection',
  });
});

it('logs and chats beside entries belong to them', () => {
  expect(linesOf('- 09:14 a\n\n```\n09:13:59 ERROR x\n```\n\n> 09:15 Rosa: oh\n\n- 09:30 b')).toEqual([
    '09:14 | a\n\n```\n09:13:59 ERROR x\n```\n\n> 09:15 Rosa: oh',
    '09:30 | b',
  ]);
});

it('an event that is too long stays text', () => {
  const long = `- 09:14 ${'a '.repeat(2600)}b`;
  expect(timelineOf(long)).toMatchObject({ entries: [], rest: long });
});
