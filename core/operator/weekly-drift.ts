import { weekOf } from '../calendar/week.ts';
import type { WantedServiceMail } from '../edition/service-mail.ts';
import { countedTeams, type TeamSizeStore } from '../readership/team-sizes.ts';
import type { Instant } from '../shared/instant.ts';
import { type DriftDeps, findDrift } from './find-drift.ts';
import { teamOfEach } from './teams-of-people.ts';

export interface WeeklyDriftDeps extends DriftDeps {
  /** Asks the function `slack` to read its channels anew. Does nothing where there is no Slack. */
  readonly refreshChannels: () => Promise<void>;
  readonly sizes: Pick<TeamSizeStore, 'put'>;
  /** How long to wait for that at most, and how long between two looks, in milliseconds. */
  readonly patience: { readonly most: number; readonly step: number };
  readonly sleep: (ms: number) => Promise<void>;
  /** Asks for one mail. Asking twice sends one. */
  readonly mail: (wanted: Omit<WantedServiceMail, 'at'> & { readonly at: Instant }) => Promise<void>;
}

export interface CheckedDrift {
  readonly findings: number;
  readonly mails: number;
}

/**
 * The check of a week: has Slack's channels read anew, compares, keeps the result, counts who is in
 * which team, and asks for a mail to each operator if anything was found. The second time in a
 * week, nobody gets a second mail, because its id comes from the week of `scheduledFor` and not
 * from the clock.
 */
export async function checkWeekly(scheduledFor: Date, deps: WeeklyDriftDeps): Promise<CheckedDrift> {
  await readChannelsAnew(deps);
  const found = await findDrift(deps);
  await countTeams(deps);
  if (!found || found.drift.findings.length === 0) return { findings: 0, mails: 0 };
  const { id: about, start: at } = weekOf(scheduledFor, found.zone);
  for (const subscriber of found.operators) await deps.mail({ kind: 'drift', about, realm: 'staff', subscriber, at });
  return { findings: found.drift.findings.length + found.drift.more, mails: found.operators.length };
}

/** Also where nobody is reminded, so where nothing else counts them. */
async function countTeams({ peopleList, distribution, catalog, sizes, now }: WeeklyDriftDeps): Promise<void> {
  const [people, applied, stored] = await Promise.all([teamOfEach(peopleList), distribution.read(), catalog.read()]);
  const known = [...(applied?.distribution.teams ?? []), ...(stored?.teams ?? [])];
  if (people) await sizes.put(countedTeams(people, known, now()));
}

/** An old list is better than no check: it says of which day it is. */
async function readChannelsAnew({ slack, refreshChannels, patience, sleep }: WeeklyDriftDeps): Promise<void> {
  if (!slack) return;
  const before = (await slack.channels.read())?.at;
  await refreshChannels();
  for (let waited = 0; waited < patience.most; waited += patience.step) {
    await sleep(patience.step);
    if ((await slack.channels.read())?.at !== before) return;
  }
}
