/** @jsxImportSource hono/jsx */
import { BrakeAnswer, EditionAnswer } from '../../../core/operator/api.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import type { HomePath } from '../env.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { type Asked, editionPath, question, Said } from '../parts.tsx';
import { refusedBy } from '../refusals.ts';
import { homePage } from '../shell.tsx';
import { counted, kindOf } from '../words.ts';

type How = 'pause' | 'resume' | 'recall';
interface Brake extends Pick<Asked, 'yes' | 'isDanger'> {
  readonly path: HomePath;
  readonly title: (what: string) => string;
  readonly says: (edition: EditionAnswer) => readonly string[];
  readonly no: string;
}

const brakes: Readonly<Record<How, Brake>> = {
  pause: {
    path: '/editions/{edition}/pause',
    title: (what) => `Pause “${what}”?`,
    says: () => ['Sending stops within seconds. Nothing is lost: it can be resumed.'],
    yes: 'Pause it',
    no: 'Keep it going',
  },
  resume: {
    path: '/editions/{edition}/resume',
    title: (what) => `Resume “${what}”?`,
    says: () => ['Sending continues within a minute where it stopped.'],
    yes: 'Resume it',
    no: 'Keep it paused',
  },
  recall: {
    path: '/editions/{edition}/recall',
    title: (what) => `Recall “${what}”?`,
    says: ({ counts }) => [
      `${haveIt(counts.accepted ?? 0)} Everyone who has no mail yet gets none. Mails already handed over still leave.`,
      'Other mails about the same incident have brakes of their own.',
      'This cannot be undone. It is written to the audit log. To think about it first, pause it.',
    ],
    yes: 'Recall it',
    no: 'Keep it',
    isDanger: true,
  },
};

const haveIt = (readers: number) =>
  readers === 0
    ? 'Nobody is known to have it so far.'
    : `${counted(readers, 'reader has it and is', 'readers have it and are')} told nothing.`;

/** Ask whether to hold an edition back or to let it go on, and do it. */
export const brakePages = (deps: HomeDeps): PageRoute[] => (['pause', 'resume', 'recall'] as const).map((how) => brakePage(how, deps));

const isOver = ({ state }: EditionAnswer) => state === 'complete' || state === 'recalled' || state === 'superseded';

const tooLate = (visit: Visit, { edition, subject, state }: EditionAnswer, how: How) =>
  homePage({
    ...visit,
    title: `Nothing to ${how}`,
    here: '/home',
    children: (
      <>
        <h1>Nothing to {how}</h1>
        <Said>
          “{subject}” is {state}: it sends nothing more, and a mail that has left cannot be taken back.
        </Said>
        <p>
          <a href={editionPath(edition)}>Back to the edition</a>
        </p>
      </>
    ),
  });

const brakePage = (how: How, deps: HomeDeps): PageRoute => {
  const { path, title, says, no, ...looks } = brakes[how];
  return operatorPage(deps, {
    path,
    asks: true,
    async get(visit) {
      const id = visit.request.params.edition ?? '';
      const edition = await visit.api.read(`/operator/editions/${encodeURIComponent(id)}`, EditionAnswer);
      if (isOver(edition)) return tooLate(visit, edition, how);
      return question({
        ...visit,
        ...looks,
        title: title(edition.subject),
        here: '/home',
        says: [`${kindOf(edition, visit.distribution)}, ${edition.edition}.`, ...says(edition)],
        action: editionPath(edition.edition, `/${how}`),
        no: { words: no, href: editionPath(edition.edition) },
      });
    },
    post: {
      async answer({ request, api }) {
        const id = request.params.edition ?? '';
        const { body, problem } = await api.ask(
          { method: 'POST', path: `/operator/editions/${encodeURIComponent(id)}/${how}` },
          BrakeAnswer,
        );
        return problem ? refusedBy(problem, editionPath(id)) : seeOther(editionPath(body.edition, `?done=${how}`));
      },
    },
  });
};
