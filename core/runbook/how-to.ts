import type { Distribution } from '../distribution/distribution.ts';
import { blocks, bold, bullets, code, commands, heading, joined, type Markdown, md } from './markdown.ts';
import { lanesOf } from './streams.ts';
import { allowed } from './who.ts';

/** How a postmortem is published and taken back, and how mail is stopped, with the commands. */
export function howTo(distribution: Distribution): Markdown {
  const named = allowed(distribution.operators);
  const operators = named ? md`operators (${named})` : md`whoever holds a key`;
  return blocks(
    md`Publishing and correcting is for authors, the rest for ${operators}. Each of these has a button on the pages below ${code('/home')}. Commands need the address of the API and a key: ${code('--api')} and ${code('--key')}, or a profile (${code('afterword profiles --help')}). ${code('ID')} is the name of a postmortem's file without its ending, as ${code('afterword postmortems list')} shows it.`,
    act(
      'Publish',
      ['afterword publish FILE.md'],
      md`Or write it at ${code('/home/write')}. ${code('afterword new FILE.md')} writes a blank one.`,
    ),
    act(
      'Correct',
      ['afterword publish FILE.md'],
      md`Publish the corrected file under the same name. Pages and posts are right at once, and those who were told are told what changed. If the wrong text must not be quoted anywhere, restrict first, publish the corrected one, then release.`,
    ),
    act(
      'Restrict: nobody may read it',
      ['afterword postmortems restrict ID --reason "names a customer"'],
      md`Within seconds mails that have not left, pages, searches and feeds leave it out${slackWord(distribution, ', and its posts in Slack are emptied')}. Whoever was mailed about it at once is told that it no longer stands, without its title. A mail that has left cannot be taken back. No later document of CI ends it. Its author does the same by publishing it with ${code('restricted: true')}.`,
    ),
    act(
      'Retract: it is taken back',
      ['afterword postmortems retract ID --reason "was no incident of ours"'],
      md`Mails that have not left, pages, searches and feeds leave it out as well${slackWord(distribution, ', and its posts in Slack keep nothing but their title, struck through')}. Whoever was mailed about it at once is told that it was taken back. Its author does the same by publishing it with ${code('status: retracted')}.`,
    ),
    act(
      'Release: what an operator decided ends',
      ['afterword postmortems release ID --reason "the name is gone"'],
      md`What its document says counts again${slackWord(distribution, ', in posts too')}. A restriction that the document itself says stays: its author lifts it.`,
    ),
    act(
      'Pause and resume',
      ['afterword pause EDITION', 'afterword pause LANE', 'afterword pause --all', 'afterword resume --all'],
      md`Holds within seconds, loses nothing, and can be undone: begin here if you are not sure. ${code('afterword editions')} lists the editions. Lanes: ${lanes(distribution)}.`,
    ),
    act('Recall: stop an edition for good', ['afterword recall EDITION'], md`Whoever has no mail yet gets none. It cannot be undone.`),
    distribution.slack &&
      act(
        'Posts in Slack',
        ['afterword slack posts ID', 'afterword slack repost ID CHANNEL', 'afterword slack links revoke ID'],
        md`What stands where and what is in doubt; a post once more where it is missing; the end of the links in the posts of one postmortem.`,
      ),
    act(
      'See what happened',
      [
        'afterword status',
        'afterword postmortems show ID',
        'afterword updates ID',
        'afterword edition EDITION',
        'afterword audit --postmortem ID',
      ],
      bullets([
        md`${code('status')}: what waits for somebody.`,
        md`${code('postmortems show')}: revisions, what holds it back, the editions that told it.`,
        md`${code('updates')}: the mails about one incident, and what waits.`,
        md`${code('edition')}: how many have it, who was skipped or refused, and why.`,
        md`${code('audit')}: who published, restricted, applied or paused. Nobody can change a line of it through Afterword. The key needs the scope ${code('keys')}.`,
      ]),
    ),
  );
}

const act = (title: string, lines: readonly string[], what: Markdown): Markdown => blocks(heading(3, title), commands(...lines), what);

const slackWord = ({ slack }: Distribution, words: string): string => (slack ? words : '');

const lanes = (distribution: Distribution): Markdown =>
  joined(
    lanesOf(distribution).map(({ lane, streams }) => md`${bold(lane)} (${streams})`),
    '; ',
  );
