import { nameFor } from '../distribution/brand.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { reviewRulesOf } from '../distribution/review-rules.ts';
import { contactOf, signUpOf } from '../distribution/stream-rules.ts';
import { streamWords } from '../distribution/stream-words.ts';
import { audiences } from '../stream/audience.ts';
import { code, listed, type Markdown, md, person, table } from './markdown.ts';
import { noticeDecisions } from './told-to-customers.ts';
import { allowed, sentStreams } from './who.ts';

/** Who publishes, approves, stops and changes what. */
export function whoDecides(distribution: Distribution): Markdown {
  const operators = allowed(distribution.operators);
  const authors = allowed(distribution.authors) !== undefined;
  const byOperators = (scope: string) => md`${operators ? md`operators, and keys` : md`keys`} with the right ${code(scope)}`;
  return table(
    ['What', 'Who', 'How'],
    [
      [
        md`Publish and revise a postmortem`,
        md`${authors ? md`authors, ` : md``}${byOperators('publish')}`,
        md`${code('/home/write')}, ${code('afterword publish')}. Nobody approves it first: what an author publishes is told. Any author may publish over any that is published`,
      ],
      [md`Which severity it has, and what support may say`, md`whoever publishes it`, md`in the document. Publish it again to change it`],
      ...reviewing(distribution, byOperators('send')),
      [
        md`Restrict, retract, release one`,
        byOperators('send'),
        md`${code('/home/postmortems')}, ${code('afterword postmortems')}, with a reason`,
      ],
      [md`Pause, resume, recall, resend mail`, byOperators('send'), md`${code('/home')}, ${code('afterword pause')} and so on`],
      ...noticeDecisions(distribution),
      ...approvals(distribution),
      [
        md`Who gets what, teams and channels: the distribution file`,
        byOperators('configure'),
        md`${code('/home/in-force')}, ${code('afterword apply')}, which shows the difference first`,
      ],
      [md`Who is on the list of people`, byOperators('people'), md`${code('/home/people')}, ${code('afterword people')}`],
      [
        md`Who stands in for a lead or a deputy`,
        md`that lead or deputy, signed in`,
        md`the page of choices, linked in each mail, for given days`,
      ],
      [md`Which keys there are`, md`keys with the right ${code('keys')}`, md`${code('afterword keys')}; no page does it`],
    ],
  );
}

function reviewing(distribution: Distribution, operators: Markdown): Markdown[][] {
  const rules = reviewRulesOf(distribution);
  if (!rules) return [];
  return [
    [
      md`What becomes of an action that a postmortem promises`,
      listed([...rules.reviewers, ...rules.escalateTo].map(({ as }) => as)),
      md`the page that their mails lead to: fund it, accept the risk, defer it, need more`,
    ],
    [md`Waive the review of one`, operators, md`${code('/home/reviews')}, ${code('afterword reviews waive')}, with a reason`],
  ];
}

const approvals = (distribution: Distribution): Markdown[][] =>
  sentStreams(distribution).flatMap((stream) => {
    const signUp = signUpOf(distribution, stream);
    if (signUp?.kind !== 'approval') return [];
    return [[md`Let somebody join ${streamWords(stream, distribution)}`, person(signUp.owner), md`one press in the mail that asks`]];
  });

/** Whom to ask about what. */
export function whomToAsk(distribution: Distribution): Markdown {
  const { brand } = distribution;
  const contact = audiences.map((audience) => contactOf(distribution, audience)).find((one) => one !== '');
  return table(
    ['About', 'Ask'],
    [
      [
        md`what a postmortem says, or that it is wrong`,
        md`the authors whom it names. Who sees no names asks the leads of its team${contact === undefined ? '' : md`, else ${contact}`}`,
      ],
      ...(contact === undefined ? [] : [[md`what customers may be told`, md`whom the postmortem names, else ${contact}`]]),
      [
        md`a mail that must stop, a postmortem that must go, somebody who gets no mail`,
        allowed(distribution.operators) ?? md`whoever holds a key: the file names no operators`,
      ],
      ...(brand?.replyTo
        ? [[md`anything else, by an answer to a mail of ${nameFor('staff', distribution)}`, md`${person(brand.replyTo)} gets it`]]
        : []),
    ],
  );
}
