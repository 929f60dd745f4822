import { type Severity, severities } from '../postmortem/postmortem.ts';
import { severityWord } from '../postmortem/reading/classification-words.ts';
import { headingKey } from '../postmortem/reading/headings/heading-map.ts';
import { foldedName } from '../shared/text.ts';
import { definitionOf, scheduledStreams, streams as streamNames, streamsOf } from '../stream/stream.ts';
import { darkerAccent, grounds, isLegibleAccent, leastContrast, weakest } from './accent.ts';
import { approverRules } from './approver-rules.ts';
import { fitsLogo } from './brand.ts';
import { type BrokenRule, isInside, outsideAt } from './broken-rule.ts';
import { mostNamed } from './distribution.ts';
import type { LegibleParts } from './legible-parts.ts';
import { severityLabels } from './severity-label.ts';
import { isRole } from './stream-rules.ts';
import { taxonomyRules } from './taxonomy-rules.ts';

/**
 * Checks what a schema cannot express, because it concerns several fields. Empty: no rule is
 * broken.
 */
export const brokenRules = (distribution: LegibleParts): BrokenRule[] => [
  ...senderRules(distribution),
  ...brandRules(distribution),
  ...aliasRules(distribution),
  ...headingRules(distribution),
  ...ownerRules('teams', distribution.teams, 'team'),
  ...ownerRules('products', distribution.products, 'product'),
  ...aboveRules(distribution),
  ...scheduleRules(distribution),
  ...joiningRules(distribution),
  ...customersRules(distribution),
  ...approverRules(distribution),
  ...namedRules(distribution),
  ...slackRules(distribution),
  ...homeRules(distribution),
  ...reviewRules(distribution),
  ...taxonomyRules(distribution),
];

/** The severity that the file gives this name, as label or alias. */
export const severityNamed = (name: string, { severities: named }: LegibleParts): string | undefined =>
  severities.find((severity) =>
    [named[severity]?.label ?? '', ...(named[severity]?.aliases ?? [])].some((own) => severityWord(own) === severityWord(name)),
  );

function senderRules({ organisation, senders }: LegibleParts): BrokenRule[] {
  const [internal, customers] = [senders.internal?.address.toLowerCase() ?? '', senders.customers?.address.toLowerCase()];
  const shared = internal !== '' && internal === customers;
  return [
    ...(isInside(organisation, internal) ? [] : [outsideAt(organisation, ['senders', 'internal', 'address'])]),
    ...(shared
      ? [
          {
            path: ['senders', 'customers', 'address'],
            problem: 'is the internal sender as well',
            remedy: 'Give mail to customers an address of its own: the two are kept apart by what each may send.',
          },
        ]
      : []),
  ];
}

/** What readers see has to be legible, also where pictures are off, and replies stay inside. */
function brandRules({ organisation, brand: { accent, replyTo, logo } }: LegibleParts): BrokenRule[] {
  return [
    ...(isInside(organisation, replyTo.toLowerCase()) ? [] : [outsideAt(organisation, ['brand', 'replyTo'])]),
    ...accentRules(accent.toLowerCase()),
    ...(logo ? logoRules(logo) : []),
  ];
}

