import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { briefByHand, type Rows, rowsOf } from '../support/story/by-hand.ts';
import { draftWords, november, retractedWords, secretWords } from '../support/story/november.ts';
import { aStory, asked, berlinDay, type Choice, decide, type Story, samplePeople } from '../support/story/story.ts';

let story: Story;
beforeAll(async () => {
  const file = await readFile('samples/distribution.yaml', 'utf8');
  story = await aStory({ startsAt: new Date('2026-10-26T06:00:00Z') }, file, await samplePeople());
  await live();
});
afterAll(() => story?.stack.stop());

const [katharina, marcus] = ['katharina.vogel@example.com', 'marcus.adeyemi@example.com'];

interface Deed {
  readonly at: string;
  readonly act: () => Promise<unknown>;
}

/** The answer of an owner to each of the actions that a mail asks about, by their number. */
async function ownersAnswer(address: string, answers: readonly Record<string, string>[]) {
  const path = await story.linkTo(address, 'reminders');
  if (path === undefined) return;
  const actions = await asked(story, path);
  for (const [n, answer] of answers.entries()) if (actions[n]) await story.send(path, { action: actions[n].name, ...answer });
}

async function reviewerDecides(address: string, id: string, choose: (title: string, n: number) => Choice | undefined, signs = false) {
  const path = await story.linkTo(address, 'decisions');
  if (path === undefined) throw new Error(`no mail leads ${address} to decisions`);
  const base = /^\/decisions\/[^/]+/.exec(path)?.[0];
  return decide(story, `${base}/${id}`, choose, { signs });
}

async function takeBack(address: string) {
  const path = await story.linkTo(address, 'receipts');
  expect(path, address).toBeDefined();
  return story.send(path ?? '', { press: 'undo' });
}

