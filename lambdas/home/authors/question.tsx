/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx';
import { asPublished } from '../../../core/authoring/as-published.ts';
import { labelsOf } from '../../../core/distribution/severity-label.ts';
import { isTellable } from '../../../core/postmortem/postmortem.ts';
import type { StoredPostmortem } from '../../../core/postmortem/stored-postmortem.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { HomeDeps } from '../deps.ts';
import type { Visit } from '../guard.ts';
import { homePage } from '../shell.tsx';
import { type Draft, isRevised, isSame, lookAt, mayOpen, type ReadDraft, replacedBy } from './draft.ts';
import { RevisedMeanwhile, Told, Travelling } from './draft-view.tsx';

export type Storing = 'publish' | 'keep as a draft';

/**
 * The question before a draft is published, or stored as the draft that it says it is. Undefined if
 * it counts as a draft, and no single line says so that could say that it is published.
 */
export async function questionOf(
  storing: Storing,
  { draft, seen, refused }: { readonly draft: Draft; readonly seen: ReadDraft; readonly refused?: Child },
  visit: Visit,
  deps: HomeDeps,
): Promise<HttpAnswer | undefined> {
  const isDraft = seen.taken.status === 'draft';
  const text = isDraft && storing === 'publish' ? asPublished(draft.text) : draft.text;
  if (text === undefined) return undefined;
  const sent = { ...draft, text };
  const again = isDraft ? await lookAt(sent, visit, deps, storing === 'keep as a draft') : seen;
  if (again.is !== 'read' || (storing === 'publish' && again.taken.status === 'draft')) return undefined;
  const all = { sent, seen: again, visit };
  if (isSame(again)) return nothingNew(all, again.before !== undefined && (await mayOpen(again.before, visit, deps)));
  return question({ ...all, isChanged: text !== draft.text, refused });
}

interface Asking {
  /** As it would be sent. */
  readonly sent: Draft;
  readonly seen: ReadDraft;
  readonly visit: Visit;
}

function question({
  sent,
  seen,
  visit,
  isChanged,
  refused,
}: Asking & { readonly isChanged: boolean; readonly refused: Child }): HttpAnswer {
  const { taken, stored, before } = seen;
  const replaced = replacedBy(seen, visit);
  const isLate = isRevised(sent, seen);
  const isTold = isTellable(stored.postmortem);
  const isDraft = stored.postmortem.status === 'draft';
  const isDanger = replaced !== undefined || isLate;
  const title = replaced
    ? `Replace “${replaced.postmortem.title}” ${whoseWords(replaced, stored)}?`
    : `${isTold ? 'Publish' : 'Store'} “${taken.title}”${isDraft ? ' as a draft' : ''}?`;
  const yes = isDanger ? `Replace revision ${taken.replaces}` : isDraft ? 'Store it as a draft' : isTold ? 'Publish it' : 'Store it';
  // What the question itself says is not said again below it.
  const isSaid = (what: string) => (isDraft && what === 'It says draft') || (replaced !== undefined && what.startsWith('This replaces "'));
  const guessed = seen.remarks.filter(({ kind, what }) => kind === 'not sure' && !isSaid(what));
  return homePage({
    ...visit,
    title,
    here: '/home/write',
    children: (
      <section class={`panel ask ${isDanger ? 'risky' : ''}`}>
        <h1 dir="auto">{title}</h1>
        {refused}
        {replaced && <Replaced replaced={replaced} stored={stored} visit={visit} />}
        {isLate && <RevisedMeanwhile draft={sent} seen={seen} />}
        <Told
          seen={seen}
          visit={visit}
          lead={isTold ? undefined : 'If you store it, these are told:'}
          none={isTold ? undefined : `Nobody is told of it: it is ${isDraft ? 'a draft' : stateWord(stored)}.`}
        />
        <p class="m">
          {taken.replaces === 0 ? `It gets the id ${taken.id}.` : `It becomes revision ${taken.revision} of ${taken.id}.`}
          {isChanged && ' Your text says that it is a draft: that line will say that it is published.'}
          {(isTold || (before?.editions.length ?? 0) > 0) && ' Mails that have left cannot be taken back.'}
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
          <Travelling draft={sent} visit={visit} />
          <input type="hidden" name="replaces" value={String(taken.replaces)} />
          <input type="hidden" name="text" value={sent.text} />
          <div class="acts">
            <button class={isDanger ? 'danger' : ''} name="press" value="publish" type="submit">
              {yes}
            </button>
            <BackToText />
          </div>
        </form>
      </section>
    ),
  });
}

const BackToText = () => (
  <button class="soft" name="press" value="check" type="submit">
    Back to the text
  </button>
);

const stateWord = ({ postmortem: { status, restricted } }: StoredPostmortem) => (restricted ? 'restricted' : status);

/** `of Network`. Of the same team: of another incident. */
function whoseWords({ postmortem }: StoredPostmortem, { postmortem: { owningTeam } }: StoredPostmortem): string {
  if (postmortem.owningTeam === undefined) return 'that somebody else sent';
  return postmortem.owningTeam === owningTeam ? 'of another incident' : `of ${postmortem.owningTeam}`;
}

const Replaced = ({
  replaced,
  stored,
  visit,
}: {
  readonly replaced: StoredPostmortem;
  readonly stored: StoredPostmortem;
  readonly visit: Visit;
}) => {
  const labels = labelsOf(visit.distribution);
  const told = ({ postmortem: { title, severity, owningTeam } }: StoredPostmortem) =>
    [title, labels[severity], ...(owningTeam === undefined ? [] : [owningTeam])].join(' · ');
  return (
    <div class="said warn">
      <p>If yours is another incident, go back and give it an id of its own. Its readers get yours in place of what is stored.</p>
      <dl>
        <dt>Stored now, revision {replaced.revision}</dt>
        <dd dir="auto">{told(replaced)}</dd>
        <dt>Yours</dt>
        <dd dir="auto">{told(stored)}</dd>
      </dl>
    </div>
  );
};

/** In place of the question, where sending it would store nothing. */
function nothingNew({ sent, seen: { taken, before }, visit }: Asking, opens: boolean): HttpAnswer {
  const title = `“${taken.title}” is ${before && isTellable(before.postmortem) ? 'published' : 'stored'} already`;
  return homePage({
    ...visit,
    title,
    here: '/home/write',
    children: (
      <section class="panel ask">
        <h1 dir="auto">{title}</h1>
        <p>
          It says what revision {taken.revision} of {taken.id} says. There is nothing to publish, and nobody is told again.
        </p>
        <form method="post" action="/home/write" enctype="multipart/form-data">
          <Travelling draft={sent} visit={visit} />
          <input type="hidden" name="text" value={sent.text} />
          <div class="acts">
            {opens && (
              <a class="button" href={`/home/mine/${taken.id}`}>
                See where it went
              </a>
            )}
            <BackToText />
          </div>
        </form>
      </section>
    ),
  });
}
