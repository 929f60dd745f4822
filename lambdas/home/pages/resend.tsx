/** @jsxImportSource hono/jsx */
import { EditionAnswer, ResendAnswer } from '../../../core/operator/api.ts';
import { SubscriberId } from '../../../core/subscriber/subscriber.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { editionPath, question, Said } from '../parts.tsx';
import { refusedBy } from '../refusals.ts';
import { homePage } from '../shell.tsx';
import { counted } from '../words.ts';

/** The route takes this many at once. */
const batchSize = 100;

interface Flawed {
  readonly reason: string;
  readonly flaw: string;
}

/** Has mails sent again of which nobody knows whether they arrived. */
export const resendPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/editions/{edition}/resend',
    asks: true,
    get: (visit) => ask(visit, visit.request.params.edition ?? ''),
    post: {
      // A thousand ids of people.
      maxBytes: 64 * 1024,
      answer: (visit) => resend(visit),
    },
  });

async function ask(visit: Visit, id: string, flawed?: Flawed): Promise<HttpAnswer> {
  const edition = await visit.api.read(`/operator/editions/${encodeURIComponent(id)}?addresses=true`, EditionAnswer);
  const { unconfirmed, addresses = {} } = edition;
  if (unconfirmed.length === 0) {
    return homePage({
      ...visit,
      title: 'Nothing to resend',
      here: '/home',
      children: (
        <>
          <h1>Nothing to resend</h1>
          <Said>No mail of “{edition.subject}” is unconfirmed. Nobody else gets a mail a second time.</Said>
          <p>
            <a href={editionPath(id)}>Back to the edition</a>
          </p>
        </>
      ),
    });
  }
  return question({
    ...visit,
    title: `Resend “${edition.subject}”?`,
    here: '/home',
    status: flawed ? 422 : 200,
    says: [
      `Of ${counted(unconfirmed.length, 'mail')} nobody knows whether it arrived. Afterword looks for evidence once more, and sends again where there is none. The mail then says that it may be a repeat.`,
    ],
    action: editionPath(id, '/resend'),
    yes: 'Resend',
    no: { words: 'Leave it', href: editionPath(id) },
    fields: (
      <>
        <fieldset class="plain">
          <legend>To whom</legend>
          {unconfirmed.map((sid) => (
            <label class="check">
              <input type="checkbox" name="who" value={sid} checked /> {addresses[sid] ?? 'a person who is gone'}
            </label>
          ))}
        </fieldset>
        <label class="field">
          Why, for the audit log
          <input
            type="text"
            name="reason"
            required
            minlength={3}
            maxlength={300}
            value={flawed?.reason ?? ''}
            aria-invalid={flawed ? 'true' : undefined}
            aria-describedby={flawed ? 'flaw' : 'how'}
          />
          {flawed ? (
            <span class="flaw" id="flaw">
              {flawed.flaw}
            </span>
          ) : (
            <small class="m" id="how">
              One line without an address, such as “the mailbox was full and is cleared”.
            </small>
          )}
        </label>
      </>
    ),
  });
}

async function resend(visit: Visit & { readonly request: FormPost }): Promise<HttpAnswer> {
  const { request, api } = visit;
  const id = request.params.edition ?? '';
  const who = request.form.getAll('who').filter((sid) => SubscriberId.safeParse(sid).success);
  const reason = request.form.get('reason')?.trim() ?? '';
  if (who.length === 0) return ask(visit, id, { reason, flaw: 'Nobody was chosen above. Nothing was sent.' });
  let asked = 0;
  for (let from = 0; from < who.length; from += batchSize) {
    const subscribers = who.slice(from, from + batchSize);
    const path = `/operator/editions/${encodeURIComponent(id)}/resend` as const;
    const { body, problem } = await api.ask({ method: 'POST', path, body: { subscribers, reason } }, ResendAnswer);
    if (problem?.status === 422 && problem.errors?.every(({ field }) => field === 'reason')) {
      return ask(visit, id, { reason, flaw: 'Write one line of 3 to 300 characters without an address. Nothing was sent.' });
    }
    if (problem) return refusedBy(problem, editionPath(id));
    asked += body.asked.length;
  }
  return seeOther(editionPath(id, `?done=resend-${asked}`));
}
