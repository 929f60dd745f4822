import * as z from 'zod';
import type { Decision } from '../action/event.ts';
import { printDay } from '../calendar/print.ts';
import { spokenLabel } from '../distribution/severity-label.ts';
import { PostmortemId, Severity } from '../postmortem/postmortem.ts';
import { Line } from './card-content.ts';
import { capitalised, counted, inWords, named, printed, shortened } from './prose.ts';
import type { Item, Printing, RemindedOf, RemindersInput, Told } from './reminded.ts';
import { dayWords, dueWords, newsOf, whyOf } from './reminders-words.ts';
import { nobodySignsWords } from './review-words.ts';
import { thanksWords } from './thanks-words.ts';

const Entry = z.strictObject({
  postmortem: PostmortemId,
  title: Line,
  meta: Line,
  severity: Severity.optional(),
  severityLabel: Line.optional(),
  when: Line,
  late: z.boolean(),
  /** Where its link leads, and what the link is called. */
  leads: z.enum(['decide', 'answer', 'read']),
  link: Line,
});
export type ReminderEntryContent = z.infer<typeof Entry>;

/** What a mail of reminders says, as ready-made strings. */
export const RemindersContent = z.strictObject({
  organisation: Line,
  period: Line,
  subject: Line,
  preheader: Line,
  /** What stands in place of subject and headline once one of these postmortems is withheld. */
  named: z.strictObject({ postmortems: z.array(PostmortemId), subject: Line }),
  intro: Line,
  sections: z.array(z.strictObject({ name: z.string(), heading: Line, note: Line.optional(), entries: z.array(Entry).min(1) })),
  /** It names no postmortem: nobody may know more of one that is not published. */
  awaited: z
    .strictObject({ heading: Line, note: Line, entries: z.array(z.strictObject({ said: Line, when: Line, late: z.boolean() })).min(1) })
    .optional(),
  /** How many things there are beyond those that stand in the mail. */
  more: z.strictObject({ said: Line, postmortems: z.array(PostmortemId) }).optional(),
  why: Line,
});
export type RemindersContent = z.infer<typeof RemindersContent>;

/** So many things stand in a mail. The page of the mail has all of them. */
export const mostShown = 20;

/** Everything that is asked of one person on a day. Undefined if nothing is left of it. */
export function remindersContent(input: RemindersInput): RemindersContent | undefined {
  const { organisation, items } = input;
  const { zone } = organisation;
  if (items.length === 0) return undefined;
  const shown = items.slice(0, mostShown);
  const beyond = items.slice(mostShown);
  const of = <K extends RemindedOf['kind']>(kind: K) => shown.filter((item): item is Item<K> => item.kind === kind);
  const [own, ofTeam] = [of('action').filter(({ isOfLead }) => !isOfLead), of('action').filter(({ isOfLead }) => isOfLead)];
  const today = printDay(input.day, zone);
  const subject = capitalised(newsOf(items, input).join(', '));
  const rest = beyond.length + input.more;
  const asksNothing = items.every(({ kind }) => kind === 'thanks');
  const sections = [
    section(
      'reviews',
      'Review',
      of('review').map((item) => reviewEntry(item, input)),
    ),
    section(
      'deferrals',
      'Put off until now',
      of('deferral').map((item) => deferralEntry(item, input)),
    ),
    section(
      'answers',
      'Answered',
      of('answer').map((item) => answerEntry(item)),
    ),
    section(
      'questions',
      'Leadership asks you',
      of('question').map((item) => decisionEntry(item)),
      'Answer in a line or two. Then leadership decides again.',
    ),
    section(
      'actions',
      'What you promised',
      own.map((item) => actionEntry(item, input)),
      'Answer with “done”, with another day, or with the team that has it now.',
    ),
    section(
      'team',
      'Late in your team',
      ofTeam.map((item) => actionEntry(item, input)),
      'Its owner is asked as well.',
    ),
    section(
      'decisions',
      'Decided',
      of('decision').map((item) => decisionEntry(item)),
    ),
    section(
      'thanks',
      'Thank you',
      of('thanks').map((item) => thanksEntry(item, input)),
      'How far it reached in its first week.',
    ),
  ].flat();
  const awaited = of('awaited').map((item) => awaitedEntry(item, input));
  return RemindersContent.parse({
    organisation: organisation.name,
    period: `For you · ${today}`,
    subject,
    preheader: asksNothing ? 'How far it reached in its first week.' : `Everything that is asked of you on ${today}, in one mail.`,
    named: {
      postmortems: [...new Set(items.flatMap((item) => (item.kind === 'awaited' ? [] : [item.postmortem.id])))],
      subject: `What is asked of you on ${today}`,
    },
    intro: asksNothing ? 'Nothing is asked of you today.' : 'Everything that is asked of you today, in one mail.',
    sections,
    ...(awaited.length > 0 && {
      awaited: {
        heading: awaited.length === 1 ? 'A postmortem is awaited' : 'Postmortems are awaited',
        note: 'Publish it, or retract its draft if there will be none.',
        entries: awaited,
      },
    }),
    ...(rest > 0 && {
      more: { said: `And ${inWords(rest)} more.`, postmortems: [...new Set(beyond.map(({ postmortem }) => postmortem.id))] },
    }),
    why: whyOf(input),
  });
}

