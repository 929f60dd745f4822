import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv } from '../../bin/cli/actions/csv.ts';
import { aFolder, afterword } from '../support/command-line.ts';
import { rowsOf, standing } from '../support/story/by-hand.ts';
import { quarter } from '../support/story/quarter.ts';
import { aStory, asked, berlinDay, dayMs, decide, type Story, samplePeople, waiting } from '../support/story/story.ts';

/** Thirteen weeks from this Monday on, over Christmas and the turn of the year. */
const monday = '2026-11-16';
const weeks = 13;
const dayOf = (week: number, day = 0) =>
  new Date(Date.parse(`${monday}T00:00:00Z`) + ((week - 1) * 7 + day) * dayMs).toISOString().slice(0, 10);
const incidents = quarter(monday, weeks);
const [katharina, marcus, sofia] = ['katharina.vogel@example.com', 'marcus.adeyemi@example.com', 'sofia.castellanos@example.com'];
const holidays = ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01'];

const columns = ['address', 'name', 'team', 'role', 'zone', 'streams'];
let story: Story;
let people: Record<string, string>[];
let file: string;
/** Everybody who was active on a day, as the file of people said then. */
const staffOn = new Map<string, readonly Record<string, string>[]>();
/** What the purge took, and when. */
let purgedOn = '';
/** Who was to be reminded in the outage. */
let outaged: readonly string[] = [];
const outage = [dayOf(9, 1), dayOf(9, 2)];

beforeAll(async () => {
  const sample = await readFile('samples/distribution.yaml', 'utf8');
  file = sample
    .replaceAll(/\n {4}partOf: .*/g, '')
    .replace(/holidays: .*/, `holidays: [${holidays.join(', ')}]`)
    .replace('    channels: { slack: "#search" }', '    leads: [grace.whitfield@example.com]\n    channels: { slack: "#search" }');
  people = await samplePeople();
  story = await aStory({ startsAt: new Date(`${monday}T05:00:00Z`), slack: true }, file, people);
  await live();
});
afterAll(() => story?.stack.stop());

const cli = async (...args: string[]) => {
  const ran = await afterword([...args, '--api', story.stack.url, '--key', 'local']);
  expect(ran.code, `${args.join(' ')}\n${ran.stdout}${ran.stderr}`).toBe(0);
  return ran.stdout;
};

async function sync(change: (all: Record<string, string>[]) => Record<string, string>[]) {
  people = change(people);
  await using folder = await aFolder({ 'people.csv': csv([columns, ...people.map((one) => columns.map((column) => one[column] ?? ''))]) });
  await cli('people', 'import', `${folder.path}/people.csv`, '--sync', '--yes');
}

async function apply(text: string) {
  file = text;
  await using folder = await aFolder({ 'distribution.yaml': file });
  await cli('apply', `${folder.path}/distribution.yaml`, '--yes');
}

const without =
  (...addresses: string[]) =>
  (all: Record<string, string>[]) =>
    all.filter(({ address }) => !addresses.includes(address ?? ''));

/** The second key of two signs from now on; the first one still proves links. */
async function rotateLinks() {
  const [old, next] = [
    { kid: 'k1', key: 'o'.repeat(40) },
    { kid: 'k2', key: 'n'.repeat(40) },
  ];
  const put = async (value: object) => {
    const { status } = await story.stack.call('PUT', '/_local/secrets/TokenKeys', { value: JSON.stringify(value) });
    expect(status).toBe(200);
    // Containers keep a secret for five minutes.
    for (const { name } of (await story.stack.call('GET', '/_local/functions')).body)
      await story.stack.call('POST', `/_local/functions/${name}/kill`);
  };
  if (!rotated) await put(old);
  else {
    await put({ ...old, previous: next });
    await put({ ...next, previous: old });
  }
  rotated = true;
}
let rotated = false;

