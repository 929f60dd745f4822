/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { asPublished } from '../../../core/authoring/as-published.ts';
import { printMoment } from '../../../core/calendar/print.ts';
import { textToRevise } from '../../../core/intake/text-to-revise.ts';
import { isTellable, PostmortemId } from '../../../core/postmortem/postmortem.ts';
import { template } from '../../../core/postmortem/template.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { leaveLine } from '../../operator/deps.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import type { HomeDeps } from '../deps.ts';
import { authorPage, type Visit } from '../guard.ts';
import { notHere } from '../refusals.ts';
import { homePage } from '../shell.tsx';
import { type Draft, draftOf, lookAt, mayOpen, problemOf, type ReadDraft, type SeenDraft, Taken } from './draft.ts';
import { Audiences, DraftForm, Flaws, Next, Remarks, Told, Travelling, zoneOf } from './draft-view.tsx';
import { nameOf, readShows } from './shows.ts';

/** A text of 256 KB, and a file that is too long, so that it can be said how long it is. */
export const mostDraftBytes = 1536 * 1024;

/** Where authors write: paste or choose a document, look at what becomes of it, publish it. */
export const writePage = (deps: HomeDeps): PageRoute =>
  authorPage(deps, {
    path: '/write',
    async get({ request, ...visit }) {
      const from = request.query.get('from');
      if (from === null) {
        const text = request.query.has('template') ? template : '';
        return writing({ type: 'text/markdown', text }, { is: 'blank' }, visit);
      }
      const id = PostmortemId.safeParse(from);
      const stored = id.success ? await deps.intake.postmortems.readCurrent(id.data) : undefined;
      if (!stored || !mayOpen(stored, visit)) return notHere();
      const { type, text, isAsSent } = await textToRevise(stored, visit.distribution, {
        sources: deps.intake.sources,
        now: () => visit.now,
      });
      const draft = { type, text, id: stored.postmortem.id, base: stored.revision };
      return writing(draft, await lookAt(draft, visit, deps), visit, isAsSent ? undefined : <WrittenOut />);
    },
    post: {
      maxBytes: mostDraftBytes,
      files: true,
      async answer({ request: { form }, ...visit }) {
        const draft = draftOf(form);
        const seen = await lookAt(draft, visit, deps);
        if (seen.is !== 'read') return writing(draft, seen, visit);
        switch (form.get('press')) {
          case 'test':
            return testing(form, draft, seen, visit, deps);
          case 'ask':
            return asking(draft, seen, visit, deps);
          case 'publish':
            return publishing(form, draft, seen, visit, deps);
          default:
            return writing(draft, seen, visit);
        }
      },
    },
  });

const WrittenOut = () => (
  <div class="said open">
    <p>This is written out of what is stored, field by field. The document as it was sent is not kept of this revision.</p>
  </div>
);

/** The draft with the answers beside it. `notice` stands above them. */
function writing(draft: Draft, seen: SeenDraft, visit: Visit, notice?: Child): HttpAnswer {
  const title = seen.is === 'read' ? seen.taken.title : draft.id === undefined ? 'Write a postmortem' : 'Revise a postmortem';
  return homePage({
    ...visit,
    title,
    here: '/home/write',
    status: seen.is === 'refused' || seen.is === 'taken' || draft.flaw !== undefined ? 422 : 200,
    children: (
      <>
        <p class="pills">
          <span class="pill bare">{draft.id === undefined ? 'Draft' : `Draft of revision ${(draft.base ?? 0) + 1}`}</span>
          <span class="pill bare">Nobody else sees it</span>
        </p>
        <h1 dir="auto">{title}</h1>
        <p class="m">
          {seen.is === 'read' && `Checked ${printMoment(toInstant(visit.now), visit.now, zoneOf(visit))}. `}
          It is kept nowhere before you publish it: if you close this page, it is gone.
        </p>
        {notice}
        {draft.flaw !== undefined && <Flaws problem={{ detail: `The file ${draft.flaw}. Save it in UTF-8 and choose it again.` }} />}
        {seen.is === 'refused' && <Flaws problem={seen.problem} />}
        {seen.is === 'taken' && <Flaws problem={{ detail: `Another postmortem has the id ${seen.id}. Give yours an id of its own.` }} />}
        {seen.is === 'read' ? (
          <>
            <div class="beside">
              <DraftForm draft={draft} visit={visit} />
              <Remarks remarks={seen.remarks} />
            </div>
            <Audiences seen={seen} visit={visit} />
            <Next seen={seen} visit={visit} />
          </>
        ) : (
          <DraftForm draft={draft} visit={visit} />
        )}
        {seen.is === 'blank' && draft.text === '' && (
          <p>
            <a href="/home/write?template">Begin with the template</a>
          </p>
        )}
      </>
    ),
  });
}