const section = (name: string, heading: string, entries: readonly z.input<typeof Entry>[], note?: string) =>
  entries.length > 0 ? [{ name, heading, entries: [...entries], ...(note !== undefined && { note }) }] : [];

const title = (text: string) => shortened(printed(text), 160);
const quoted = (text: string) => `“${shortened(printed(text), 70)}”`;
const from = ({ postmortem }: Told) => `From ${quoted(postmortem.title)}.`;

function reviewEntry(item: Item<'review'>, { office, standsInFor = [], labels, ...of }: Printing): z.input<typeof Entry> {
  const { undecided, isAgain, postmortem, severity, dueOn, nobodySigns } = item;
  const waiting =
    undecided === 0
      ? 'No action waits for a decision.'
      : `${capitalised(counted(undecided, 'action'))} ${undecided === 1 ? 'waits' : 'wait'} for a decision.`;
  const before = standsInFor.map(printed);
  const comes = before.length > 0 && `${named(before, before.length)} did not sign it, so it comes to you.`;
  const said = [
    comes,
    isAgain && 'It is open again.',
    waiting,
    office && `You act as ${printed(office)}.`,
    nobodySigns && nobodySignsWords,
  ];
  return {
    postmortem: postmortem.id,
    title: title(postmortem.title),
    meta: said.filter(Boolean).join(' '),
    severity,
    severityLabel: labels[severity],
    ...dueWords(dueOn, of),
    leads: 'decide',
    link: 'Review',
  };
}

const deferralEntry = (item: Item<'deferral'>, of: Printing): z.input<typeof Entry> => ({
  postmortem: item.postmortem.id,
  title: title(item.title),
  meta: `${printed(item.as)} put it off until ${dayWords(of.day, of)}. ${from(item)}`,
  when: 'Today',
  late: false,
  leads: 'decide',
  link: 'Decide',
});

const answerEntry = (item: Item<'answer'>): z.input<typeof Entry> => ({
  postmortem: item.postmortem.id,
  title: title(item.title),
  meta: `${printed(item.as)} asked for more, and its owner answered. ${from(item)}`,
  when: 'Decide again',
  late: false,
  leads: 'decide',
  link: 'Decide',
});

function actionEntry(item: Item<'action'>, of: Printing): z.input<typeof Entry> {
  const { due, isUsual, owner, isOfLead } = item;
  const day = isUsual ? `Nobody promised a day. ${dayWords(due, of)} is what is usual here.` : `Due on ${dayWords(due, of)}.`;
  const said = [isOfLead && `Owned by ${owner === undefined ? 'nobody' : shortened(printed(owner), 60)}.`, from(item), day];
  return {
    postmortem: item.postmortem.id,
    title: title(item.title),
    meta: said.filter(Boolean).join(' '),
    ...dueWords(due, of),
    leads: 'answer',
    link: 'Answer',
  };
}

const decided: Readonly<Record<Decision['what'], string>> = {
  fund: 'funded it',
  'accept the risk': 'accepted the risk, so it is closed',
  defer: 'put it off',
  'need more': 'needs to know more before deciding',
};

function decisionEntry(item: Item<'decision' | 'question'>): z.input<typeof Entry> {
  const { what, reason, as } = item.decision;
  const why = printed(reason);
  const said = `${printed(as)} ${decided[what]}${why === '' ? '.' : `: ${shortened(why, 200)}${/[.!?…]$/.test(why) ? '' : '.'}`}`;
  return {
    postmortem: item.postmortem.id,
    title: title(item.title),
    meta: `${said} ${from(item)}`,
    when: what === 'need more' ? 'A question' : 'In effect',
    late: false,
    leads: what === 'need more' ? 'answer' : 'read',
    link: what === 'need more' ? 'Answer' : 'Read',
  };
}

const thanksEntry = (item: Item<'thanks'>, of: Printing): z.input<typeof Entry> => ({
  postmortem: item.postmortem.id,
  title: title(item.postmortem.title),
  meta: thanksWords(item.thanks),
  when: dayWords(item.publishedOn, of),
  late: false,
  leads: 'read',
  link: 'Read',
});

const awaitedEntry = (item: Item<'awaited'>, of: Printing) => ({
  said: `${capitalised(spokenLabel(item.severity, of.labels))}, told of on ${printDay(item.declaredAt, of.organisation.zone)} (${item.postmortem.id}).`,
  ...dueWords(item.dueOn, of),
});