function accentRules(accent: string): BrokenRule[] {
  if (!/^#[0-9a-f]{6}$/.test(accent) || isLegibleAccent(accent)) return [];
  const ratio = Math.floor(weakest(accent, grounds.light) * 10) / 10;
  return [
    {
      path: ['brand', 'accent'],
      problem: `is too pale: links and buttons in it have a contrast of ${ratio} to 1, and ${leastContrast} is needed to read them`,
      remedy: `Use a darker tone, for example accent: "${darkerAccent(accent)}".`,
    },
  ];
}

function logoRules({ address, ...shown }: NonNullable<LegibleParts['brand']['logo']>): BrokenRule[] {
  const isDrawing = /\.svgz?($|[?#])/i.test(address);
  return [
    ...(isDrawing
      ? [
          {
            path: ['brand', 'logo', 'address'],
            problem: 'is an SVG, which most mail programs do not show',
            remedy: 'Use a PNG of twice the size.',
          },
        ]
      : []),
    ...(shown.text === '' || fitsLogo(shown)
      ? []
      : [
          {
            path: ['brand', 'logo', 'text'],
            problem: `does not fit into ${shown.width} × ${shown.height} pixels, where it stands when pictures are off`,
            remedy: 'Write a shorter text, or show the logo larger.',
          },
        ]),
  ];
}

/**
 * Such an edition is that of a week or of a month, as its readers choose. Its cards, comparisons
 * and id depend on that.
 */
function scheduleRules({ streams }: LegibleParts): BrokenRule[] {
  const monthly = scheduledStreams.filter((stream) => definitionOf(stream).period === 'of its schedule');
  return scheduledStreams.flatMap((stream): BrokenRule[] => {
    if (monthly.includes(stream) || streams[stream]?.schedule.every !== 'month') return [];
    return [
      {
        path: ['streams', stream, 'schedule', 'every'],
        problem: `is month, but ${stream} tells of one week`,
        remedy: `Use every: week with a day, for example { every: week, on: monday, at: "09:00" }. A monthly stream is ${monthly.join(' or ')}.`,
      },
    ];
  });
}

const joinable = streamNames.filter((stream) => definitionOf(stream).joinedBy === 'staff');

/**
 * Sign-up with approval needs an owner to ask. The frequencies must include the one that readers
 * get until they choose.
 */
function joiningRules({ organisation, streams }: LegibleParts): BrokenRule[] {
  const owners = joinable.flatMap((stream): BrokenRule[] => {
    const { signUp = '', owner = '' } = streams[stream] ?? {};
    const path = ['streams', stream, 'owner'];
    if (owner && !isInside(organisation, owner)) return [outsideAt(organisation, path)];
    if (signUp !== 'approval' || owner) return [];
    return [
      {
        path,
        problem: 'is missing: signUp is approval',
        remedy: 'Name who approves: owner: ada@example.com, or use signUp: organisation.',
      },
    ];
  });
  const unchosen = joinable.flatMap((stream): BrokenRule[] => {
    const { frequencies = [] } = streams[stream] ?? {};
    const { usual, frequencies: all } = definitionOf(stream);
    if (frequencies.length === 0 || frequencies.includes(usual)) return [];
    return [
      {
        path: ['streams', stream, 'frequencies'],
        problem: `leaves out ${usual}, which is what readers get until they choose`,
        remedy: `Put ${usual} in: frequencies: [${all.join(', ')}].`,
      },
    ];
  });
  return [...owners, ...unchosen];
}

/** Signing up sends a mail at once, and what is approved leaves, so each needs a sender. */
function customersRules({ senders, streams }: LegibleParts): BrokenRule[] {
  if (senders.customers) return [];
  return streamsOf('customers').flatMap((stream): BrokenRule[] => {
    const { signUp, approvers = [] } = streams[stream] ?? {};
    const open = signUp === 'open';
    if (!open && approvers.length === 0) return [];
    return [
      {
        path: ['streams', stream, open ? 'signUp' : 'approvers'],
        problem: `${open ? 'is open' : 'are named'}, but no sender for customers is`,
        remedy: `Add senders.customers: { name: Example status, address: status@notices.example.com }, or ${open ? 'use signUp: none' : 'take the approvers out'}.`,
      },
    ];
  });
}

/** Leads and deputies are named for alerts, so the file must have that stream. */
function namedRules({ organisation, streams, teams }: LegibleParts): BrokenRule[] {
  const roles = ['leads', 'deputies'] as const;
  const named = teams.flatMap((team, t) =>
    roles.flatMap((role) => team[role].map((address, i) => ({ address, path: ['teams', t, role, i] as const }))),
  );
  const [first] = named;
  const outside = named.filter(({ address }) => !isInside(organisation, address)).map(({ path }) => outsideAt(organisation, path));
  const missing = streamNames.filter((stream) => definitionOf(stream).namesLeads && !streams[stream]);
  const useless = missing.flatMap((stream): BrokenRule[] =>
    first
      ? [
          {
            path: first.path,
            problem: `is named for the stream ${stream}, which the file leaves out`,
            remedy: `Add streams.${stream}, or take the names out.`,
          },
        ]
      : [],
  );
  const many: BrokenRule[] =
    named.length > mostNamed
      ? [{ path: ['teams'], problem: `name ${named.length} leads and deputies`, remedy: `Name at most ${mostNamed}.` }]
      : [];
  return [...outside, ...useless, ...many];
}

/**
 * Reports a label that is Afterword's own name for another severity: a producer's Sev-1 would count
 * as less severe than everyone means by it. Allowed if the whole scale was renumbered, so that the
 * two severities and those between them are all called sev and a number, in order (SEV0 to SEV3).
 * If the other severity has no label, mails would call both the same, which `aliasRules` reports.
 */
function borrowedLabel(severity: Severity, named: LegibleParts['severities']): BrokenRule[] {
  const label = severityWord(named[severity]?.label ?? '');
  const other = severities.find((one) => one === label && one !== severity && named[one]?.label);
  if (!other) return [];
  const [from = 0, to = 0] = [severities.indexOf(other), severities.indexOf(severity)].toSorted((a, b) => a - b);
  const numbers = severities.slice(from, to + 1).map((one) => Number(/^sev(\d+)$/.exec(severityWord(named[one]?.label ?? ''))?.[1]));
  const isInOrder = [1, -1].some((step) => numbers.slice(1).every((number, i) => (number - (numbers[i] ?? Number.NaN)) * step > 0));
  if (isInOrder) return [];
  return [
    {
      path: ['severities', severity, 'label'],
      problem: `is Afterword's own name of ${other}: a postmortem of severity ${severityLabels[other]} would count as ${severity}`,
      remedy: `Use another label. If your scale has other numbers, number ${severities.slice(from, to + 1).join(', ')} in order: sev1: { label: SEV0 }, sev2: { label: SEV1 }.`,
    },
  ];
}

/** A name means one severity, in a producer's document as well as in a mail. */
function aliasRules({ severities: named }: LegibleParts): BrokenRule[] {
  const printed = new Map<string, string>();
  const labels = severities.flatMap((severity): BrokenRule[] => {
    const label = named[severity]?.label || severityLabels[severity];
    const first = printed.get(severityWord(label));
    printed.set(severityWord(label), first ?? severity);
    if (first === undefined) return borrowedLabel(severity, named);
    const owner = named[severity]?.label ? severity : first;
    const other = owner === severity ? first : severity;
    return [
      {
        path: ['severities', owner, 'label'],
        problem: `is what mails call ${other} too`,
        remedy: `Give ${other} a label of its own. Afterword has four severities: what you have beyond them is an alias of sev4.`,
      },
    ];
  });
  const owner = new Map<string, string>(severities.map((severity) => [severityWord(severity), severity]));
  for (const severity of severities) if (named[severity]?.label) owner.set(severityWord(named[severity].label), severity);
  const aliases = severities.flatMap((severity) =>
    (named[severity]?.aliases ?? []).flatMap((alias, i): BrokenRule[] => {
      if (alias === '') return [];
      const first = owner.get(severityWord(alias));
      owner.set(severityWord(alias), first ?? severity);
      if (first === undefined || first === severity) return [];
      return [
        {
          path: ['severities', severity, 'aliases', i],
          problem: `means ${first} already`,
          remedy: `Leave it out of ${first} or of ${severity}: a name means one severity.`,
        },
      ];
    }),
  );
  return [...labels, ...aliases];
}

/** A heading opens one section. */
function headingRules({ headings }: LegibleParts): BrokenRule[] {
  const owner = new Map<string, string>();
  return Object.entries(headings).flatMap(([field, names]) =>
    names.flatMap((name, i): BrokenRule[] => {
      const path = ['headings', field, i];
      const key = headingKey(name);
      if (key === '')
        return name === '' ? [] : [{ path, problem: 'has no letter and no digit', remedy: 'Write the words of the heading.' }];
      const first = owner.get(key) ?? field;
      owner.set(key, first);
      return first === field ? [] : [{ path, problem: `means ${first} already`, remedy: `Leave it out of ${first} or of ${field}.` }];
    }),
  );
}

/** No team is above itself, by however many others. */
function aboveRules({ teams }: LegibleParts): BrokenRule[] {
  const above = new Map(teams.map(({ name, partOf }) => [foldedName(name), foldedName(partOf)]));
  return teams.flatMap(({ name, partOf }, n): BrokenRule[] => {
    const own = foldedName(name);
    let here = foldedName(partOf);
    for (let step = 0; step < teams.length && here !== '' && here !== own; step += 1) here = above.get(here) ?? '';
    if (own === '' || here !== own) return [];
    return [
      { path: ['teams', n, 'partOf'], problem: 'puts the team below itself', remedy: 'Name the department above it, or leave it out.' },
    ];
  });
}

/** Teams and products have names of their own, and share no service. */
function ownerRules(
  list: 'teams' | 'products',
  owners: readonly { readonly name: string; readonly services: readonly string[] }[],
  noun: string,
): BrokenRule[] {
  const names = new Set<string>();
  const ownerOf = new Map<string, string>();
  return owners.flatMap(({ name: written, services }, n) => {
    const broken: BrokenRule[] = [];
    const name = written.toLowerCase();
    if (name && names.has(name))
      broken.push({ path: [list, n, 'name'], problem: `is the name of a ${noun} above`, remedy: 'Join the two, or rename one.' });
    names.add(name);
    for (const [s, service] of services.entries()) {
      const owner = ownerOf.get(service.toLowerCase());
      if (owner)
        broken.push({
          path: [list, n, 'services', s],
          problem: `belongs to ${owner} already`,
          remedy: `A service has one ${noun}: leave it out of one of them.`,
        });
      if (service) ownerOf.set(service.toLowerCase(), owner ?? (written || `a ${noun} above`));
    }
    return broken;
  });
}

/**
 * Only members of the organisation sign in to the pages of operators and authors. Operators see
 * everybody's address and can stop all mail, so they are never everybody.
 */
/** A channel has one audience: its posts show one rendition. */
function slackRules({ slack }: LegibleParts): BrokenRule[] {
  const names = slack.channels.map(({ channel }) => channel);
  return names.flatMap((name, at) =>
    name !== '' && names.indexOf(name) < at
      ? [
          {
            path: ['slack', 'channels', at, 'channel'],
            problem: 'stands in the list twice',
            remedy: 'Keep one of the two: a channel has one audience.',
          },
        ]
      : [],
  );
}

function homeRules({ organisation, operators, authors }: LegibleParts): BrokenRule[] {
  const outside = Object.entries({ operators, authors }).flatMap(([name, { people }]) =>
    people.flatMap((address, at) => (isInside(organisation, address) ? [] : [outsideAt(organisation, [name, 'people', at])])),
  );
  const everybody = operators.roles.flatMap((role, at) =>
    isRole(role, undefined)
      ? [
          {
            path: ['operators', 'roles', at],
            problem: 'is everybody: each reader could see all addresses and stop all mail',
            remedy: 'Name people, operators: { people: [ada@example.com] }, or a role, operators: { roles: [platform] }.',
          },
        ]
      : [],
  );
  return [...outside, ...everybody];
}

/** Whoever decides is a person of the organisation, and holds one office. */
function reviewRules({ organisation, reviews }: LegibleParts): BrokenRule[] {
  const offices = (['reviewers', 'escalateTo'] as const).flatMap((list) =>
    reviews[list].map(({ address }, at) => ({ address: address.toLowerCase(), path: ['reviews', list, at, 'address'] })),
  );
  return offices.flatMap(({ address, path }, at): BrokenRule[] => {
    if (!isInside(organisation, address)) return [outsideAt(organisation, path)];
    if (address === '' || offices.findIndex((one) => one.address === address) === at) return [];
    return [{ path, problem: 'stands there twice', remedy: 'Name each person once, with one office.' }];
  });
}
