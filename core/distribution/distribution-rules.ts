import { severities } from '../postmortem/postmortem.ts';
import { type Distribution, mostNamed } from './distribution.ts';

/** A rule between fields that is broken, at the field that should change. */
export interface BrokenRule {
  readonly path: readonly (string | number)[];
  readonly problem: string;
  readonly remedy: string;
}

/** What a schema cannot say, because it lies between fields. Empty = all is well. */
export const brokenRules = (distribution: Distribution): BrokenRule[] => [
  ...senderRules(distribution),
  ...aliasRules(distribution),
  ...teamRules(distribution),
  ...scheduleRules(distribution),
  ...joiningRules(distribution),
  ...customersRules(distribution),
  ...namedRules(distribution),
];

/** How names of severities are compared: `SEV-1`, `sev 1` and `sev_1` are the same. */
const severityWord = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

type Organisation = Distribution['organisation'];
const isInside = ({ domains }: Organisation, address: string) =>
  domains.includes(address.slice(address.lastIndexOf('@') + 1).toLowerCase());
const outsideAt = ({ domains }: Organisation, path: BrokenRule['path']): BrokenRule => ({
  path,
  problem: 'is not in a domain of the organisation',
  remedy: `Use an address in ${domains.join(' or ')}, or add its domain to organisation.domains.`,
});

function senderRules({ organisation, senders }: Distribution): BrokenRule[] {
  const shared = senders.customers?.address.toLowerCase() === senders.internal.address.toLowerCase();
  return [
    ...(isInside(organisation, senders.internal.address) ? [] : [outsideAt(organisation, ['senders', 'internal', 'address'])]),
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

/** A digest is the edition of a week: its cards, its comparisons and its id are. */
function scheduleRules({ streams }: Distribution): BrokenRule[] {
  if (streams['engineering-digest']?.schedule.every !== 'month') return [];
  return [
    {
      path: ['streams', 'engineering-digest', 'schedule', 'every'],
      problem: 'is month, but a digest tells of one week',
      remedy: 'Use every: week with a day, for example { every: week, on: monday, at: "09:00" }. A monthly stream is leadership-brief.',
    },
  ];
}

const joinable = ['engineering-digest', 'sev1-alerts', 'leadership-brief'] as const;

/** Somebody has to be asked, and readers of the digest get it weekly until they choose. */
function joiningRules({ organisation, streams }: Distribution): BrokenRule[] {
  const owners = joinable.flatMap((stream): BrokenRule[] => {
    const { signUp, owner } = streams[stream] ?? {};
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
  const frequencies = streams['engineering-digest']?.frequencies;
  const isWeekly = frequencies?.includes('weekly') ?? true;
  const weekly: BrokenRule = {
    path: ['streams', 'engineering-digest', 'frequencies'],
    problem: 'leaves out weekly, which is what readers get until they choose',
    remedy: 'Put weekly in: frequencies: [published, weekly, monthly].',
  };
  return isWeekly ? owners : [...owners, weekly];
}

/** Whoever signs up is written to at once. */
function customersRules({ senders, streams }: Distribution): BrokenRule[] {
  if (streams['customer-notices']?.signUp !== 'open' || senders.customers) return [];
  return [
    {
      path: ['streams', 'customer-notices', 'signUp'],
      problem: 'is open, but no sender for customers is named',
      remedy: 'Add senders.customers: { name: Example status, address: status@notices.example.com }, or use signUp: none.',
    },
  ];
}

/** Leads and deputies are named for Sev-1 alerts, which the file must have then. */
function namedRules({ organisation, streams, teams }: Distribution): BrokenRule[] {
  const roles = ['leads', 'deputies'] as const;
  const named = teams.flatMap((team, t) =>
    roles.flatMap((role) => (team[role] ?? []).map((address, i) => ({ address, path: ['teams', t, role, i] as const }))),
  );
  const [first] = named;
  const outside = named.filter(({ address }) => !isInside(organisation, address)).map(({ path }) => outsideAt(organisation, path));
  const useless: BrokenRule[] =
    first && !streams['sev1-alerts']
      ? [
          {
            path: first.path,
            problem: 'is named for Sev-1 alerts, which the file leaves out',
            remedy: 'Add streams.sev1-alerts, or take the names out.',
          },
        ]
      : [];
  const many: BrokenRule[] =
    named.length > mostNamed
      ? [{ path: ['teams'], problem: `name ${named.length} leads and deputies`, remedy: `Name at most ${mostNamed}.` }]
      : [];
  return [...outside, ...useless, ...many];
}

function aliasRules({ severities: named }: Distribution): BrokenRule[] {
  const owner = new Map<string, string>(severities.map((severity) => [severityWord(severity), severity]));
  return severities.flatMap((severity) =>
    (named[severity]?.aliases ?? []).flatMap((alias, i) => {
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
}

function teamRules({ teams }: Distribution): BrokenRule[] {
  const names = new Set<string>();
  const owners = new Map<string, string>();
  return teams.flatMap((team, t) => {
    const broken: BrokenRule[] = [];
    const name = team.name.toLowerCase();
    if (names.has(name))
      broken.push({ path: ['teams', t, 'name'], problem: 'is the name of a team above', remedy: 'Join the two, or rename one.' });
    names.add(name);
    for (const [s, service] of team.services.entries()) {
      const owner = owners.get(service.toLowerCase());
      if (owner)
        broken.push({
          path: ['teams', t, 'services', s],
          problem: `belongs to ${owner} already`,
          remedy: 'A service has one team: leave it out of one of them.',
        });
      owners.set(service.toLowerCase(), owner ?? team.name);
    }
    return broken;
  });
}