/** What the tracker says, as a client of the operators sends it. */
async function trackerSays(id: string, title: string, status: string) {
  const { body } = await story.stack.call('GET', `/operator/actions?postmortem=${id}`);
  const found = body.actions.find((one: { title: string }) => one.title === title);
  const [, action] = found.id.split('/');
  const answer = await story.stack.call('POST', `/operator/actions/${id}/events`, {
    events: [{ action, kind: 'imported', status, from: 'OPS' }],
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

/** `7 December`, as the brief writes a day of its year. */
const inWords = (day: string) => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(day));

const reason = 'It is worth it before Christmas.';
const deeds: readonly Deed[] = [
  {
    at: '2026-10-29T09:00:00Z',
    act: () =>
      reviewerDecides(
        katharina,
        'login-loop',
        (_, n) => (n === 0 ? { what: 'fund', reason } : { what: 'need more', reason: 'What does it take?' }),
        true,
      ),
  },
  {
    at: '2026-11-03T10:00:00Z',
    act: () =>
      reviewerDecides(katharina, 'emptied-cart', () => ({ what: 'accept the risk', reason: 'The cart is replaced in spring.' }), true),
  },
  { at: '2026-11-03T10:30:00Z', act: () => takeBack(katharina) },
  {
    at: '2026-11-04T10:30:00Z',
    act: () => reviewerDecides(katharina, 'emptied-cart', () => ({ what: 'defer', until: '2026-11-25', reason }), true),
  },
  {
    at: '2026-11-06T10:00:00Z',
    act: () =>
      reviewerDecides(marcus, 'charged-twice', (title) =>
        /bank/.test(title) ? { what: 'accept the risk', reason: 'The bank does it from January.' } : undefined,
      ),
  },
  {
    at: '2026-11-10T10:00:00Z',
    act: () =>
      ownersAnswer('soren.kjaer@example.com', [{ press: 'rescheduled', due: '2026-11-24', reason: 'The job is rewritten first.' }]),
  },
  { at: '2026-11-11T10:00:00Z', act: () => ownersAnswer('zofia.wozniak@example.com', [{ press: 'done' }]) },
  {
    at: '2026-11-12T10:00:00Z',
    act: () => reviewerDecides(katharina, 'checkout-down', (_, n) => (n === 0 ? { what: 'fund' } : undefined), true),
  },
  { at: '2026-11-12T11:00:00Z', act: () => ownersAnswer('grace.whitfield@example.com', [{ press: 'handed over', to: 'Platform' }]) },
  { at: '2026-11-16T10:00:00Z', act: () => ownersAnswer('rachel.stein@example.com', [{ press: 'done' }]) },
  { at: '2026-11-17T09:00:00Z', act: () => reviewerDecides(katharina, 'leaked-tokens', () => ({ what: 'fund' })) },
  { at: '2026-11-18T09:00:00Z', act: () => ownersAnswer('oskar.brandt@example.com', [{ press: 'done' }]) },
  {
    at: '2026-11-19T09:00:00Z',
    act: () => ownersAnswer('oskar.brandt@example.com', [{ press: 'reopened', reason: 'One index was missed.' }]),
  },
  {
    at: '2026-11-20T10:00:00Z',
    act: () =>
      reviewerDecides(
        marcus,
        'edge-dropped',
        (title) => (/tenth/.test(title) ? { what: 'fund' } : { what: 'defer', until: '2027-01-15', reason }),
        true,
      ),
  },
  { at: '2026-11-23T09:00:00Z', act: () => trackerSays('login-loop', 'Alert when sign-ins fall by half', 'done') },
  { at: '2026-11-23T09:30:00Z', act: () => trackerSays('charged-twice', 'Pay the fees of 312 customers back', 'done') },
  { at: '2026-11-24T10:00:00Z', act: () => ownersAnswer('elena.petrova@example.com', [{ press: 'done' }]) },
  { at: '2026-11-26T11:00:00Z', act: () => reviewerDecides(marcus, 'stale-prices', () => ({ what: 'fund' }), true) },
  {
    at: '2026-11-30T15:30:00Z',
    act: () =>
      reviewerDecides(katharina, 'dns-gone', (title) =>
        /second/.test(title) ? { what: 'accept the risk', reason: 'Too dear this year.' } : { what: 'fund' },
      ),
  },
];

/** Each morning at eight in Berlin, each publication and each press, in their order. */
async function live() {
  const mornings = Array.from({ length: 37 }, (_, n) => new Date(Date.parse('2026-10-26T07:00:30Z') + n * 86_400_000).toISOString());
  const steps: Deed[] = [
    ...mornings.map((at) => ({ at, act: async () => undefined })),
    ...november.map(({ at, id, document }) => ({ at, act: () => story.publish(id, document) })),
    ...deeds,
  ];
  for (const { at, act } of steps.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    await story.until(at);
    await act();
  }
  await story.until('2026-12-01T09:00:00Z');
  const folder = process.env.MAILS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  for (const [n, mail] of (await story.mails()).entries()) {
    const name = `${String(n).padStart(4, '0')} ${mail.tags.edition} ${mail.to.split('@')[0]}`;
    await writeFile(join(folder, `${name}.html`), mail.html);
    await writeFile(join(folder, `${name}.txt`), `${mail.acceptedAt}\n${mail.subject}\n\n${mail.text}`);
  }
}

/** The lines below a heading of the brief, up to the next one. */
function below(text: string, heading: RegExp): string[] {
  const lines = text.split(/\r?\n/);
  const begin = lines.findIndex((line, n) => heading.test(line) && /^[-=]{3,}$/.test(lines[n + 1] ?? ''));
  if (begin < 0) return [];
  const end = lines.findIndex((line, n) => n > begin + 1 && /^[-=]{3,}$/.test(lines[n + 1] ?? '') && line !== '');
  return lines.slice(begin + 2, end < 0 ? undefined : end);
}
const bullets = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .split(/\n\* |^\* /)
    .slice(1)
    .map((item) => item.replace(/\s+/g, ' '));
const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const said = (n: number) => words[n] ?? String(n);
const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const large = (n: number) => (n < 1_000_000 ? Math.round(n).toLocaleString('en-GB') : `${Math.round(n / 100_000) / 10} M`);
/** `1h 52m`, as tables have it: whole minutes, rounded down. */
const short = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60), Math.floor(minutes % 60)];
  return hours === 0 ? `${rest} min` : rest === 0 ? `${hours} h` : `${hours}h ${rest}m`;
};

