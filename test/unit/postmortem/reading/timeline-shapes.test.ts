import { expect, it } from 'vitest';
import { timelineOf } from '../../../support/timelines.ts';

/** Forms of public postmortems, in words of our own. */
const timelines: readonly { name: string; heading?: string; body: string; entries: readonly string[]; rest?: string }[] = [
  {
    name: 'status page: update times below bold states',
    body: `**Resolved** - The queue is empty again.
Nov 17, 15:40 UTC

**Monitoring** - A fix is out.
Nov 17, 14:58 UTC

**Investigating** - Jobs wait longer than usual.
Nov 17, 14:05 UTC`,
    entries: [
      'Nov 17, 15:40 UTC | **Resolved** - The queue is empty again.',
      'Nov 17, 14:58 UTC | **Monitoring** - A fix is out.',
      'Nov 17, 14:05 UTC | **Investigating** - Jobs wait longer than usual.',
    ],
  },
  {
    name: 'wiki: bold minutes, outage marks, days as bold lines',
    body: `_All times in UTC._

**17 November**
* **22:51** A config change is merged **OUTAGE BEGINS**
* **23:40** Pages arrive at the on-call

**18 November**
* **00:12** Revert is live **OUTAGE ENDS**`,
    entries: [
      '17 November 22:51 UTC | A config change is merged **OUTAGE BEGINS**',
      '17 November 23:40 UTC | Pages arrive at the on-call',
      '18 November 00:12 UTC | Revert is live **OUTAGE ENDS**',
    ],
    rest: '_All times in UTC._',
  },
  {
    name: 'cloud vendor: AM and PM with zone, paragraphs',
    body: `At 5:12 AM PST on November 17th, we began to see errors in one zone.

By 5:45 AM PST, engineers had found the cause in the metadata store. They stopped the rollout.

Between 6:10 AM and 6:42 AM PST, hosts were restarted in groups.

At 7:03 AM PST, error rates were back to normal.`,
    entries: [
      'At 5:12 AM PST on November 17th | we began to see errors in one zone.',
      'November 17th, By 5:45 AM PST | engineers had found the cause in the metadata store. They stopped the rollout.',
      'November 17th, Between 6:10 AM and 6:42 AM PST | hosts were restarted in groups.',
      'November 17th, At 7:03 AM PST | error rates were back to normal.',
    ],
  },
  {
    name: 'table with state column and ISO instants',
    body: `| Timestamp (UTC) | Status | Description |
|:---|:---:|:---|
| \`2026-11-17T13:05:00Z\` | 🔴 Impact starts | Edge returns 530 |
| \`2026-11-17T13:31:22Z\` | 🟢 Impact ends | Rule removed, see [change](https://e.example.com/c/1) |`,
    entries: [
      '2026-11-17T13:05:00Z | 🔴 Impact starts — Edge returns 530',
      '2026-11-17T13:31:22Z | 🟢 Impact ends — Rule removed, see [change](https://e.example.com/c/1)',
    ],
  },
  {
    name: 'dashes before times, no list',
    body: `13:05 -- deploy of cart 4.2
13:09 -- first alert (cart-latency)
13:31 -- rollback done`,
    entries: ['13:05 | deploy of cart 4.2', '13:09 | first alert (cart-latency)', '13:31 | rollback done'],
  },
  {
    name: 'countdown from the start',
    body: `- T-24h: new image is built
- T0: image reaches the fleet
- T+3m12s: first crash
- T + 1h 10m – old image is back`,
    entries: ['T-24h | new image is built', 'T0 | image reaches the fleet', 'T+3m12s | first crash', 'T + 1h 10m | old image is back'],
  },
  {
    name: 'Portuguese',
    heading: 'Linha do tempo (horário de Brasília)',
    body: `- **09h12** – Alarme dispara
- **09h20 às 09h45** – Equipe investiga
- **por volta das 10h** – Serviço normalizado`,
    entries: [
      '09h12 horário de Brasília | Alarme dispara',
      '09h20 às 09h45 horário de Brasília | Equipe investiga',
      'por volta das 10h horário de Brasília | Serviço normalizado',
    ],
  },
  {
    name: 'Korean range',
    body: `- 11월 17일 13:05 ~ 13:31 : 로그인 불가
- 11월 17일 오후 2시 : 원인 파악
- 11월 18일 : 재발 방지 대책 수립`,
    entries: ['11월 17일 13:05 ~ 13:31 | 로그인 불가', '11월 17일 오후 2시 | 원인 파악', '11월 18일 | 재발 방지 대책 수립'],
  },
  {
    name: 'Chinese table',
    body: `| 时间 | 事件 |
|---|---|
| 2026-11-17 10:32 | 监控告警 |
| 10:40 | 值班人员响应 |
| 11:05 | 恢复 |`,
    entries: ['2026-11-17 10:32 | 监控告警', '2026-11-17 10:40 | 值班人员响应', '2026-11-17 11:05 | 恢复'],
  },
  {
    name: 'people in brackets and a day in the sub-headings with weekday',
    body: `### Tue Nov 17

- [10:02 UTC] [Rosa] declares the incident
- [10:15 UTC] [Tim] joins

### Wed Nov 18

- [08:30 UTC] [Rosa] closes it`,
    entries: [
      'Tue Nov 17 10:02 UTC | [Rosa] declares the incident',
      'Tue Nov 17 10:15 UTC | [Tim] joins',
      'Wed Nov 18 08:30 UTC | [Rosa] closes it',
    ],
  },
  {
    name: 'chat paste: name and time above the words',
    body: `**Rosa Lind** 10:32 AM
Is checkout slow for anyone?

**Tim Orr** 10:34 AM
Yes, p99 is 9 s.`,
    entries: ['10:32 AM | Rosa Lind: Is checkout slow for anyone?', '10:34 AM | Tim Orr: Yes, p99 is 9 s.'],
  },
  {
    name: 'phases in bold with lists',
    heading: 'Timeline (UTC)',
    body: `**Detection**

- 13:05 - Alert

**Response**

- 13:09 - Rosa looks
- 13:31 - Rolled back`,
    entries: ['Detection, 13:05 UTC | Alert', 'Response, 13:09 UTC | Rosa looks', 'Response, 13:31 UTC | Rolled back'],
  },
  {
    name: 'German with "Uhr" ranges and days with dots',
    body: `* 17.11.2026, 08:15 Uhr: Erste Meldung
* 17.11., 08:15 – 09:00 Uhr: Analyse
* gegen 9 Uhr: Neustart
* 18.11.2026: Nachbesprechung`,
    entries: [
      '17.11.2026, 08:15 Uhr | Erste Meldung',
      '17.11., 08:15 – 09:00 Uhr | Analyse',
      '17.11., gegen 9 Uhr | Neustart',
      '18.11.2026 | Nachbesprechung',
    ],
  },
  {
    name: 'numbered with day once and arrows',
    body: `1. 2026-11-17 13:05 UTC → primary database fails over
2. 13:06 UTC → replicas lag by 40 s
3. 13:20–13:25 UTC → connections drained`,
    entries: [
      '2026-11-17 13:05 UTC | primary database fails over',
      '2026-11-17 13:06 UTC | replicas lag by 40 s',
      '2026-11-17 13:20–13:25 UTC | connections drained',
    ],
  },
  {
    name: 'table by elapsed time',
    body: `| Elapsed | Clock | What |
|---|---|---|
| 0:00 | 13:05 | Push |
| 0:26 | 13:31 | Revert |`,
    entries: ['0:00 / 13:05 | Push', '0:26 / 13:31 | Revert'],
  },
];

it.each(timelines)('$name', ({ heading, body, entries, rest = '' }) => {
  const read = timelineOf(body, heading);
  expect(read.entries.map(({ at, event }) => `${at} | ${event}`)).toEqual(entries);
  expect(read.rest).toBe(rest);
});
