/** @jsxImportSource hono/jsx */
import { EraseAnswer, ExportAnswer, LiftAnswer, type ShownPerson, SuspensionAnswer } from '../../../core/operator/api.ts';
import { postsOf } from '../../../core/operator/named-unheard.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import { document } from '../../shared/pages/shell.tsx';
import type { Answered } from '../api.ts';
import type { HomeDeps } from '../deps.ts';
import type { HomePath } from '../env.ts';
import { type Flaws, ReasonField, reasonFlaw } from '../fields.tsx';
import { operatorPage, type Visit } from '../guard.ts';
import { question } from '../parts.tsx';
import { noSuchPerson, refusedBy } from '../refusals.ts';
import { personOf } from './person.tsx';
import { personPath } from './words.ts';

/** An act that is asked for on a page of its own, with a reason. */
interface Act {
  readonly path: HomePath;
  readonly ending: string;
  readonly title: (who: string) => string;
  readonly says: (person: ShownPerson, visit: Visit) => readonly string[];
  readonly yes: string;
  readonly no: string;
  readonly isDanger?: true;
  readonly ask: (visit: Visit, body: { readonly person: string; readonly reason: string }) => Promise<Answered<unknown>>;
  readonly done: string;
}

const suspension = (suspended: boolean) => (visit: Visit, body: object) =>
  visit.api.ask({ method: 'POST', path: '/operator/people/suspension', body: { ...body, suspended } }, SuspensionAnswer);

const acts: readonly Act[] = [
  {
    path: '/people/{person}/suspend',
    ending: '/suspend',
    title: (who) => `Suspend ${who}?`,
    says: ({ sid, address }, { signed, distribution }) => [
      ...namedAs(address, distribution),
      'No mail goes to them any more, on any stream, and they cannot sign in. Every setting is kept.',
      'No import ends it, however the file names them: an operator does.',
      ...(sid === signed.profile.sid ? ['This is you: you are signed out, and cannot end it by yourself.'] : []),
    ],
    yes: 'Suspend',
    no: 'Leave it',
    isDanger: true,
    ask: suspension(true),
    done: '?done=suspended',
  },
  {
    path: '/people/{person}/unsuspend',
    ending: '/unsuspend',
    title: (who) => `Mail ${who} again?`,
    says: ({ suspended }) => [
      'They get mail again, with the settings that they had. What was sent meanwhile does not come later.',
      ...(suspended?.by === 'file'
        ? ['A file that no longer names them suspended them. If it still does not, the next import with --sync suspends them again.']
        : []),
    ],
    yes: 'End the suspension',
    no: 'Leave it',
    ask: suspension(false),
    done: '?done=unsuspended',
  },
  {
    path: '/people/{person}/lift',
    ending: '/lift',
    title: (who) => `Lift the suppression of ${who}?`,
    says: ({ suppressed }) => [
      suppressed
        ? `The cause is: ${suppressed.reason}. What happened up to now no longer counts; the next bounce or complaint does.`
        : 'Nothing is suppressed.',
      'SES has a list of its own and mails nobody on it.',
    ],
    yes: 'Lift it',
    no: 'Leave it',
    ask: (visit, body) => visit.api.ask({ method: 'POST', path: '/operator/people/lift', body }, LiftAnswer),
    done: '?done=lifted',
  },
];

/** What can be done with one person, each behind a question; and the download. */
export const personActs = (deps: HomeDeps): PageRoute[] => [...acts.map((act) => actPage(act, deps)), exportPage(deps), erasePage(deps)];

/** What an alert or a stream loses with this person. */
function namedAs(address: string, distribution: Visit['distribution']): string[] {
  const posts = postsOf(address, distribution);
  return posts.length === 0
    ? []
    : [`The distribution file names them as ${posts.join(', ')}. Nobody takes their place by itself: name somebody else in the file.`];
}

const nameOf = ({ name, address }: ShownPerson) => name ?? address;