describe('the brief of the month', () => {
  let text: string;
  let rows: Rows;
  let hand: ReturnType<typeof briefByHand>;
  beforeAll(async () => {
    const mails = (await story.mails()).filter(({ tags, to }) => tags.edition === 'leadership-brief_2026-11' && to === katharina);
    expect(mails).toHaveLength(1);
    text = mails[0]?.text ?? '';
    const meta = await story.stack.table.read({ pk: 'ED#leadership-brief_2026-11', sk: 'META' });
    rows = await rowsOf(
      story.stack.table,
      november.map(({ id }) => id),
    );
    hand = briefByHand(rows, '2026-11', String(meta?.composedAt));
  });

  it('counts incidents, customer minutes and promises as the rows do', () => {
    const [now, before] = [hand.figures('2026-11'), hand.figures('2026-10')];
    const [onTime, formerly] = [hand.onTime('2026-11'), hand.onTime('2026-10')];
    const share = ({ kept, due }: { kept: number; due: number }) => `${Math.round((100 * kept) / due)} %`;
    const { value, known } = now.customerMinutes;
    const change = Math.round((100 * (value - before.customerMinutes.value)) / before.customerMinutes.value);
    const stats = text
      .split('\n')
      .filter((line) => /^ {2}\S+( M| %)? {2,}\S/.test(line))
      .slice(0, 4)
      .map((line) => line.trim().replace(/ {2,}/, '|'));
    expect(stats).toEqual([
      `${now.incidents}|incidents, ${before.incidents} in October`,
      `${now.grave}|Sev-1 or Sev-2, ${before.grave} in October`,
      `${large(value)}|customer minutes lost, ${change < 0 ? 'down' : 'up'} ${Math.abs(change)} %, known of ${known} of ${now.incidents} incidents`,
      `${share(onTime)}|of ${onTime.due} promises kept on time, ${share(formerly)} of ${formerly.due} in October${onTime.unknown > 0 ? `, without ${onTime.unknown} done before ${onTime.unknown === 1 ? 'it was' : 'they were'} told of` : ''}`,
    ]);
  });

  it('shows each month as the rows have it, from the first with data', () => {
    const table = below(text, /^What incidents cost/).filter((line) => /^ {2}(May|Jun|Jul|Aug|Sep|Oct|Nov) /.test(line));
    const names = ['May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov'];
    const expected = names.flatMap((name, n) => {
      const { hasData, incidents, customerMinutes, untilNoticed, untilMitigated } = hand.figures(`2026-${String(n + 5).padStart(2, '0')}`);
      if (!hasData) return [];
      const cell = ({ value, known }: { value: number | undefined; known: number }, print: (n: number) => string) => {
        if (incidents === 0) return value === 0 ? '0' : '–';
        return value === undefined || known === 0
          ? 'not known'
          : `${print(value)}${known < incidents ? ` (${known} of ${incidents})` : ''}`;
      };
      return [[name, cell(customerMinutes, large), cell(untilNoticed, short), cell(untilMitigated, short)]];
    });
    expect(table.map((line) => line.trim().split(/ {2,}/))).toEqual(expected);
    const promises = below(text, /^Promises by the month/).filter((line) => /^ {2}[A-Z][a-z]{2} /.test(line));
    expect(promises.map((line) => line.trim().split(/ +/))).toEqual(
      names.flatMap((name, n) => {
        const made = hand.made(`2026-${String(n + 5).padStart(2, '0')}`);
        return n > 0 && (made[0] ?? 0) > 0 ? [[name, ...made.map(String)]] : [];
      }),
    );
  });

  it('lists what is overdue, asked, waiting and missing, and nothing else', () => {
    const titled = (lines: readonly string[]) => bullets(lines).map((item) => item.replace(/ http\S+.*$/, ''));
    const overdue = titled(below(text, /^Overdue$/));
    expect(overdue).toHaveLength(Math.min(5, hand.overdue.length));
    const oldest = hand.overdue.toSorted((a, b) => String(a.due).localeCompare(String(b.due)));
    for (const [n, told] of overdue.entries()) {
      const days = hand.daysFrom(oldest[n]?.due ?? '');
      const same = oldest
        .filter(({ due }) => due === oldest[n]?.due)
        .map(({ title }) => `${days} day${days === 1 ? '' : 's'} late: ${title}`);
      expect(same.some((one) => told.startsWith(one))).toBe(true);
    }
    const asks = titled(below(text, /^Decisions asked$/));
    expect(asks).toHaveLength(hand.asked.length);
    for (const { title } of hand.asked) expect(asks.join('\n')).toContain(title);
    const waits = titled(below(text, /^Waiting for review$/));
    expect(waits).toHaveLength(hand.waits.length);
    for (const { openedAt, dueOn, postmortem } of hand.waits) {
      const title = rows.documents.find(({ id }) => id === postmortem)?.title;
      const [days, late] = [hand.daysFrom(berlinDay(openedAt)), hand.daysFrom(dueOn)];
      const until = Math.abs(late);
      const age = late > 0 ? `${until} day${until === 1 ? '' : 's'} late` : late === 0 ? 'due today' : `due ${inWords(dueOn)}`;
      expect(waits.find((one) => one.includes(title))).toMatch(
        new RegExp(`^${age}: .*waits ${days === 0 ? 'since today' : `for ${days} day`}`),
      );
    }
    expect(titled(below(text, /^Without a postmortem$/)).map((one) => one.replace(/^.* /, '').replace(/ --.*/, ''))).toHaveLength(
      hand.awaited.length,
    );
    const headline = text.slice(0, text.indexOf('Not listed')).replace(/\s+/g, ' ');
    expect(headline).toContain(`${capital(said(hand.asked.length))} decisions wait`);
    const led = below(text, /^What earlier decisions led to$/).join(' ');
    const more = Number(/and (\d+) more/.exec(led)?.[1] ?? 0);
    expect(bullets(below(text, /^What earlier decisions led to$/)).length + more).toBe(hand.decided.length);
    const { sev1 } = hand.figures('2026-11');
    expect(headline).toContain(`${capital(said(sev1))} were Sev-1`);
  });

  it('says of each grave incident how many of its actions are open', () => {
    const counts = Map.groupBy([...hand.open, ...hand.done], ({ row }) => String(row.postmortem));
    for (const { id, title, severity, publishedAt } of rows.documents) {
      if (!hand.isGrave(id, severity, publishedAt)) continue;
      const own = counts.get(id) ?? [];
      const open = own.filter(({ isOpen }) => isOpen).length;
      const card = below(text, new RegExp(`^Sev-[12]: ${title}$`))
        .join(' ')
        .replace(/\s+/g, ' ');
      if (own.length === 0) expect(card, id).toContain('No actions are promised');
      else if (open === 0) expect(card, id).toMatch(/are done\.|is done\./);
      else if (own.length > 1)
        expect(card, id).toContain(`${capital(said(open))} of ${said(own.length)} actions ${open === 1 ? 'is' : 'are'} open`);
      else expect(card, id).toMatch(/Its one action is (open|overdue)/);
    }
  });
});

