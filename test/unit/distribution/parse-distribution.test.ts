import { expect, it } from 'vitest';
import { correctionsOf } from '../../../core/distribution/corrections.ts';
import { deployedHash } from '../../../core/distribution/deployed-parts.ts';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { distributionYaml } from '../../support/distribution.ts';

const flawsOf = (text: string) => {
  const read = parseDistribution(text);
  return 'flaws' in read ? read.flaws : [];
};
const changed = (from: string, to: string) => distributionYaml.replace(from, to);

it('reads a file that is right', () => {
  expect(parseDistribution(distributionYaml)).toMatchObject({
    distribution: {
      organisation: { zone: 'Europe/Berlin' },
      streams: { 'engineering-digest': { schedule: { at: '09:00' }, quietWeek: 'notice' } },
    },
    hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

it('gives the same hash whatever the comments, quotes and order', () => {
  const rewritten = `# ours\nteams: ${JSON.stringify([{ services: ['checkout', 'ledger'], name: 'Payments', channels: { slack: '#payments' } }])}\n${distributionYaml.slice(0, distributionYaml.indexOf('teams:'))}`;
  expect(parseDistribution(rewritten)).toMatchObject(parseDistribution(distributionYaml));
});

it('points at the place where YAML breaks', () => {
  expect(flawsOf('organisation:\n  name: "Example\n')).toMatchObject([
    { field: '', problem: expect.stringContaining('YAML'), line: 3, column: 1 },
  ]);
});

it('points at a misspelt key and says which was meant', () => {
  expect(flawsOf(changed('  zone:', '  zoen:'))).toContainEqual(
    expect.objectContaining({ field: 'organisation.zoen', line: 3, column: 3, remedy: expect.stringContaining('Did you mean zone?') }),
  );
});

it('names the keys that both kinds of schedule know', () => {
  expect(flawsOf(changed('at: 09:00', 'at: 09:00, when: soon'))).toMatchObject([
    { field: 'streams.engineering-digest.schedule.when', remedy: expect.stringContaining('every, on, at, zone') },
  ]);
});

it('shows a missing field at its parent, with an example', () => {
  expect(flawsOf(changed('  domains: [example.com]\n', ''))).toEqual([
    { field: 'organisation.domains', problem: 'is missing', remedy: 'Write for example domains: [example.com]', line: 1, column: 1 },
  ]);
});

it.each([
  ['on: monday', 'on: munday', 'streams.engineering-digest.schedule.on', 'Did you mean monday?'],
  ['every: week', 'every: wek', 'streams.engineering-digest.schedule.every', 'Did you mean week?'],
  ['at: 09:00', 'at: 9am', 'streams.engineering-digest.schedule.at', 'at: "09:00"'],
  ['severities: [sev1]', 'severities: [sev9]', 'streams.sev1-alerts.severities.0', 'sev1, sev2'],
  ['  sev1: {', '  sevv1: {', 'severities.sevv1', 'Did you mean sev1?'],
  ['Europe/Berlin', 'Mars/Olympus', 'organisation.zone', 'zone: Europe/Berlin'],
  ['at: 09:00', 'at: 09:00, zone: "+02:00"', 'streams.engineering-digest.schedule.zone', 'zone: Europe/Berlin'],
  ['senders:', 'authors: { people: everyone }\nsenders:', 'authors.people', 'roles: [everyone]'],
  ['senders:', 'authors: { people: [engineering] }\nsenders:', 'authors.people.0', 'roles: [engineering]'],
  ['senders:', 'operators: { people: everyone }\nsenders:', 'operators.people', 'people: [ada@example.com], or a role: roles: [platform]'],
  ['senders:', 'operators: { roles: [platform, Everyone] }\nsenders:', 'operators.roles.1', 'Name people, operators: { people:'],
  ['[leader]', 'leadership', 'streams.sev1-alerts.subscribe', 'as a list: subscribe: [leadership]'],
  ['[engineer]', '[""]', 'streams.engineering-digest.subscribe.0', 'subscribe: [engineer]'],
  ['"#payments"', 'payments', 'teams.0.channels.slack', '"#payments"'],
  ['name: Afterword', 'name: "After\\nword"', 'senders.internal.name', 'name: Afterword'],
  ['name: Payments', 'name: https://example.com', 'teams.0.name', 'name: Payments'],
])('refuses %s written as %s', (right, wrong, field, remedy) => {
  expect(flawsOf(changed(right, wrong))).toMatchObject([{ field, remedy: expect.stringContaining(remedy) }]);
});

it.each([
  ['headings: { rootCause: [Hergang] }', 'headings.rootCause', 'Did you mean rootCauses?'],
  ['headings: { rootCauses: Hergang }', 'headings.rootCauses', 'as a list: rootCauses: [Hergang]'],
  ['headings: { rootCauses: [Hergang], summary: [Lage, hergang] }', 'headings.summary.1', 'Leave it out of rootCauses or of summary.'],
  ['headings: { rootCauses: ["?!"] }', 'headings.rootCauses.0', 'Write the words of the heading.'],
])('refuses %s', (wrong, field, remedy) => {
  expect(flawsOf(changed('streams:', `${wrong}\nstreams:`))).toMatchObject([{ field, remedy: expect.stringContaining(remedy) }]);
});

it('wants the internal sender in a domain of the organisation', () => {
  expect(flawsOf(changed('afterword@example.com', 'afterword@example.org'))).toMatchObject([
    { field: 'senders.internal.address', line: 6, remedy: expect.stringContaining('example.com') },
  ]);
});

it('wants a digest each week: a month is for the brief', () => {
  expect(flawsOf(changed('every: week, on: monday', 'every: month, on: 1'))).toMatchObject([
    { field: 'streams.engineering-digest.schedule.every', problem: expect.stringContaining('one week') },
  ]);
});

it('takes a name for one severity only, however it is written', () => {
  expect(flawsOf(changed('sev1: { aliases: [critical] }', 'sev1: { aliases: [P-1] }\n  sev2: { aliases: [p 1, SEV-3] }'))).toMatchObject([
    { field: 'severities.sev2.aliases.0', problem: 'means sev1 already', line: 9 },
    { field: 'severities.sev2.aliases.1', problem: 'means sev3 already', line: 9 },
  ]);
});

it('wants teams and their services once', () => {
  expect(flawsOf(`${distributionYaml}  - name: payments\n    services: [Ledger]\n`)).toMatchObject([
    { field: 'teams.1.name', line: 20 },
    { field: 'teams.1.services.0', line: 21, problem: 'belongs to Payments already' },
  ]);
});

it.each(['', 'just words', '[]'])('refuses a document that is no map: %j', (text) => {
  expect(flawsOf(text)).toMatchObject([{ field: '', line: 1, column: 1 }]);
});

it('refuses anchors that unfold into very much', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c]\n`;
  expect(flawsOf(bomb)).toMatchObject([{ field: '', problem: expect.stringContaining('alias') }]);
});

it('takes leads and deputies, sign-up with an owner and frequencies, and needs no deploy for them', () => {
  const text = changed('[checkout, ledger]', '[checkout, ledger]\n    leads: [ada@example.com]\n    deputies: [grace@example.com]')
    .replace('subscribe: [leader]', 'subscribe: [leader]\n    signUp: approval\n    owner: ada@example.com')
    .replace('subscribe: [engineer]', 'subscribe: [engineer]\n    signUp: organisation\n    frequencies: [weekly, monthly]');
  const [plain, full] = [parseDistribution(distributionYaml), parseDistribution(text)];
  if ('flaws' in plain || 'flaws' in full) throw new Error('not read');
  expect(full.distribution.teams[0]).toMatchObject({ leads: ['ada@example.com'], deputies: ['grace@example.com'] });
  expect(deployedHash(full.distribution)).toBe(deployedHash(plain.distribution));
});

it('lets customers join where they have a sender, and names what is missing where they have none', () => {
  const open = distributionYaml.replace('teams:', '  customer-notices:\n    signUp: open\nteams:');
  const sender = '  customers: { name: Example status, address: status@notices.example.com }\nseverities:';
  expect(flawsOf(open)).toMatchObject([
    { field: 'streams.customer-notices.signUp', line: 17, remedy: expect.stringContaining('Add senders.customers') },
  ]);
  expect(flawsOf(open.replace('severities:', sender))).toEqual([]);
  expect(flawsOf(open.replace('signUp: open', 'signUp: none'))).toEqual([]);
  expect(flawsOf(open.replace('signUp: open', 'signUp: organisation'))).toMatchObject([
    { field: 'streams.customer-notices.signUp', remedy: expect.stringContaining('open') },
  ]);
  expect(flawsOf(changed('subscribe: [engineer]', 'signUp: open'))).toMatchObject([{ field: 'streams.engineering-digest.signUp' }]);
});

it.each([
  ['subscribe: [leader]', 'signUp: approval', 'streams.sev1-alerts.owner', 'Name who approves'],
  ['subscribe: [leader]', 'signUp: approval\n    owner: ada@example.org', 'streams.sev1-alerts.owner', 'example.com'],
  ['subscribe: [leader]', 'signUp: everybody', 'streams.sev1-alerts.signUp', 'none, organisation, approval'],
  ['subscribe: [engineer]', 'frequencies: [monthly]', 'streams.engineering-digest.frequencies', 'Put weekly in'],
  ['subscribe: [engineer]', 'frequencies: [daily]', 'streams.engineering-digest.frequencies.0', 'published, weekly, monthly'],
  ['services: [checkout, ledger]', 'leads: [ada@example.org]', 'teams.0.leads.0', 'example.com'],
  ['services: [checkout, ledger]', 'partOf: " payments"\n    services: [checkout]', 'teams.0.partOf', 'Name the department'],
  ['services: [checkout, ledger]', 'deputies: [ada]', 'teams.0.deputies.0', 'grace@example.com'],
])('refuses in place of %s: %s', (right, wrong, field, remedy) => {
  expect(flawsOf(changed(right, wrong))).toMatchObject([{ field, remedy: expect.stringContaining(remedy) }]);
});

it('names nobody for alerts that the file leaves out', () => {
  const text = changed('services: [checkout, ledger]', 'leads: [ada@example.com]').replace(/ {2}sev1-alerts:\n( {4}.*\n)+/, '');
  expect(flawsOf(text)).toMatchObject([{ field: 'teams.0.leads.0', remedy: expect.stringContaining('streams.sev1-alerts') }]);
});

it('tells every flaw in one round, also what lies between fields', () => {
  const text = changed('zone: Europe/Berlin', 'zone: Mars/Olympus')
    .replace('subscribe: [leader]', 'signUp: approval\n    owner: ada@example.org')
    .replace('on: monday', 'on: 31');
  expect(flawsOf(`${text}    deputies: [grace@example.org]\n  - name: Search\n    services: [Ledger]\n`).map(({ field }) => field)).toEqual(
    [
      'organisation.zone',
      'streams.engineering-digest.schedule.on',
      'streams.sev1-alerts.owner',
      'teams.0.deputies.0',
      'teams.1.services.0',
    ],
  );
});

it('says once what is wrong with a field', () => {
  expect(flawsOf(changed('services: [checkout, ledger]', 'leads: anna.with-a-long-name@example.com'))).toMatchObject([
    { field: 'teams.0.leads', problem: 'is a text, not a list' },
  ]);
  expect(flawsOf(changed('subscribe: [leader]', 'signUp: approval\n    owner: ada@elsewhere@example.org'))).toMatchObject([
    { field: 'streams.sev1-alerts.owner', problem: 'is not in the right form' },
  ]);
});

it.each([
  ['  sev1: {', '  p0: {', 'severities.p0', /write yours as label and aliases: sev1: \{ label: P0, aliases: \[p0\] \}\. There are four/],
  ['  sev1: { aliases: [critical] }', '  sev2: { label: SEV 1 }', 'severities.sev2.label', /Give sev1 a label of its own\. .*four/],
  ['  sev1: {', '  sev3: { label: P2 }\n  sev4: { label: p-2 }\n  sev1: {', 'severities.sev4.label', /Give sev3 a label/],
  ['  sev1: {', '  sev2: { label: Critical }\n  sev1: {', 'severities.sev1.aliases.0', /Leave it out of sev2 or of sev1/],
])('wants names of severities that tell them apart: %s written as %s', (right, wrong, field, remedy) => {
  expect(flawsOf(changed(right, wrong))).toMatchObject([{ field, remedy: expect.stringMatching(remedy) }]);
});

it('takes labels that begin at nought', () => {
  const fromNought =
    '  sev1: { label: SEV0, aliases: [critical] }\n  sev2: { label: SEV1 }\n  sev3: { label: SEV2 }\n  sev4: { label: SEV3 }';
  expect(flawsOf(changed('  sev1: { aliases: [critical] }', fromNought))).toEqual([]);
});

it.each([
  ['sev1: { label: P0 }', 'sev4: { label: Sev-1 }', 'sev4', 'sev1'],
  ['sev1: { label: P0 }', 'sev2: { label: "sev:1" }', 'sev2', 'sev1'],
  ['sev1: { label: SEV0 }', 'sev3: { label: SEV1 }', 'sev3', 'sev1'], // sev2 is still Sev-2
  ['sev1: { label: SEV0 }\n  sev2: { label: SEV9 }', 'sev3: { label: SEV1 }', 'sev3', 'sev1'],
  ['sev1: { label: Sev-2 }', 'sev2: { label: P1 }', 'sev1', 'sev2'],
  ['sev1: { label: P0 }', 'unclassified: { label: sev1 }', 'unclassified', 'sev1'],
])('takes no label that is our name of another severity: %s, %s', (first, second, field, other) => {
  expect(flawsOf(changed('  sev1: { aliases: [critical] }', `  ${first}\n  ${second}`))).toMatchObject([
    { field: `severities.${field}.label`, problem: expect.stringContaining(`own name of ${other}`) },
  ]);
});

it('takes a scale that is numbered the other way round', () => {
  const upwards = '  sev1: { label: SEV4 }\n  sev2: { label: SEV3 }\n  sev3: { label: SEV2 }\n  sev4: { label: SEV1 }';
  expect(flawsOf(changed('  sev1: { aliases: [critical] }', upwards))).toEqual([]);
});

it('knows the organisation’s own name where a stream wants ours', () => {
  const own = changed('sev1: { aliases: [critical] }', 'sev2: { label: P0 }').replace('severities: [sev1]', 'severities: [p-0]');
  expect(flawsOf(own)).toMatchObject([
    {
      field: 'streams.sev1-alerts.severities.0',
      remedy: expect.stringContaining('Write sev2'),
    },
  ]);
});

const impact = `  customer-impact:
    severities: [sev1, sev2]
    schedule: { every: week, on: friday, at: "14:00" }
    subscribe: [support]
    contact: "#incident-desk"
`;
const withImpact = (change: (text: string) => string = (text) => text) => distributionYaml.replace('teams:', `${change(impact)}teams:`);

it('takes customer impact, with what mails do if the file says nothing', () => {
  const read = parseDistribution(withImpact());
  if ('flaws' in read) throw new Error(read.flaws.map(({ field }) => field).join(', '));
  expect(read.distribution.streams['customer-impact']).toEqual({
    severities: ['sev1', 'sev2'],
    schedule: { every: 'week', on: 'friday', at: '14:00' },
    quietWeek: 'notice',
    subscribe: ['support'],
    contact: '#incident-desk',
    withinDays: 14,
    tracking: 'opens',
  });
});

it.each([
  ['    contact: "#incident-desk"\n', '', 'streams.customer-impact.contact', 'contact: "#incident-desk"'],
  ['contact:', 'frequencies: [published, monthly]\n    contact:', 'streams.customer-impact.frequencies.1', 'published, weekly'],
  [
    'contact:',
    'frequencies: [weekly]\n    contact:',
    'streams.customer-impact.frequencies',
    'Put published in: frequencies: [published, weekly]',
  ],
  ['contact:', 'updates: never\n    contact:', 'streams.customer-impact.updates', 'updates: true'],
  ['contact:', 'contact: "#desk"\n    contcat:', 'streams.customer-impact.contcat', 'Did you mean contact?'],
])('refuses in place of %j in customer impact: %j', (right, wrong, field, remedy) => {
  expect(flawsOf(withImpact((text) => text.replace(right, wrong)))).toMatchObject([{ field, remedy: expect.stringContaining(remedy) }]);
});

it('wants products and their services once', () => {
  const products = 'products:\n  - { name: Checkout, services: [cart, payments] }\n  - { name: checkout, services: [Payments] }\n';
  expect(flawsOf(`${distributionYaml}${products}`)).toMatchObject([
    { field: 'products.1.name', problem: 'is the name of a product above', line: 22 },
    { field: 'products.1.services.0', problem: 'belongs to Checkout already', remedy: expect.stringContaining('one product'), line: 22 },
  ]);
});

it('needs no deploy for products, and does not count a setting as new that the file leaves out', () => {
  const [plain, full] = [
    parseDistribution(distributionYaml),
    parseDistribution(`${distributionYaml}products: [{ name: Shop, services: [cart] }]\n`),
  ];
  if ('flaws' in plain || 'flaws' in full) throw new Error('not read');
  expect(deployedHash(full.distribution)).toBe(deployedHash(plain.distribution));
  expect(plain.distribution).not.toHaveProperty('products');
  expect(plain.distribution.streams['sev1-alerts']).not.toHaveProperty('updates');
});

it('reads which corrections are told, and has a usual answer', () => {
  const withCorrections = (value: string) => parseDistribution(`${distributionYaml}\ncorrections: ${value}\n`);
  const usual = { tell: ['severity', 'impact', 'cause', 'support'], withinDays: 30 };
  const rulesOf = (read: ReturnType<typeof parseDistribution>) => ('distribution' in read ? correctionsOf(read.distribution) : read.flaws);
  expect(rulesOf(parseDistribution(distributionYaml))).toEqual(usual);
  expect(rulesOf(withCorrections('{}'))).toEqual(usual);
  expect(rulesOf(withCorrections('{ tell: [times], withinDays: 7 }'))).toEqual({ tell: ['times'], withinDays: 7 });
  expect(rulesOf(withCorrections('{ tell: [] }'))).toEqual({ ...usual, tell: [] });
  expect(rulesOf(withCorrections('{ tell: [severty] }'))).toMatchObject([
    { field: 'corrections.tell.0', remedy: expect.stringMatching(/severity/) },
  ]);
  expect(rulesOf(withCorrections('{ withinDays: 0 }'))).toMatchObject([{ field: 'corrections.withinDays' }]);
});

it('takes another number for another name, and not for a misspelling', () => {
  const [key] = flawsOf(changed('  sev1: {', '  sev5: {'));
  const [choice] = flawsOf(changed('severities: [sev1]', 'severities: [sev5]'));

  expect(key).toMatchObject({
    field: 'severities.sev5',
    problem: 'is an unknown key',
    remedy: expect.stringMatching(/^Known here: sev1, /),
  });
  expect(choice).toMatchObject({ field: 'streams.sev1-alerts.severities.0', remedy: expect.stringMatching(/^Write one of sev1, /) });
});

it('lets everybody be an author', () => {
  expect(flawsOf(changed('senders:', 'authors: { roles: [everyone] }\nsenders:'))).toEqual([]);
});

it.each([
  ['reviews: { reviewers: ada@example.com }', 'reviews.reviewers', 'reviewers: [{ address: ada@example.com, as: CTO }]'],
  ['reviews: { reviewers: [ada@example.com] }', 'reviews.reviewers.0', '- { address: ada@example.com, as: CTO }'],
  ['reviews: 5', 'reviews', 'reviews: { reviewers:'],
  ['actions: { dueAfter: 14 }', 'actions.dueAfter', 'dueAfter: { sev1: 14'],
  ['actions: { dueAfter: { sev1: 0.5 } }', 'actions.dueAfter.sev1', 'sev1: 14, in days'],
  ['reminders: {}', 'reminders.at', 'at: "08:00"'],
])('shows how it is written right: %s', (text, field, remedy) => {
  const flaws = flawsOf(`${distributionYaml}${text}\n`);
  expect(flaws).toMatchObject([{ field, remedy: expect.stringContaining(remedy) }]);
  expect(JSON.stringify(flaws)).not.toMatch(/record|a number, not a whole|samples/);
});

it('reports a day in another form once, and says how Afterword names a severity that is spelt otherwise', () => {
  const text = `${distributionYaml.replace('domains: [example.com]', 'domains: [example.com]\n  holidays: [24.12.2026]')}reviews:
  severities: [SEV-1]
  reviewers: [{ address: ada@example.com, as: CTO }]
`;
  expect(flawsOf(text)).toMatchObject([
    { field: 'organisation.holidays.0', remedy: expect.stringContaining('2026-12-25') },
    { field: 'reviews.severities.0', problem: '"SEV-1" is another spelling of sev1', remedy: expect.stringContaining('Write sev1') },
  ]);
});