function actPage(act: Act, deps: HomeDeps): PageRoute {
  const ask = async (visit: Visit, sid: string, reason = '', flaws: Flaws = {}): Promise<HttpAnswer> => {
    const shown = await personOf(visit, sid);
    if (!shown) return noSuchPerson();
    const { person } = shown;
    return question({
      ...visit,
      title: act.title(nameOf(person)),
      here: '/home/people',
      status: Object.keys(flaws).length > 0 ? 422 : 200,
      says: act.says(person, visit),
      action: personPath(person.sid, act.ending),
      fields: <ReasonField value={reason} flaws={flaws} />,
      yes: act.yes,
      no: { words: act.no, href: personPath(person.sid) },
      ...(act.isDanger && { isDanger: true }),
    });
  };
  return operatorPage(deps, {
    path: act.path,
    asks: true,
    get: (visit) => ask(visit, visit.request.params.person ?? ''),
    post: {
      async answer(visit) {
        const sid = visit.request.params.person ?? '';
        const shown = await personOf(visit, sid);
        if (!shown) return noSuchPerson();
        const reason = visit.request.form.get('reason')?.trim() ?? '';
        const { problem } = await act.ask(visit, { person: shown.person.sid, reason });
        if (!problem) return seeOther(personPath(sid, act.done));
        const flaws = reasonFlaw(problem);
        return flaws ? ask(visit, sid, reason, flaws) : refusedBy(problem, personPath(sid));
      },
    },
  });
}

/** A download reads personal data and leaves an audit line, so only a button makes one. */
const exportPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/people/{person}/export',
    async get({ request }) {
      return seeOther(personPath(request.params.person ?? ''));
    },
    post: { answer: download },
  });

async function download(visit: Visit & { readonly request: FormPost }): Promise<HttpAnswer> {
  const shown = await personOf(visit, visit.request.params.person);
  if (!shown) return noSuchPerson();
  const { sid } = shown.person;
  const { body, problem } = await visit.api.ask({ method: 'POST', path: '/operator/people/export', body: { person: sid } }, ExportAnswer);
  if (problem) return refusedBy(problem, personPath(sid));
  return document(`${JSON.stringify(body, undefined, 2)}\n`, {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="afterword-${sid.slice(0, 8)}.json"`,
  });
}

async function askToErase(visit: Visit, sid: string | undefined, reason = '', flaws: Flaws = {}): Promise<HttpAnswer> {
  const shown = await personOf(visit, sid);
  if (!shown) return noSuchPerson();
  const { person } = shown;
  return question({
    ...visit,
    title: `Erase ${nameOf(person)} for good?`,
    here: '/home/people',
    status: Object.keys(flaws).length > 0 ? 422 : 200,
    says: [
      `${person.address}.`,
      ...namedAs(person.address, visit.distribution),
      'Address, name, settings and sessions go at once, and what the ledger keeps about their mails within minutes. Counts stay exact.',
      'No import brings them back; they can sign up again themselves. This cannot be undone.',
      'Whoever only left is better suspended.',
    ],
    action: personPath(person.sid, '/erase'),
    fields: <ReasonField value={reason} flaws={flaws} hint="One line without an address or a name: it outlives the person here." />,
    yes: 'Erase for good',
    no: { words: 'Keep them', href: personPath(person.sid) },
    isDanger: true,
  });
}

const erasePage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/people/{person}/erase',
    asks: true,
    get: (visit) => askToErase(visit, visit.request.params.person),
    post: {
      async answer(visit) {
        const shown = await personOf(visit, visit.request.params.person);
        if (!shown) return noSuchPerson();
        const { sid } = shown.person;
        const reason = visit.request.form.get('reason')?.trim() ?? '';
        const { problem } = await visit.api.ask(
          { method: 'POST', path: '/operator/people/erase', body: { person: sid, reason } },
          EraseAnswer,
        );
        if (!problem) return seeOther('/home/people?done=erased');
        const flaws = reasonFlaw(problem);
        return flaws ? askToErase(visit, sid, reason, flaws) : refusedBy(problem, personPath(sid));
      },
    },
  });