let key: { readonly id: string; readonly key: string } | undefined;
async function rotateApiKey() {
  const before = key;
  const { status, body } = await story.stack.call('POST', '/operator/keys', { label: 'CI', scopes: ['publish'] });
  expect(status).toBeLessThan(300);
  key = body;
  if (!before) return;
  await cli('keys', 'revoke', before.id);
  const refused = await story.stack.call('PUT', '/postmortems/nothing', { title: 'Nothing' }, { authorization: `Bearer ${before.key}` });
  expect(refused.status).toBe(401);
}

/** What reviewers and owners do by themselves: those who read their mail, and not all of it. */
async function press(address: string, n: number) {
  const reviews = await story.linkTo(address, 'decisions');
  const base = /^\/decisions\/[^/]+/.exec(reviews ?? '')?.[0];
  if (base && [katharina, marcus, sofia].includes(address)) {
    for (const id of (await waiting(story, base)).slice(0, 2))
      await decide(
        story,
        `${base}/${id}`,
        (_, k) => (k === 0 ? { what: n % 2 ? 'fund' : 'accept the risk', reason: 'It was talked about.' } : undefined),
        { signs: n % 4 !== 3 },
      );
  }
  const promises = await story.linkTo(address, 'reminders');
  if (!promises) return;
  for (const [k, { name }] of (await asked(story, promises)).entries())
    if ((n + k) % 3 === 0) await story.send(promises, { action: name, press: 'done' });
    else if ((n + k) % 3 === 1)
      await story.send(promises, {
        action: name,
        press: 'rescheduled',
        due: new Date(story.stack.now().getTime() + 12 * dayMs).toISOString().slice(0, 10),
        reason: 'Other things came first.',
      });
}

type Deed = readonly [at: string, act: () => Promise<unknown>];

const joiner = (n: number, role: string, team = '') => ({
  address: `joiner-${n}@example.com`,
  name: `Joiner Number ${n}`,
  team,
  role,
  zone: 'Europe/Berlin',
  streams: '',
});
const changes: readonly Deed[] = [
  [`${dayOf(1)}T05:30:00Z`, rotateLinks],
  [`${dayOf(1)}T05:31:00Z`, rotateApiKey],
  [
    `${dayOf(3, 1)}T09:00:00Z`,
    () => sync((all) => [...all, joiner(1, 'engineering', 'Payments'), joiner(2, 'leadership'), joiner(3, 'support')]),
  ],
  [`${dayOf(4, 1)}T09:00:00Z`, rotateApiKey],
  [`${dayOf(5, 1)}T09:00:00Z`, () => sync(without('soren.kjaer@example.com', 'lucas.moreau@example.com', 'annika.bergstrom@example.com'))],
  [`${dayOf(6, 1)}T09:00:00Z`, rotateLinks],
  [
    `${dayOf(8, 1)}T09:00:00Z`,
    async () => {
      await sync((all) =>
        all.map((one) =>
          one.team === 'Storefront'
            ? { ...one, team: 'Shop' }
            : ['Data', 'Storage'].includes(one.team ?? '')
              ? { ...one, team: 'Foundations' }
              : one,
        ),
      );
      await apply(
        file
          .replace(
            '- name: Storefront\n    services: [web, cart, checkout]',
            '- name: Shop\n    services: [web, cart]\n    leads: [amara.okafor@example.com]',
          )
          .replace('services: [payments, billing, invoices, ledger]', 'services: [payments, billing, invoices, ledger, checkout]')
          .replace(
            '- name: Data\n    services: [event-stream, warehouse, metrics]',
            '- name: Foundations\n    services: [event-stream, warehouse, metrics, databases, object-store, backups]',
          )
          .replace('  - name: Storage\n    services: [databases, object-store, backups]\n    channels: { slack: "#storage" }\n', ''),
      );
    },
  ],
  [`${dayOf(10, 1)}T09:00:00Z`, () => sync(without(marcus))],
  [
    `${dayOf(11, 1)}T09:00:00Z`,
    () =>
      apply(
        file.replace(
          '    - { address: marcus.adeyemi@example.com, as: VP Platform }',
          '    - { address: david.rosen@example.com, as: VP Payments }',
        ),
      ),
  ],
];