/** Mails the draft to its author, as a test of the chosen stream. */
async function testing(form: URLSearchParams, draft: Draft, seen: ReadDraft, visit: Visit, deps: HomeDeps): Promise<HttpAnswer> {
  const shows = readShows(form.get('shows'));
  if (!shows) return writing(draft, seen, visit);
  const { address, sid } = visit.signed.profile;
  const { type, text, id } = draft;
  try {
    const { subscriber, ...sent } = await deps.operator.test({ ...shows, to: address, draft: { type, text, id, alone: true } });
    if (!sent.existed) await leaveLine(deps.operator, sid, 'test sent', { edition: sent.shows, subscriber });
    const said = sent.existed
      ? 'You asked for a test of this less than a minute ago. No mail was sent. Wait a minute.'
      : `A test of ${nameOf(shows, visit.distribution)} is on its way to ${address}: ${sent.subject}`;
    return writing(
      draft,
      seen,
      visit,
      <p class="said" role="status">
        {said}
      </p>,
    );
  } catch (error) {
    return writing(draft, seen, visit, <Flaws problem={problemOf(error)} />);
  }
}

/** The question before a draft is published. */
async function asking(draft: Draft, seen: ReadDraft, visit: Visit, deps: HomeDeps, refused?: Child): Promise<HttpAnswer> {
  const isDraft = seen.taken.status === 'draft';
  const text = isDraft ? asPublished(draft.text) : draft.text;
  const published = text === undefined ? undefined : { ...draft, text };
  const again = published && isDraft ? await lookAt(published, visit, deps) : seen;
  if (!published || again.is !== 'read' || again.taken.status === 'draft')
    return writing(
      draft,
      seen,
      visit,
      <Flaws problem={{ detail: 'Your text counts as a draft. What says so stands beside it. Change that, and publish it then.' }} />,
    );
  const { taken, stored } = again;
  const isRevised = draft.base !== undefined && draft.base !== taken.replaces;
  const guessed = again.remarks.filter(({ kind }) => kind === 'not sure');
  const act = isTellable(stored.postmortem) ? 'Publish' : 'Store';
  return homePage({
    ...visit,
    title: `${act} “${taken.title}”?`,
    here: '/home/write',
    children: (
      <section class="panel ask">
        <h1 dir="auto">
          {act} “{taken.title}”?
        </h1>
        {refused}
        {isRevised && (
          <div class="said warn">
            <p>
              Somebody revised it since you opened it: yours was made from revision {draft.base}, and revision {taken.replaces} is stored
              now. To publish replaces that. <a href={`/home/write?from=${taken.id}`}>Look at it first</a>
            </p>
          </div>
        )}
        <Told seen={again} visit={visit} />
        <p class="m">
          {taken.replaces === 0 ? `It gets the id ${taken.id}.` : `It becomes revision ${taken.revision} of ${taken.id}.`}
          {isDraft && ' Your text says that it is a draft: that line will say that it is published.'} Mails that have left cannot be taken
          back.
        </p>
        {guessed.length > 0 && (
          <div class="said open">
            <ul>
              {guessed.map(({ what, said }) => (
                <li>{[what, ...said].join(' ')}</li>
              ))}
            </ul>
          </div>
        )}
        <form method="post" action="/home/write" enctype="multipart/form-data">
          <Travelling draft={published} visit={visit} />
          <input type="hidden" name="replaces" value={String(taken.replaces)} />
          <input type="hidden" name="text" value={published.text} />
          <div class="acts">
            <button name="press" value="publish" type="submit">
              {act} it
            </button>
            <button class="soft" name="press" value="check" type="submit">
              Back to the text
            </button>
          </div>
        </form>
      </section>
    ),
  });
}

/** Publishes what the question showed, unless something else was stored since. */
async function publishing(form: URLSearchParams, draft: Draft, seen: ReadDraft, visit: Visit, deps: HomeDeps): Promise<HttpAnswer> {
  const { type, text, id } = draft;
  const replaces = /^\d{1,9}$/.exec(form.get('replaces') ?? '')?.[0];
  if (replaces === undefined) return asking(draft, seen, visit, deps);
  const path = id === undefined ? (`/postmortems?replaces=${replaces}` as const) : (`/postmortems/${id}?replaces=${replaces}` as const);
  const { body: taken, problem } = await visit.api.ask({ method: id === undefined ? 'POST' : 'PUT', path, body: text, type }, Taken);
  if (problem?.status === 409) return asking(draft, seen, visit, deps, <Flaws problem={problem} />);
  if (problem) return writing(draft, { is: 'refused', problem }, visit);
  return published(taken, seen, visit);
}

function published(taken: Taken, seen: ReadDraft, visit: Visit): HttpAnswer {
  const said = {
    new: 'It is published.',
    changed: `Revision ${taken.revision} is published.`,
    unchanged: 'It was published already.',
    checked: '',
  };
  const isTold = isTellable(seen.stored.postmortem);
  return homePage({
    ...visit,
    title: taken.title,
    here: '/home/mine',
    children: (
      <section class="panel ask">
        <p class="said" role="status">
          {isTold ? said[taken.outcome] : 'It is stored. Nobody is told of it.'}
        </p>
        <h1 dir="auto">{taken.title}</h1>
        {isTold && <Told seen={seen} visit={visit} lead="It is told to:" none="Nothing of it is new to anybody, so no mail tells of it." />}
        <div class="acts">
          <a class="button" href={`/home/mine/${taken.id}`}>
            See where it went
          </a>
          <a class="button soft" href={`/home/write?from=${taken.id}`}>
            Revise it
          </a>
        </div>
      </section>
    ),
  });
}
