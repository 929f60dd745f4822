import type { Distribution } from '../distribution/distribution.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { definitionOf } from '../stream/stream.ts';
import { blocks, bold, bullets, code, commands, heading, joined, listed, Markdown, md } from './markdown.ts';
import { lanesOf } from './streams.ts';
import { allowed, followed, sentStreams, tellAtOnce } from './who.ts';

/** How a postmortem is published and taken back, and how mail is stopped, with the commands. */
export function howTo(distribution: Distribution): Markdown {
  const operators = allowed(distribution.operators) ? md`operators` : md`whoever has a key with the right ${code('send')}`;
  const authors = allowed(distribution.authors);
  return blocks(
    md`Publishing and correcting is for ${authors ? md`authors (${authors})` : md`whoever has a key with the right ${code('publish')}`}, the rest for ${operators}. Each has a button on the pages below ${code('/home')}, at the address to which links in mails lead; what an operator does there needs a sign-in of the last twelve hours. Commands need the address of the API and a key: ${code('--api')} and ${code('--key')}.`,
    md`${code('ID')} is the name of a postmortem's file without its ending, as ${code('afterword postmortems list')} shows it. ${code('EDITION')} is one mailing, as ${code('afterword editions')} shows it.`,
    act(
      'Publish and correct',
      ['afterword publish FILE.md'],
      bullets([
        md`Or write it at ${code('/home/write')}. ${code('afterword new FILE.md')} writes a blank one.`,
        md`Publish a corrected file under the same name. Pages${slackWord(distribution, ' and posts')} are right within seconds. What changed is told as ${new Markdown('[Minute by minute](#minute-by-minute)')} says, and that may quote the old text.`,
        md`For a name or a secret: restrict, publish the corrected file, release, in this order. Then nothing quotes it.`,
      ]),
    ),
    act(
      'Restrict: nobody may read it',
      ['afterword postmortems restrict ID --reason "names a customer"'],
      bullets([
        md`Within seconds mails that have not left, pages and searches leave it out${slackWord(distribution, ', and its posts in Slack are emptied')}.`,
        takenBack(distribution),
        md`A later publish, also by a build, does not lift it. The reason goes into the audit log alone.`,
        md`An author does the same by publishing it with ${code('restricted: true')}, until it is published without.`,
      ]),
    ),
    act(
      'Retract: it is taken back',
      ['afterword postmortems retract ID --reason "was no incident of ours"'],
      md`As restrict${slackWord(distribution, ', but posts in Slack keep their title, struck through')}. An author does the same with ${code('status: retracted')}.`,
    ),
    act(
      'Release',
      ['afterword postmortems release ID --reason "the name is gone"'],
      md`Ends an operator's restriction or retraction. One that the document itself says stays until an author publishes it without.${again(distribution)}`,
    ),
    act(
      'Pause and resume',
      ['afterword pause EDITION', 'afterword pause LANE', 'afterword pause --all', 'afterword resume EDITION', 'afterword resume --all'],
      bullets([
        md`Within seconds mail waits, and none is lost. ${slackWord(distribution, 'Slack, pages', 'Pages')} and archives go on.`,
        ...resumed(distribution),
        md`A lane is a queue of mail: ${lanes(distribution)}.`,
        md`${bold('Careful')}: ${code('urgent')} and ${code('--all')} hold mailed links to sign in too. Sign in or have a key before, or you cannot resume.`,
      ]),
    ),
    act(
      'Recall: stop an edition for good',
      ['afterword recall EDITION'],
      md`Whoever has no mail yet gets none, and the next digest, brief or summary does not carry the same postmortems again. It cannot be undone.`,
    ),
    act(
      'Send again',
      ['afterword resend EDITION --unconfirmed --reason "SES had an outage"'],
      md`To those of whom nobody knows whether they got the mail, and to nobody else.`,
    ),
    heading(3, 'See what happened'),
    bullets([
      md`${code('afterword status')}: what waits for somebody.`,
      md`${code('afterword people show ADDRESS')}: what somebody gets, and why a mail did not come.`,
      md`${code('afterword postmortems show ID')}: revisions, what holds it back, the editions that told it.`,
      md`${code('afterword updates ID')}: the mails about one incident, and what waits.`,
      md`${code('afterword edition EDITION')}: how many have it, who was skipped or refused, and why.`,
      distribution.slack && md`${code('afterword slack posts ID')}: what stands where in Slack, and what is in doubt.`,
      distribution.slack &&
        md`${code('afterword slack repost ID CHANNEL')} posts it once more where it is missing; ${code('afterword slack links revoke ID')} ends the links in its posts.`,
      md`${code('afterword audit --postmortem ID')}, or ${code('/home/audit')}: who published, restricted, applied or paused, and the reason. A key needs the right ${code('keys')}.`,
    ]),
  );
}

/** Who hears that a postmortem was taken back, and who does not. */
function takenBack(distribution: Distribution): Markdown {
  const titles = tellAtOnce(distribution).map((stream) => streamTitle(stream, distribution));
  const summaries = sentStreams(distribution).filter(
    (stream) => definitionOf(stream).whenScheduled && configuredStream(distribution, stream)?.schedule,
  );
  const told = [
    ...(titles.length === 0
      ? []
      : [
          md`Readers of ${listed(titles)} who had a mail in the last 30 days are told within three minutes that it was taken back, without its title.`,
        ]),
    ...summaries.map((stream) => md`Readers of a summary of ${streamTitle(stream, distribution)} are told in the next one.`),
    md`Readers of digests and briefs are not told; the link in their mail opens nothing any more.`,
  ];
  return joined(told, ' ');
}

const again = (distribution: Distribution): string =>
  followed(distribution).length === 0 ? '' : ' Whoever was told at once that it was taken back is told that it stands again.';

/** With which text mail leaves that was paused. */
function resumed(distribution: Distribution): Markdown[] {
  const follow = followed(distribution).map((stream) => streamTitle(stream, distribution));
  return [
    ...(follow.length === 0
      ? []
      : [
          md`If a postmortem is corrected meanwhile, the mails of ${listed(follow)} about it leave with the new text, as a new edition. It is paused as well: resume that one.`,
        ]),
    md`Digests, briefs and summaries leave as they were written, but without what is restricted or retracted, and with one line in place of what was corrected.`,
  ];
}

const act = (title: string, lines: readonly string[], what: Markdown): Markdown => blocks(heading(3, title), commands(...lines), what);

const slackWord = ({ slack }: Distribution, words: string, without = ''): string => (slack ? words : without);

const lanes = (distribution: Distribution): Markdown =>
  joined(
    lanesOf(distribution).map(({ lane, streams }) => md`${bold(lane)} (${streams})`),
    '; ',
  );
