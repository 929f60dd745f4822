import type { Distribution } from '../distribution/distribution.ts';
import { type NoticeRules, noticeRulesOf } from '../distribution/notice-rules.ts';
import { configuredStream } from '../distribution/stream-rules.ts';
import { lapseMs, reminderMs } from '../notice/due.ts';
import { dayMs, hourMs, minuteMs } from '../shared/duration.ts';
import { blocks, bullets, code, listed, type Markdown, md, person } from './markdown.ts';

const approversOf = ({ approvers }: NoticeRules): Markdown => listed(approvers.map(({ address }) => person(address)));
/** `all of them`, or so many. */
const needed = ({ approvals, approvers }: NoticeRules): string =>
  approvals === approvers.length
    ? approvals === 1
      ? 'this one'
      : 'all of them'
    : approvals === 1
      ? 'one of them'
      : `${approvals} of them`;

/** What customers are told, who lets it go, and who takes it back. */
export function whatCustomersRead(distribution: Distribution): Markdown {
  const rules = noticeRulesOf(distribution);
  if (!rules) return md`Nothing: the file names no approvers. What customers are told, support tells them.`;
  const { escalate, holdMs } = rules;
  const last = reminderMs.at(-1) ?? 0;
  const joins = configuredStream(distribution, rules.stream)?.signUp === 'open';
  return blocks(
    md`The external version of a postmortem, once its author asks for it (${code('external ready: true')}) and approvers have let it go. Nothing else of a postmortem reaches customers.`,
    bullets([
      md`Approvers: ${approversOf(rules)}. It takes ${needed(rules)}, on the page that their mails lead to. Nobody approves what they wrote. No key and no operator approves.`,
      md`It leaves ${Math.round(holdMs / minuteMs)} minutes after the last approval. Until then any one approver stops it there.`,
      md`A change of its text ends the request, and a new one begins.`,
      md`Who does not answer is reminded after ${listed(reminderMs.map(afterMs))}${escalate.length === 0 ? '' : md`; after ${afterMs(last)} ${listed(escalate.map(person))} ${escalate.length === 1 ? 'is' : 'are'} told as well`}. After ${afterMs(lapseMs)} the request lapses, and nothing leaves.`,
      md`Customers get a mail if they chose an affected product, or none. Everybody can read it at ${code('/customers/incidents')}.${joins ? md` They join at ${code('/customers/join')}.` : ''}`,
      md`Restricting a postmortem does not take back what customers read. Approvers are told, and any one of them withdraws it.`,
    ]),
  );
}

const afterMs = (ms: number): string => (ms < dayMs ? `${ms / hourMs} hours` : ms === dayMs ? 'a day' : `${Math.round(ms / dayMs)} days`);

/** Who lets a notice go and who takes it back, as rows of who decides what. */
export function noticeDecisions(distribution: Distribution): Markdown[][] {
  const rules = noticeRulesOf(distribution);
  if (!rules) return [];
  return [
    [
      md`Let a text go to customers`,
      md`${approversOf(rules)}: ${needed(rules)}, and never who wrote it`,
      md`the page that their mails lead to. No command does it`,
    ],
    [
      md`Stop one in time, or withdraw what customers read`,
      md`any one approver`,
      md`the page that their mails lead to, with a reason. To retract the postmortem does it as well`,
    ],
  ];
}
