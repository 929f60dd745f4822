import { severities } from '../postmortem/postmortem.ts';
import type { Distribution } from './distribution.ts';

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
];

/** How names of severities are compared: `SEV-1`, `sev 1` and `sev_1` are the same. */
const severityWord = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

function senderRules({ organisation, senders }: Distribution): BrokenRule[] {
  const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  const outside = !organisation.domains.includes(domainOf(senders.internal.address));
  const shared = senders.customers?.address.toLowerCase() === senders.internal.address.toLowerCase();
  return [
    ...(outside
      ? [
          {
            path: ['senders', 'internal', 'address'],
            problem: 'is not in a domain of the organisation',
            remedy: `Use an address in ${organisation.domains.join(' or ')}, or add its domain to organisation.domains.`,
          },
        ]
      : []),
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
