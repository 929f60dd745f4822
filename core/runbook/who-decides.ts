import { nameFor } from '../distribution/brand.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { contactOf, signUpOf } from '../distribution/stream-rules.ts';
import { streamWords } from '../distribution/stream-words.ts';
import { audiences } from '../stream/audience.ts';
import { blocks, bullets, code, type Markdown, md, person, table } from './markdown.ts';
import { allowed, sentStreams } from './who.ts';

/** Who publishes, approves, stops and changes what. */
export function whoDecides(distribution: Distribution): Markdown {
  const operators = allowed(distribution.operators);
  const authors = allowed(distribution.authors);
  const byOperators = (scope: string) => md`${operators ? md`operators; keys` : md`keys`} with the scope ${code(scope)}`;
  return blocks(
    table(
      ['What', 'Who', 'How'],
      [
        [
          md`Publish and revise a postmortem`,
          md`${authors ? md`authors, ` : md``}${byOperators('publish')}`,
          md`${code('/home/write')}, ${code('afterword publish')}. Nobody approves it first: what an author publishes is told. Any author may revise any published one`,
        ],
        [md`Which severity it has`, md`its author`, md`the document. Publish it again to raise or to lower it`],
        [
          md`Restrict, retract, release one`,
          byOperators('send'),
          md`${code('/home/postmortems')}, ${code('afterword postmortems')}, with a reason`,
        ],
        [md`Pause, resume, recall, resend mail`, byOperators('send'), md`${code('/home')}, ${code('afterword pause')} and so on`],
        ...approvals(distribution),
        [
          md`What support may say`,
          md`the author of the postmortem`,
          md`“What to say” and “What not to say” in it. Nobody approves it separately`,
        ],
        [
          md`Who gets what: the distribution file`,
          byOperators('configure'),
          md`${code('/home/in-force')}, ${code('afterword apply')}, which shows the difference first`,
        ],
        [md`Who is on the list of people`, byOperators('people'), md`${code('/home/people')}, ${code('afterword people')}`],
        [md`Who stands in for a lead or a deputy`, md`that lead or deputy, signed in`, md`the page of choices`],
        [md`Which keys there are`, md`keys with the scope ${code('keys')}`, md`${code('afterword keys')}; no page does it`],
      ],
    ),
    bullets([
      operators && md`Operators are ${operators}. On a page, an act needs a sign-in of the last twelve hours.`,
      authors && md`Authors are ${authors}.`,
      md`Who did what is kept: ${code('/home/audit')}, ${code('afterword audit')}.`,
    ]),
  );
}

const approvals = (distribution: Distribution): Markdown[][] =>
  sentStreams(distribution).flatMap((stream) => {
    const signUp = signUpOf(distribution, stream);
    if (signUp?.kind !== 'approval') return [];
    return [[md`Let somebody join ${streamWords(stream, distribution)}`, person(signUp.owner), md`one press in the mail that asks`]];
  });

/** Whom to ask about what. */
export function whomToAsk(distribution: Distribution): Markdown {
  const { brand, senders } = distribution;
  const contact = audiences.map((audience) => contactOf(distribution, audience)).find((one) => one !== '');
  return table(
    ['About', 'Ask'],
    [
      [md`what a postmortem says, or that it is wrong`, md`its authors, whom it names, or the leads of its team`],
      ...(contact === undefined ? [] : [[md`what customers may be told`, md`whom the postmortem names, else ${contact}`]]),
      [
        md`a mail that must stop, a postmortem that must go, somebody who gets no mail`,
        allowed(distribution.operators) ?? md`whoever holds a key: the file names no operators`,
      ],
      [
        md`anything else, by an answer to a mail of ${nameFor('staff', distribution)}`,
        brand?.replyTo
          ? md`${person(brand.replyTo)} gets it`
          : md`${person(senders.internal.address)} gets it, if somebody reads that mailbox`,
      ],
    ],
  );
}
