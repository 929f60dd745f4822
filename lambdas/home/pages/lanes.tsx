/** @jsxImportSource hono/jsx */
import { DeadLettersAnswer, EditionsAnswer, Lane, LaneAnswer, RedriveAnswer } from '../../../core/operator/api.ts';
import type { PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { LaneTable, letterLine } from '../lanes.tsx';
import { question, Said, When } from '../parts.tsx';
import { notHere, refusedBy } from '../refusals.ts';
import { homePage } from '../shell.tsx';
import { counted, laneWords } from '../words.ts';

/** The lanes with their brakes, and the messages that could not be handled. */
export const lanePages = (deps: HomeDeps): PageRoute[] => [
  operatorPage(deps, {
    path: '/lanes',
    async get(visit) {
      const [{ lanes }, deadLetters] = await Promise.all([
        visit.api.read('/operator/editions?limit=1', EditionsAnswer),
        visit.api.read('/operator/dead-letters', DeadLettersAnswer),
      ]);
      return homePage({
        ...visit,
        title: 'Lanes',
        here: '/home/lanes',
        children: (
          <>
            <h1>Lanes</h1>
            <Done query={visit.request.query} />
            <section class="panel">
              <LaneTable held={lanes} deadLetters={deadLetters} visit={visit} />
            </section>
            <DeadLetters deadLetters={deadLetters} visit={visit} />
          </>
        ),
      });
    },
  }),
  operatorPage(deps, {
    path: '/lanes/{lane}/pause',
    asks: true,
    async get(visit) {
      const lane = Lane.safeParse(visit.request.params.lane).data;
      if (!lane) return notHere();
      const { name, carries } = laneWords[lane];
      return question({
        ...visit,
        title: `Pause the lane ${name}?`,
        here: '/home/lanes',
        says: [
          `${carries}. None of it leaves until the lane is resumed.`,
          'Sending stops within seconds. Nothing is lost, and no alarm rings for what is late.',
        ],
        action: `/home/lanes/${lane}/pause`,
        yes: 'Pause it',
        no: { words: 'Keep it going', href: '/home/lanes' },
        isDanger: true,
      });
    },
    post: { answer: (visit) => brake('pause', visit, visit.request.params.lane) },
  }),
  operatorPage(deps, {
    path: '/lanes/{lane}/resume',
    asks: true,
    async get(visit) {
      const lane = Lane.safeParse(visit.request.params.lane).data;
      if (!lane) return notHere();
      return question({
        ...visit,
        title: `Resume the lane ${laneWords[lane].name}?`,
        here: '/home/lanes',
        says: ['Sending continues within a minute. A lane that SES stopped is tried again at once.'],
        action: `/home/lanes/${lane}/resume`,
        yes: 'Resume it',
        no: { words: 'Leave it', href: '/home/lanes' },
      });
    },
    post: { answer: (visit) => brake('resume', visit, visit.request.params.lane) },
  }),
  operatorPage(deps, {
    path: '/dead-letters/{queue}/redrive',
    asks: true,
    async get(visit) {
      const { queues } = await visit.api.read('/operator/dead-letters', DeadLettersAnswer);
      const found = queues.find(({ queue }) => queue === visit.request.params.queue);
      if (!found?.canRedrive) return notHere();
      return question({
        ...visit,
        title: `Move the dead letters of ${found.queue} back?`,
        here: '/home/lanes',
        says: [
          `${counted(found.letters, 'message')} will be tried again. Mend first what made them fail, or they come back.`,
          'Nobody gets a mail a second time by this: what was sent is known.',
        ],
        action: `/home/dead-letters/${encodeURIComponent(found.queue)}/redrive`,
        yes: 'Move them back',
        no: { words: 'Leave them', href: '/home/lanes' },
      });
    },
    post: {
      async answer({ api, request }) {
        const queue = request.params.queue ?? '';
        const { body, problem } = await api.ask({ method: 'POST', path: '/operator/dead-letters/redrive', body: { queue } }, RedriveAnswer);
        if (problem) return problem.status === 404 ? notHere() : refusedBy(problem, '/home/lanes');
        return seeOther(`/home/lanes?done=${body.state === 'empty' ? 'empty' : 'redrive'}`);
      },
    },
  }),
];

async function brake(how: 'pause' | 'resume', { api }: Visit, name: string | undefined) {
  const lane = Lane.safeParse(name).data;
  if (!lane) return notHere();
  const { problem } = await api.ask({ method: 'POST', path: `/operator/lanes/${lane}/${how}` }, LaneAnswer);
  return problem ? refusedBy(problem, '/home/lanes') : seeOther(`/home/lanes?done=${how}`);
}

const said: Readonly<Record<string, string>> = {
  pause: 'Sending on the lane stops within seconds. Its state stands below.',
  resume: 'Sending on the lane continues within a minute.',
  redrive: 'The messages are being moved back. SQS needs seconds to minutes for it.',
  empty: 'There was nothing to move.',
};

const Done = ({ query }: { readonly query: URLSearchParams }) => {
  const words = said[query.get('done') ?? ''];
  return words === undefined ? null : <Said>{words}</Said>;
};

const DeadLetters = ({ deadLetters: { queues }, visit }: { readonly deadLetters: DeadLettersAnswer; readonly visit: Visit }) => (
  <section class="panel" aria-labelledby="letters">
    <h2 id="letters">Dead letters</h2>
    {queues.length === 0 && <p>There are none: every message was handled.</p>}
    {queues.map(({ queue, letters, first, canRedrive, redrive }) => (
      <article id={queue}>
        <h3>
          {queue}: {counted(letters, 'message')}
        </h3>
        <ul>
          {first.map((letter) => (
            <li>
              {letterLine(letter)}{' '}
              <small class="m">
                Sent <When at={letter.sentAt} visit={visit} />.
              </small>
            </li>
          ))}
        </ul>
        {redrive && (
          <p class="m">
            Moving them back: {redrive.state}, {counted(redrive.moved, 'message')} so far.
            {redrive.failure && ` ${redrive.failure}`}
          </p>
        )}
        {canRedrive && (
          <p class="acts">
            <a class="button soft" href={`/home/dead-letters/${encodeURIComponent(queue)}/redrive`}>
              Move them back
            </a>
          </p>
        )}
      </article>
    ))}
  </section>
);
