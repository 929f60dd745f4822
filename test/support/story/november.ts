/** What happened at the company of the samples in autumn 2026, day by day. Nothing of it is real. */

interface Told {
  readonly at: string;
  readonly id: string;
  readonly document: Readonly<Record<string, unknown>>;
}

const times = (start: string, [detected, mitigated, resolved]: readonly (number | undefined)[]) => {
  const after = (minutes: number | undefined) =>
    minutes === undefined ? undefined : new Date(Date.parse(start) + minutes * 60_000).toISOString().replace('.000', '');
  return { startedAt: start, detectedAt: after(detected), mitigatedAt: after(mitigated), resolvedAt: after(resolved) };
};

/** Words that only the postmortem has that is restricted, and the one that is taken back. */
export const secretWords = ['Quarantined', 'Tamarind', 'Wolverine'];
export const retractedWords = ['Miscounted', 'Periwinkle'];
export const draftWords = ['Unspoken', 'Marzipan'];

const cart = {
  title: 'The cart was emptied when somebody signed in',
  severity: 'sev2',
  services: ['cart'],
  owningTeam: 'Storefront',
  authors: ['Amara Okafor'],
  publishedAt: '2026-10-14T09:00:00Z',
  ...times('2026-10-12T07:30:00Z', [12, 95, 140]),
  summary: 'A cache key without the realm let carts of guests replace those of customers.',
  rootCauses: ['The key of the cache named the browser and not the customer.'],
  customerImpact: { text: '1,840 customers lost what they had put into their carts.', customersAffected: 1840, externallyVisible: true },
  actionItems: [
    { title: 'Put the customer into the cache key', owner: 'Amara Okafor', due: '2026-10-30', status: 'done' },
    {
      title: 'Keep carts of guests apart',
      owner: 'Jonas Lindqvist',
      due: '2026-11-06',
      cost: '5 days of work',
      consequence: 'Carts are mixed up again with each new way to sign in.',
    },
  ],
};
const login = {
  title: 'Nobody could sign in for 71 minutes',
  severity: 'sev1',
  services: ['login', 'sessions'],
  owningTeam: 'Identity',
  authors: ['Hannah Weiß'],
  publishedAt: '2026-10-22T10:00:00Z',
  ...times('2026-10-20T05:40:00Z', [19, 71, 130]),
  summary: 'A clean-up job removed the rows by which sessions are found.',
  rootCauses: ['The job took “no last use” for “unused”.'],
  customerImpact: { text: 'Customers could not sign in.', customersAffected: 22_400, externallyVisible: true },
  actionItems: [
    {
      title: 'Ask before a job removes more than a hundred sessions',
      owner: 'Søren Kjær',
      due: '2026-11-10',
      cost: '2 weeks of two people',
      consequence: 'The next clean-up can sign everybody out.',
    },
    { title: 'Alert when sign-ins fall by half', owner: 'Claire Dubois', due: '2026-11-20', priority: 'P1' },
    { title: 'Write down how to restore sessions', owner: 'Identity', due: '2026-11-27' },
  ],
};
const charged = {
  title: 'Some customers were charged twice',
  severity: 'sev2',
  services: ['payments', 'ledger'],
  owningTeam: 'Payments',
  authors: ['Lucas Moreau', 'Zofia Woźniak'],
  publishedAt: '2026-11-02T10:00:00Z',
  ...times('2026-10-30T13:05:00Z', [48, 180, 240]),
  summary: 'A retry after a timeout did not carry the key by which the bank knows a payment.',
  rootCauses: ['The key was made anew for each attempt.'],
  customerImpact: { text: '312 customers saw two charges until Monday.', customersAffected: 312, externallyVisible: true },
  actionItems: [
    { title: 'Make the key of a payment once', owner: 'Zofia Woźniak', due: '2026-11-09' },
    {
      title: 'Reconcile with the bank each hour',
      owner: 'Payments',
      due: '2026-11-23',
      cost: '€ 9,000 a month',
      consequence: 'Double charges are found by customers.',
    },
    { title: 'Pay the fees of 312 customers back', owner: 'David Rosen', due: '2026-11-13', status: 'open' },
  ],
};
const checkout = {
  title: 'Checkout was down on the first Tuesday of the month',
  severity: 'sev1',
  services: ['checkout'],
  owningTeam: 'Storefront',
  authors: ['Mei Tanaka'],
  publishedAt: '2026-11-05T14:00:00Z',
  ...times('2026-11-03T16:20:00Z', [6, 52, 90]),
  summary: 'A new index locked the table of orders while salaries were being spent.',
  rootCauses: ['The index was not built concurrently.'],
  customerImpact: { text: 'Customers could not pay.', customersAffected: 8200, externallyVisible: true },
  actionItems: [
    { title: 'Build indexes concurrently', owner: 'Oskar Brandt', due: '2026-11-18', consequence: 'Each new index stops checkout.' },
    { title: 'Move changes of the schema out of busy hours', owner: 'Mateo Fuentes', due: '2026-11-25' },
  ],
};
const prices = {
  title: 'Prices were a day old',
  severity: 'sev2',
  services: ['catalogue'],
  owningTeam: 'Search',
  authors: ['Tomáš Novák'],
  publishedAt: '2026-11-06T09:30:00Z',
  ...times('2026-11-05T00:10:00Z', [455, 520, undefined]),
  summary: 'The nightly import failed at its first file and said that it had succeeded.',
  rootCauses: ['A pipe hid the exit code.'],
  customerImpact: { text: 'Prices of 5 % of the products were wrong.' },
  actionItems: [
    { title: 'Fail when a part of the import fails', owner: 'Elena Petrova', due: '2026-11-20', cost: '1 day' },
    { title: 'Show the age of prices', owner: 'the platform folks', due: '2026-11-24' },
  ],
};
const secret = {
  title: 'Quarantined tokens of partners',
  severity: 'sev2',
  services: ['accounts'],
  owningTeam: 'Identity',
  authors: ['Ibrahim Diallo'],
  publishedAt: '2026-11-10T09:00:00Z',
  ...times('2026-11-08T09:00:00Z', [200, 260, 300]),
  summary: 'Tamarind tokens stood in a log.',
  rootCauses: ['The log printed the header.'],
  customerImpact: { text: '40 partners.', customersAffected: 40, externallyVisible: true },
  actionItems: [
    { title: 'Rotate the Wolverine tokens', owner: 'Ibrahim Diallo', due: '2026-11-19', cost: '3 days', consequence: 'They can be used.' },
  ],
};
const edge = {
  title: 'The edge dropped a third of all requests',
  severity: 'sev1',
  services: ['edge', 'dns'],
  owningTeam: 'Network',
  authors: ['Felix Hartmann'],
  publishedAt: '2026-11-11T16:00:00Z',
  ...times('2026-11-10T19:00:00Z', [3, 33, 61]),
  summary: 'A filter that was tried on one machine was sent to all.',
  rootCauses: ['The label of the trial stood on all machines since a rename.'],
  customerImpact: { text: 'A third of all pages did not load.', customersAffected: 61_000, externallyVisible: true },
  actionItems: [
    {
      title: 'Send filters to a tenth of the machines first',
      owner: 'Noor Haddad',
      due: '2026-11-25',
      cost: '4 weeks',
      consequence: 'One filter can stop everything.',
      priority: 'P0',
    },
    { title: 'Name the label of a trial by its trial', owner: "Sam O'Connell", due: '2026-11-17', status: 'done' },
    { title: 'Practise the rollback of the edge', owner: 'Network', due: '2026-12-11' },
  ],
};
const miscounted = {
  title: 'Miscounted visitors',
  severity: 'sev2',
  services: ['metrics'],
  owningTeam: 'Data',
  publishedAt: '2026-11-13T09:00:00Z',
  ...times('2026-11-12T09:00:00Z', [60, 120, 130]),
  summary: 'Periwinkle counters ran twice.',
  customerImpact: { externallyVisible: false },
  actionItems: [{ title: 'Count Periwinkle once', owner: 'Henrik Aalto', due: '2026-11-27', cost: 'a day' }],
};
const small = (title: string, severity: string | undefined, publishedAt: string, more: object = {}) => ({
  title,
  ...(severity && { severity }),
  publishedAt,
  summary: `${title}, which nobody outside noticed.`,
  ...more,
});

