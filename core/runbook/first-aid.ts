import type { Distribution } from '../distribution/distribution.ts';
import { noticeRulesOf } from '../distribution/notice-rules.ts';
import { bold, bullets, code, Markdown, md } from './markdown.ts';
import { allowed } from './who.ts';

/** What to do at once, by whom, before anybody has read the rest. */
export function firstAid(distribution: Pick<Distribution, 'operators' | 'authors' | 'streams'>): Markdown {
  const { operators, authors } = distribution;
  const named = allowed(operators);
  const who = named ? md`an operator` : md`whoever has a key with the right ${code('send')}`;
  const onPage = (path: string) => (named ? md` on ${code(path)}, or by` : md`:`);
  const byAuthor = allowed(authors) ? md`an author` : md`whoever publishes`;
  return bullets([
    md`${bold('One postmortem is wrong')}: ${who} restricts it${onPage('/home/postmortems')} ${code('afterword postmortems restrict ID --reason "…"')}. Within seconds nobody else is told of it or can read it.`,
    md`${bold('One mailing is wrong')}: ${who} pauses it${onPage('/home/editions')} ${code('afterword pause EDITION')}. Within seconds no more of its mails leave.`,
    md`${bold('Not sure which')}: both. Both can be undone. A mail that has left cannot be taken back.`,
    noticeRulesOf(distribution) &&
      md`${bold('Customers read something wrong')}: any one approver withdraws it on the page that their mails lead to. Without one, ${who} retracts the postmortem${onPage('/home/postmortems')} ${code('afterword postmortems retract ID --reason "…"')}. The public page says so within seconds. Restricting the postmortem does not do it.`,
    named &&
      md`${bold('Operators')} are ${named}. If none can be reached, ${byAuthor} publishes the postmortem again with ${code('restricted: true')}, or somebody who has a key with the right ${code('send')} does the above on a command line.`,
    named ? undefined : md`Without a key, ${byAuthor} publishes the postmortem again with ${code('restricted: true')}.`,
    md`How, and what follows: ${whatToDo}.`,
  ]);
}

const whatToDo = new Markdown('[What to do](#what-to-do)');