describe('the mails of the month', () => {
  it('reminded each person at most once a working day, and on no other day', async () => {
    const sent = (await story.sent()).filter(({ edition }) => edition.startsWith('service_reminders_'));
    expect(sent.length).toBeGreaterThan(50);
    const byDay = Map.groupBy(sent, ({ to, acceptedAt }) => `${to} ${berlinDay(acceptedAt)}`);
    expect([...byDay].filter(([, { length }]) => length > 1)).toEqual([]);
    expect(sent.filter(({ acceptedAt }) => [0, 6].includes(new Date(berlinDay(acceptedAt)).getUTCDay()))).toEqual([]);
  });

  it('came to each of whom they are for, once', async () => {
    const sent = await story.sent();
    const twice = [...Map.groupBy(sent, ({ edition, to }) => `${edition} ${to}`)].filter(([, { length }]) => length > 1);
    expect(twice.map(([name]) => name)).toEqual([]);
    const people = await samplePeople();
    const on = (stream: string, role: string[]) =>
      people.flatMap(({ address = '', role: own = '', streams = '' }) =>
        (streams === '' ? role.includes(own) : streams.includes(stream)) ? [address] : [],
      );
    const engineers = on('engineering-digest', ['engineering']);
    const leaders = [...on('sev1-alerts', ['leadership'])];
    const supporters = on('customer-impact', ['support', 'sales', 'marketing']);
    const teamHeads = ['david.rosen@example.com', 'zofia.wozniak@example.com'];
    const wanted: Record<string, string[]> = {};
    for (const week of [43, 44, 45, 46, 47, 48]) wanted[`engineering-digest_2026-W${week}`] = engineers;
    for (const month of ['10', '11']) wanted[`leadership-brief_2026-${month}`] = on('leadership-brief', ['leadership']);
    for (const [id, last] of [
      ['login-loop', 1],
      ['checkout-down', 2],
      ['edge-dropped', 1],
      ['dns-gone', 1],
      ['cold-start', 1],
    ] as const)
      for (let n = 1; n <= last; n += 1) wanted[`sev1-alerts_${id}_r${n}`] = [...new Set([...leaders, ...teamHeads])];
    const felt = [
      'charged-twice',
      'cold-start',
      'dns-gone',
      'edge-dropped',
      'emptied-cart',
      'login-loop',
      'lost-mails',
      'old-certificate',
      'stale-prices',
    ];
    for (const id of felt) wanted[`customer-impact_${id}_r1`] = supporters;
    for (const id of ['checkout-down', 'leaked-tokens']) for (const n of [1, 2]) wanted[`customer-impact_${id}_r${n}`] = supporters;
    // Storefront runs `web`, on which it had lost mails six days before.
    const atOnce = people.filter(({ team, streams = '' }) => team === 'Storefront' && streams.includes('relevant-incidents'));
    wanted['relevant-incidents_cold-start_r1'] = atOnce.map(({ address = '' }) => address);
    const got = Object.fromEntries(
      [
        ...Map.groupBy(
          sent.filter(({ edition }) => !edition.startsWith('service_')),
          ({ edition }) => edition,
        ),
      ].map(([edition, lines]) => [edition, lines.map(({ to }) => to).toSorted()]),
    );
    expect(got).toEqual(Object.fromEntries(Object.entries(wanted).map(([edition, some]) => [edition, some.toSorted()])));
    const receipts = sent.filter(({ edition }) => edition.startsWith('service_receipt'));
    const decided = deeds.filter(({ act }) => /reviewerDecides/.test(String(act)));
    expect(receipts.map(({ acceptedAt }) => berlinDay(acceptedAt)).toSorted()).toEqual(decided.map(({ at }) => at.slice(0, 10)));
    const { editions } = (await story.stack.call('GET', '/operator/editions?limit=500')).body;
    expect(editions.filter(({ state }: { state: string }) => !['complete', 'superseded'].includes(state))).toEqual([]);
  });

  it('say nothing of what was restricted, taken back or never published', async () => {
    const mails = await story.mails();
    const telling = (some: readonly string[], since: string, until = '9999') =>
      mails
        .filter(
          ({ subject, html, text, acceptedAt }) =>
            acceptedAt > since && acceptedAt < until && some.some((word) => `${subject} ${html} ${text}`.includes(word)),
        )
        .map(({ tags, to }) => `${tags.edition} ${to}`);
    expect(telling(secretWords, '2026-11-10', '2026-11-18T10:00:00Z').length).toBeGreaterThan(10);
    expect(telling(secretWords, '2026-11-18T10:00:00Z')).toEqual([]);
    expect(telling(retractedWords, '2026-11-13', '2026-11-20T09:00:00Z').length).toBeGreaterThan(10);
    expect(telling(retractedWords, '2026-11-20T09:00:00Z')).toEqual([]);
    expect(telling(draftWords, '2026')).toEqual([]);
    expect(mails.length).toBe((await story.sent()).length);
  });
});