/** Whose mail of the last run is not known to have left. */
async function promised(): Promise<string[]> {
  const memory = await story.stack.table.read({ pk: 'REMINDERS', sk: 'MEMORY' });
  return Object.values((memory?.promised ?? {}) as Record<string, string[]>).flat();
}

/** A digest and the reminders of a morning are under way when somebody purges their queues. */
async function purge() {
  await story.stack.call('PUT', '/_local/faults', { ses: { maxSendRate: 2 } });
  await story.stack.call('POST', '/_local/clock', {
    advance: `PT${Math.ceil((Date.parse(`${dayOf(7)}T08:00:01Z`) - story.stack.now().getTime()) / 1000)}S`,
  });
  await new Promise((resolve) => setTimeout(resolve, 2500));
  for (const queue of ['bulk', 'compose', 'events'])
    expect((await story.stack.call('POST', `/_local/queues/${queue}/purge`)).status).toBe(200);
  purgedOn = berlinDay(story.stack.now());
  await story.stack.call('PUT', '/_local/faults', {});
  // What `sweep` makes good it does within minutes, or once a lease is over.
  for (let n = 0; n < 6; n += 1) {
    await story.stack.call('POST', '/_local/clock', { advance: 'PT10M' });
    await story.stack.drain();
  }
}