/** In this order. `at`: when it is sent, in UTC; Berlin is an hour ahead. */
export const november: readonly Told[] = [
  {
    at: '2026-10-26T08:00:00Z',
    id: 'archived-outage',
    document: small('The old shop was down in June', 'sev1', '2026-06-11T09:00:00Z', {
      ...times('2026-06-10T08:00:00Z', [10, 60, 80]),
      actionItems: [{ title: 'Take the old shop away', owner: 'Amara Okafor', due: '2026-07-31', cost: 'a month' }],
    }),
  },
  { at: '2026-10-26T08:02:00Z', id: 'emptied-cart', document: cart },
  {
    at: '2026-10-26T08:03:00Z',
    id: 'slow-search',
    document: small('Search was slow for a morning', 'sev3', '2026-10-20T09:00:00Z', {
      services: ['search'],
      owningTeam: 'Search',
      ...times('2026-10-19T07:00:00Z', [25, 175, 200]),
      customerImpact: { text: 'No customer impact.' },
      actionItems: [{ title: 'Warm the index before it serves', owner: 'Grace Whitfield', due: '2026-11-12' }],
    }),
  },
  { at: '2026-10-26T08:04:00Z', id: 'login-loop', document: login },
  { at: '2026-11-02T10:00:00Z', id: 'charged-twice', document: charged },
  {
    at: '2026-11-03T17:00:00Z',
    id: 'checkout-down',
    document: { title: 'Checkout is down', severity: 'sev1', status: 'draft', services: ['checkout'] },
  },
  {
    at: '2026-11-04T09:00:00Z',
    id: 'late-backup',
    document: small('A backup was six hours late', 'sev3', '2026-11-04T09:00:00Z', {
      services: ['backups'],
      owningTeam: 'Storage',
      ...times('2026-11-03T02:00:00Z', [360, 420, 420]),
      actionItems: [{ title: 'Alert on the age of the newest backup', owner: 'Rachel Stein', due: '2026-11-16' }],
    }),
  },
  {
    at: '2026-11-05T09:00:00Z',
    id: 'typo',
    document: small('A typing error on the page of prices', 'sev4', '2026-11-05T09:00:00Z', {
      customerImpact: { externallyVisible: false },
    }),
  },
  { at: '2026-11-05T14:00:00Z', id: 'checkout-down', document: { ...checkout, status: 'preliminary' } },
  { at: '2026-11-06T09:30:00Z', id: 'stale-prices', document: prices },
  {
    at: '2026-11-09T10:00:00Z',
    id: 'checkout-down',
    document: {
      ...checkout,
      status: 'published',
      summary: 'A new index locked the table of orders for 46 minutes while salaries were being spent.',
      actionItems: [
        {
          title: 'Build all indexes concurrently',
          owner: 'Oskar Brandt',
          due: '2026-11-18',
          consequence: 'Each new index stops checkout.',
        },
        { title: 'Change the schema outside of busy hours', owner: 'Mateo Fuentes', due: '2026-11-25' },
        { title: 'Page the team that owns a locked table', owner: 'Ingrid Solberg', due: '2026-12-04', cost: '3 days' },
      ],
    },
  },
  {
    at: '2026-11-09T13:00:00Z',
    id: 'noisy-alarm',
    document: small('An alarm rang for nothing, forty times', 'sev3', '2026-11-09T13:00:00Z', {
      services: ['metrics'],
      owningTeam: 'Data',
      actionItems: [{ title: 'Take the alarm away', owner: 'Beatriz Costa' }],
    }),
  },
  { at: '2026-11-10T09:00:00Z', id: 'leaked-tokens', document: secret },
  { at: '2026-11-11T16:00:00Z', id: 'edge-dropped', document: edge },
  { at: '2026-11-12T09:00:00Z', id: 'odd-logs', document: small('Logs of a day are gone', undefined, '2026-11-12T09:00:00Z') },
  { at: '2026-11-13T09:00:00Z', id: 'miscounted', document: miscounted },
  {
    at: '2026-11-16T09:00:00Z',
    id: 'stuck-build',
    document: small('Builds were stuck behind one', 'sev3', '2026-11-16T09:00:00Z', {
      services: ['builds'],
      owningTeam: 'Platform',
      ...times('2026-11-13T09:00:00Z', [40, 150, 150]),
      actionItems: [{ title: 'Give each team a queue of its own', owner: 'Kwame Mensah', due: '2026-11-30', status: 'in-progress' }],
    }),
  },
  {
    at: '2026-11-17T10:00:00Z',
    id: 'unspoken',
    document: { title: 'Unspoken Marzipan', severity: 'sev2', status: 'draft', owningTeam: 'Storage', authors: ['Omar Farouk'] },
  },
  { at: '2026-11-18T10:00:00Z', id: 'leaked-tokens', document: { ...secret, restricted: true } },
  {
    at: '2026-11-18T15:00:00Z',
    id: 'slow-warehouse',
    document: small('The warehouse was slow at noon', 'sev4', '2026-11-18T15:00:00Z', {
      services: ['warehouse'],
      owningTeam: 'Data',
      ...times('2026-11-18T11:00:00Z', [10, 30, 40]),
    }),
  },
  {
    at: '2026-11-19T11:00:00Z',
    id: 'dns-gone',
    document: small('Names of the shop were gone for half an hour', 'sev1', '2026-11-19T11:00:00Z', {
      services: ['dns'],
      owningTeam: 'Network',
      authors: ['Noor Haddad'],
      ...times('2026-11-18T22:00:00Z', [9, 31, 45]),
      customerImpact: { text: 'The shop could not be found.', externallyVisible: true },
      actionItems: [
        {
          title: 'Ask two people before a zone is removed',
          owner: 'Felix Hartmann',
          due: '2026-12-03',
          consequence: 'One person can remove the shop.',
        },
        {
          title: 'Keep a second provider of names',
          owner: 'Network',
          due: '2027-02-26',
          cost: '€ 30,000 a year',
          consequence: 'The shop is gone when the provider is.',
        },
      ],
    }),
  },
  { at: '2026-11-20T09:00:00Z', id: 'miscounted', document: { ...miscounted, status: 'retracted' } },
  {
    at: '2026-11-23T10:00:00Z',
    id: 'old-certificate',
    document: small('A certificate for the search ran out', 'sev2', '2026-11-23T10:00:00Z', {
      services: ['search'],
      owningTeam: 'Search',
      authors: ['Arjun Mehta'],
      ...times('2026-11-21T00:00:00Z', [30, 75, 80]),
      customerImpact: { text: 'Search answered with errors.', customersAffected: 940, externallyVisible: true },
      actionItems: [
        {
          title: 'Renew certificates by machine',
          owner: 'Arjun Mehta',
          due: '2026-12-18',
          cost: '1 week',
          consequence: 'It runs out again in November 2027.',
        },
      ],
    }),
  },
  {
    at: '2026-11-24T10:00:00Z',
    id: 'lost-mails',
    document: small('Mails about returns were not sent', 'sev3', '2026-11-24T10:00:00Z', {
      services: ['web'],
      owningTeam: 'Storefront',
      ...times('2026-11-20T08:00:00Z', [4320, 4500, 4500]),
      customerImpact: { text: '57 customers waited for a mail.', customersAffected: 57, externallyVisible: true },
      actionItems: [{ title: 'Count the mails that are not sent', owner: 'Jonas Lindqvist', due: '2026-12-01' }],
    }),
  },
  {
    at: '2026-11-26T10:00:00Z',
    id: 'full-disk',
    document: small('A full disk stopped the invoices', 'sev2', '2026-11-26T10:00:00Z', {
      services: ['invoices'],
      owningTeam: 'Payments',
      authors: ['Priya Raman'],
      ...times('2026-11-25T03:00:00Z', [180, 240, 300]),
      customerImpact: { text: 'No customers were affected.' },
      actionItems: [
        { title: 'Alert when a disk is 80 % full', owner: 'Daniel Achterberg', due: '2026-12-09', priority: 'P1' },
        { title: 'Remove invoices that were sent', owner: 'Priya Raman', due: '2026-12-14' },
      ],
    }),
  },
  {
    at: '2026-11-30T14:00:00Z',
    id: 'cold-start',
    document: small('After a power cut the shop took an hour to start', 'sev1', '2026-11-30T14:00:00Z', {
      services: ['kubernetes', 'web'],
      owningTeam: 'Platform',
      authors: ['Laura Bianchi'],
      ...times('2026-11-29T03:00:00Z', [1, 64, 70]),
      customerImpact: { text: 'The shop was down.', customersAffected: 3100, externallyVisible: true },
      actionItems: [
        {
          title: 'Start services in the order in which they need each other',
          owner: 'Laura Bianchi',
          due: '2026-12-16',
          cost: '10 days',
          consequence: 'Each power cut costs an hour.',
        },
      ],
    }),
  },
];
