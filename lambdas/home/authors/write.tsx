/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { printMoment } from '../../../core/calendar/print.ts';
import { textToRevise } from '../../../core/intake/text-to-revise.ts';
import { template } from '../../../core/postmortem/template.ts';
import { toInstant } from '../../../core/shared/instant.ts';
import { leaveLine } from '../../operator/deps.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { authorPage, type Visit } from '../guard.ts';
import { howToBeSure } from '../refusals.ts';
import { homePage } from '../shell.tsx';
import {
  type Draft,
  draftOf,
  isRevised,
  isSame,
  lookAt,
  mayOpen,
  openedFor,
  problemOf,
  type ReadDraft,
  type SeenDraft,
  Taken,
} from './draft.ts';
import { Audiences, DraftForm, Flaws, InSlack, Instead, Next, Remarks, RevisedMeanwhile, zoneOf } from './draft-view.tsx';
import { questionOf, type Storing } from './question.tsx';
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
      const opened = await openedFor(from, visit, deps);
      if ('answer' in opened) return opened.answer;
      const { stored } = opened;
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
        if (seen.is === 'blank')
          return writing(draft, seen, visit, undefined, 'There is nothing to check yet. Write something, or choose a file.');
        if (seen.is !== 'read') return writing(draft, seen, visit);
        // Nothing is sent of a file that took the place of a text before its author saw it.
        if (draft.instead !== undefined) return writing(draft, seen, visit);
        switch (form.get('press')) {
          case 'test':
            return testing(form, draft, seen, visit, deps);
          case 'ask':
            return asking('publish', draft, seen, visit, deps);
          case 'keep':
            return asking('keep as a draft', draft, seen, visit, deps);
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

/**
 * The draft with the answers beside it. `notice` stands above them. `nothing`: what is said at the
 * field if there is no text.
 */
function writing(draft: Draft, seen: SeenDraft, visit: Visit, notice?: Child, nothing?: string): HttpAnswer {
  const flaw = draft.flaw === undefined ? nothing : undefined;
  const title = seen.is === 'read' ? seen.taken.title : draft.id === undefined ? 'Write a postmortem' : 'Revise a postmortem';
  return homePage({
    ...visit,
    title,
    here: '/home/write',
    status: seen.is === 'refused' || seen.is === 'taken' || draft.flaw !== undefined || flaw !== undefined ? 422 : 200,
    children: (
      <>
        <p class="pills">
          <span class="pill bare">{revisionWords(draft, seen)}</span>
          {seen.is === 'read' && <span class="pill bare">Id {seen.taken.id}</span>}
          <span class="pill bare">Nobody else sees it</span>
        </p>
        <h1 dir="auto">{title}</h1>
        <p class="m">
          {seen.is === 'read' && `Checked ${printMoment(toInstant(visit.now), visit.now, zoneOf(visit))}. `}
          It is kept nowhere before you publish or store it: if you close this page, it is gone.
        </p>
        {draft.instead !== undefined && draft.flaw === undefined && <Instead instead={draft.instead} />}
        {notice}
        {seen.is === 'read' && isRevised(draft, seen) && <RevisedMeanwhile draft={draft} seen={seen} />}
        {draft.flaw !== undefined && <Flaws problem={{ detail: `The file ${draft.flaw}. Save it in UTF-8 and choose it again.` }} />}
        {seen.is === 'refused' && <Flaws problem={seen.problem} />}
        {seen.is === 'taken' && <Flaws problem={{ detail: takenWords(seen) }} />}
        {seen.is === 'read' ? (
          <>
            <div class="beside">
              <DraftForm draft={draft} visit={visit} />
              <Remarks remarks={seen.remarks} />
            </div>
            <Audiences seen={seen} visit={visit} />
            <InSlack seen={seen} visit={visit} />
            <Next seen={seen} visit={visit} />
          </>
        ) : (
          <>
            <DraftForm draft={draft} visit={visit} flaw={flaw} />
            {seen.is === 'refused' && seen.rest && <Remarks remarks={seen.rest} isRest />}
          </>
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

const takenWords = ({ id, isUnsure }: Extract<SeenDraft, { is: 'taken' }>): string =>
  isUnsure
    ? `A postmortem of which nobody is told has the id ${id}, and names an author who may be you, and may be somebody else of that name. ${howToBeSure}`
    : `Another postmortem has the id ${id}. Give yours an id of its own.`;

/** The revision that it would be now, whatever it was when the draft was opened. */
function revisionWords({ id, base = 0 }: Draft, seen: SeenDraft): string {
  if (seen.is !== 'read') return id === undefined ? 'Draft' : `Draft of revision ${base + 1}`;
  const { taken } = seen;
  if (isSame(seen)) return `Revision ${taken.revision}, as it is stored`;
  return taken.replaces === 0 ? 'Draft' : `Draft of revision ${taken.revision}`;
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

/** Asks before the draft is published or stored. */
async function asking(storing: Storing, draft: Draft, seen: ReadDraft, visit: Visit, deps: HomeDeps, refused?: Child): Promise<HttpAnswer> {
  const detail = 'Your text counts as a draft. What says so stands beside it. Change that, and publish it then.';
  return (await questionOf(storing, { draft, seen, refused }, visit, deps)) ?? writing(draft, seen, visit, <Flaws problem={{ detail }} />);
}

/** Sends what the question showed, unless something else was stored since. */
async function publishing(form: URLSearchParams, draft: Draft, seen: ReadDraft, visit: Visit, deps: HomeDeps): Promise<HttpAnswer> {
  const { type, text, id } = draft;
  // The question that was answered wrote into the text what it is to be.
  const storing = seen.taken.status === 'draft' ? 'keep as a draft' : 'publish';
  const replaces = /^\d{1,9}$/.exec(form.get('replaces') ?? '')?.[0];
  if (replaces === undefined) return asking(storing, draft, seen, visit, deps);
  const path = id === undefined ? (`/postmortems?replaces=${replaces}` as const) : (`/postmortems/${id}?replaces=${replaces}` as const);
  const { body: taken, problem } = await visit.api.ask({ method: id === undefined ? 'POST' : 'PUT', path, body: text, type }, Taken);
  if (problem?.status === 409) return asking(storing, draft, seen, visit, deps, <Flaws problem={problem} />);
  if (problem) return writing(draft, { is: 'refused', problem }, visit);
  // Who sends what somebody else stored does not get to see where that went.
  if (taken.outcome === 'unchanged' && seen.before && !(await mayOpen(seen.before, visit, deps)))
    return asking(storing, draft, seen, visit, deps);
  return seeOther(`/home/mine/${encodeURIComponent(taken.id)}?done=${taken.outcome === 'unchanged' ? 'same' : 'published'}`);
}