async function live() {
  const mornings: Deed[] = Array.from({ length: weeks * 7 + 1 }, (_, n): Deed[] => {
    const day = new Date(Date.parse(`${monday}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10);
    return [
      [`${day}T07:00:30Z`, async () => void staffOn.set(day, people)],
      [`${day}T08:00:30Z`, async () => undefined],
    ];
  }).flat();
  const publications: Deed[] = incidents.map(({ at, id, document }) => [
    outage.includes(at.slice(0, 10)) ? `${dayOf(9, 3)}T09:30:00Z` : at,
    async () => {
      const { status, body } = await story.stack.call('PUT', `/postmortems/${id}`, document, { authorization: `Bearer ${key?.key}` });
      expect([200, 201], `${id}: ${JSON.stringify(body)}`).toContain(status);
    },
  ]);
  const owners = [
    'amara.okafor',
    'zofia.wozniak',
    'grace.whitfield',
    'mateo.fuentes',
    'beatriz.costa',
    'felix.hartmann',
    'david.rosen',
  ].map((name) => `${name}@example.com`);
  const pressing: Deed[] = Array.from({ length: weeks }, (_, week): Deed[] =>
    [1, 3].map(
      (day): Deed => [
        `${dayOf(week + 1, day)}T14:00:00Z`,
        async () => {
          const today = berlinDay(story.stack.now());
          if (holidays.includes(today) || outage.includes(today)) return;
          for (const [n, address] of [katharina, marcus, ...owners].entries())
            if ((n + week + day) % 2 === 0 && people.some((one) => one.address === address)) await press(address, n + week);
        },
      ],
    ),
  ).flat();
  const disasters: Deed[] = [
    [`${dayOf(7)}T07:30:00Z`, purge],
    [
      `${outage[0]}T06:00:00Z`,
      async () =>
        void (await story.stack.call('PUT', '/_local/faults', {
          seed: 17,
          ses: { paused: true },
          dynamodb: { error500: 0.2, throttle: 0.1 },
        })),
    ],
    [
      `${dayOf(9, 3)}T05:00:00Z`,
      async () => {
        await story.stack.call('PUT', '/_local/faults', {});
        outaged = await promised();
      },
    ],
  ];
  const all = [...mornings, ...publications, ...changes, ...pressing, ...disasters].toSorted(([a], [b]) => Date.parse(a) - Date.parse(b));
  for (const [at, act] of all) {
    await story.until(at);
    await act();
  }
  await story.until(`${dayOf(14)}T12:00:00Z`);
  await story.until(`${dayOf(14)}T18:00:00Z`);
}

const sids = async () => {
  const { people: all } = (await story.stack.call('GET', '/operator/people?limit=1000')).body;
  return new Map<string, string>(all.map((one: { sid: string; address: string }) => [one.sid, one.address]));
};
const published = () => [...new Map(incidents.filter(({ document }) => document.status !== 'draft').map((one) => [one.id, one])).values()];

describe('a quarter', () => {
  it('sent nobody anything twice, and settled what it sent', async () => {
    const sent = await story.sent();
    const twice = [...Map.groupBy(sent, ({ edition, to }) => `${edition} ${to}`)].filter(([, { length }]) => length > 1);
    expect(twice.map(([name]) => name)).toEqual([]);
    const { editions } = (await story.stack.call('GET', '/operator/editions?limit=500')).body;
    const unfinished = editions.filter((one: { state: string }) => !['complete', 'superseded'].includes(one.state));
    expect(unfinished).toEqual([]);
  });

  it('told each postmortem to each of its audiences once', async () => {
    const sent = await story.sent();
    const missing: string[] = [];
    const roles: Record<string, string[]> = {
      'engineering-digest': ['engineering'],
      'sev1-alerts': ['leadership'],
      'leadership-brief': ['leadership'],
      'customer-impact': ['support', 'sales', 'marketing'],
    };
    const slack: { channel: string; text?: string }[] = (await story.stack.call('GET', '/_local/slack')).body;
    const posts = JSON.stringify(slack);
    for (const { id, document } of published()) {
      const row = await story.stack.table.read({ pk: `PM#${id}`, sk: 'CURRENT' });
      const editions = [...((row?.editions ?? new Set()) as Set<string>)];
      const wanted = [
        'engineering-digest',
        ...(document.severity === 'sev1' ? ['sev1-alerts'] : []),
        ...(['sev1', 'sev2'].includes(String(document.severity)) && String(document.publishedAt) < '2027-02-01'
          ? ['leadership-brief']
          : []),
        ...((document.customerImpact as { externallyVisible: boolean }).externallyVisible && document.severity !== 'sev4'
          ? ['customer-impact']
          : []),
      ];
      for (const stream of wanted) {
        const carried = editions.filter(
          (edition) =>
            edition.startsWith(`${stream}_`) &&
            (stream !== 'engineering-digest' || /_\d{4}-W\d\d$/.test(edition)) &&
            !/summary/.test(edition),
        );
        if (carried.length === 0) missing.push(`${stream} does not tell ${id}`);
        if (stream === 'engineering-digest' && carried.length > 1) missing.push(`${id} is told by ${carried.join(' and ')}`);
        for (const edition of carried) {
          const lines = sent.filter((one) => one.edition === edition);
          if (lines.length === 0) continue;
          const got = new Set(lines.map(({ to }) => to));
          const day = berlinDay(lines[0]?.acceptedAt ?? '');
          for (const { address = '', role = '', streams = '' } of staffOn.get(day) ?? [])
            if (roles[stream]?.includes(role) && streams === '' && !got.has(address)) missing.push(`${edition} did not reach ${address}`);
        }
        if (carried.every((edition) => !sent.some((one) => one.edition === edition))) missing.push(`nobody got ${carried.join(' or ')}`);
      }
      if (!posts.includes(String(document.title))) missing.push(`Slack does not show ${id}`);
    }
    expect(missing).toEqual([]);
  });

  it('reminded each person once a working day at most, and only with who was there', async () => {
    const sent = (await story.sent()).filter(({ edition }) => edition.startsWith('service_reminders_'));
    expect(sent.length).toBeGreaterThan(50);
    const dayIn = (edition: string) => edition.slice(-8).replace(/(....)(..)(..)/, '$1-$2-$3');
    expect(sent.filter(({ edition, acceptedAt }) => dayIn(edition) !== berlinDay(acceptedAt))).toEqual([]);
    const days = Map.groupBy(sent, ({ to, acceptedAt }) => `${to} ${berlinDay(acceptedAt)}`);
    expect([...days].filter(([, { length }]) => length > 1).map(([day]) => day)).toEqual([]);
    const idle = sent.filter(({ edition }) => {
      const day = dayIn(edition);
      return holidays.includes(day) || [0, 6].includes(new Date(day).getUTCDay());
    });
    expect(idle).toEqual([]);
    const strangers = sent.filter(
      ({ to, acceptedAt }) => !(staffOn.get(berlinDay(acceptedAt)) ?? people).some(({ address }) => address === to),
    );
    expect(strangers).toEqual([]);
  });

  it('told on the day after the outage what it kept from people', async () => {
    const sent = (await story.sent()).filter(({ edition }) => edition.startsWith('service_reminders_'));
    const addresses = await sids();
    expect(outaged.length).toBeGreaterThan(0);
    const reached = sent.filter(({ acceptedAt }) => berlinDay(acceptedAt) === dayOf(9, 3)).map(({ to }) => to);
    expect(outaged.map((sid) => addresses.get(sid)).filter((address) => !reached.includes(address ?? ''))).toEqual([]);
  });

  it('accounts for each promise and each review', async () => {
    const now = story.stack.now().getTime();
    const rows = await rowsOf(
      story.stack.table,
      incidents.map(({ id }) => id),
    );
    const addresses = await sids();
    const drift = (await story.stack.call('GET', '/operator/drift')).body;
    const entries: { who: string | undefined; kind: string; postmortem: string; aid?: string }[] = [];
    for (const edition of new Set((await story.sent()).flatMap(({ edition: id }) => (id.startsWith('service_reminders_') ? [id] : [])))) {
      const meta = (await story.stack.table.read({ pk: `ED#${edition}`, sk: 'META' })) as {
        service: { reminders?: { entries: [] }; entries?: [] };
      };
      const asks = (meta.service.reminders?.entries ?? meta.service.entries ?? []) as { kind: string; postmortem: string; aid?: string }[];
      entries.push(...asks.map((one) => ({ ...one, who: addresses.get(edition.split('_')[2] ?? '') })));
    }
    const today = berlinDay(new Date(now));
    const stands = rows.actions.filter(({ visible, withdrawnAt }) => visible && !withdrawnAt).map((row) => standing(row, now));
    const open = stands.filter(({ isOpen }) => isOpen);
    const unasked = open.filter(
      ({ due, row }) =>
        due !== undefined && due < today && !entries.some((one) => one.aid === row.aid && one.postmortem === row.postmortem),
    );
    const unowned = drift.findings.filter(({ kind }: { kind: string }) => /^owners-|^actions-without/.test(kind));
    const counted = unowned.reduce((sum: number, { what }: { what: string }) => sum + Number(/^\d+/.exec(what)?.[0] ?? 1), 0);
    const summary = {
      open: open.length,
      done: stands.filter(({ isDone }) => isDone).length,
      declined: stands.filter(({ isDeclined }) => isDeclined).length,
      unasked: unasked.length,
      counted,
      kinds: drift.findings.map(({ kind, what }: { kind: string; what: string }) => `${kind}: ${what}`),
      reviews: Object.fromEntries([...Map.groupBy(rows.reviews, ({ state }) => state)].map(([state, some]) => [state, some.length])),
      sent: (await story.sent()).length,
      reminders: entries.length,
    };
    console.log(JSON.stringify(summary, undefined, 1));
    expect(unasked.length).toBeLessThanOrEqual(counted);
    const silent = rows.reviews.filter(
      ({ state, dueOn, postmortem }) =>
        ['in review', 'awaiting postmortem'].includes(state) &&
        dueOn < today &&
        !entries.some((one) => one.postmortem === postmortem && ['review', 'awaited'].includes(one.kind)),
    );
    expect(silent).toEqual([]);
    expect(
      rows.reviews.filter(({ state }) => !['in review', 'awaiting postmortem', 'reviewed', 'waived', 'closed'].includes(state)),
    ).toEqual([]);
  });
});

it('had a purge and an outage', () => {
  expect(purgedOn).toBe(dayOf(7));
});
