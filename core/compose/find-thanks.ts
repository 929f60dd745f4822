import { type ActionRow, isOpen, promiseAt } from '../action/action.ts';
import { type DefaultDueRules, datedStatusOf } from '../action/default-due.ts';
import { readByWords } from '../content/read-by.ts';
import { type Thanks, thanksWords } from '../content/thanks-words.ts';
import type { StoredPostmortem } from '../postmortem/stored-postmortem.ts';
import { readershipOf } from '../readership/readership.ts';
import type { Reason } from '../relevance/reason.ts';
import type { PlainDate } from '../shared/instant.ts';
import { findRelevance } from './find-relevance.ts';
import type { ComposeDeps } from './ports.ts';

interface Asked {
  /**
   * The day of the mail. What was read since it began does not count, so all mails of a day say
   * the same.
   */
  readonly day: PlainDate;
  readonly asOf: Date;
  readonly defaultDue: DefaultDueRules | undefined;
}

/**
 * What the authors of a postmortem are told a week after its publication. It may be told, which the
 * caller has to know. Undefined: there is nothing to tell, or it came with an archive.
 */
export async function findThanks(
  stored: StoredPostmortem,
  rows: readonly ActionRow[],
  { day, asOf, defaultDue }: Asked,
  deps: Pick<ComposeDeps, 'relevance' | 'postmortems' | 'readership'>,
): Promise<Thanks | undefined> {
  if (stored.publication === 'history') return undefined;
  const { readings, sizes } = deps.readership;
  const [[relevance], read, counted] = await Promise.all([findRelevance([stored], deps), readings.of(stored.postmortem.id), sizes.read()]);
  const { teams } = readershipOf(read, counted, day);
  const saying = (press: 'useful' | 'discussed') => teams.filter(({ said }) => said.includes(press)).map(({ name }) => name);
  const actions = rows.filter(({ visible, withdrawnAt }) => visible && withdrawnAt === undefined);
  const open = actions.filter((row) => isOpen(promiseAt(row, asOf)));
  const isLate = (row: ActionRow) => (datedStatusOf(row, asOf, defaultDue).due ?? day) < day;
  const thanks: Thanks = {
    teams: (relevance?.teams ?? []).map(({ name, reasons: [why] }) => ({ name, has: why && whatTheyHave(why.reason) })),
    readBy: readByWords(teams),
    useful: saying('useful'),
    discussed: saying('discussed'),
    actions: { all: actions.length, open: open.length, late: open.filter(isLate).length },
  };
  return thanksWords(thanks) === '' ? undefined : thanks;
}

/**
 * What a team has of the same. A reason that is about an earlier postmortem tells nothing: that one
 * may be hidden by the time that somebody reads it.
 */
function whatTheyHave(reason: Reason): string | undefined {
  switch (reason.kind) {
    case 'runs':
      return `runs ${reason.service}`;
    case 'depends':
      return `depends on ${reason.on}`;
    case 'shares':
      return `uses the same ${reason.resource}`;
    case 'same failure':
      return 'runs something similar';
    case 'promised':
      return 'has one of its actions';
    default:
      return undefined;
  }
}
