/** @jsxImportSource hono/jsx */
import { homeRights } from '../../../core/access/home-rights.ts';
import { clockWarnings } from '../../../core/distribution/clock-warnings.ts';
import { contentWarnings } from '../../../core/distribution/content-warnings.ts';
import { parseDistribution } from '../../../core/distribution/parse-distribution.ts';
import { placed } from '../../../core/distribution/placed.ts';
import { ConfigurationAnswer, type Problem } from '../../../core/operator/api.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { operatorPage, type Visit } from '../guard.ts';
import { Said } from '../parts.tsx';
import { homePage, Proof } from '../shell.tsx';
import { counted } from '../words.ts';

const route = '/operator/configuration';
/** A file of 256 KB, as a form sends it. */
const maxBytes = 1024 * 1024;

type Told = ConfigurationAnswer['warnings'][number];

interface Tried {
  readonly text: string;
  readonly shown?: ConfigurationAnswer;
  readonly problem?: Problem;
}

/** The distribution file in force, and what another one would change. */
export const inForcePage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/in-force',
    get: (visit) => show(visit, visit.request.query.get('done') === 'applied'),
    post: { maxBytes, answer: (visit) => (visit.request.form.get('press') === 'apply' ? apply(visit) : tryOut(visit)) },
  });

type Pressed = Visit & { readonly request: FormPost };
const textIn = ({ form }: FormPost) => (form.get('file') ?? '').replaceAll('\r\n', '\n');

async function tryOut(visit: Pressed): Promise<HttpAnswer> {
  const text = textIn(visit.request);
  const asked = { method: 'PUT', path: `${route}?dryRun=true`, body: text, type: 'text/yaml' } as const;
  const { body, problem } = await visit.api.ask(asked, ConfigurationAnswer);
  return show(visit, false, problem ? { text, problem } : { text, shown: body });
}

/** Applies what was shown and nothing else. */
async function apply(visit: Pressed): Promise<HttpAnswer> {
  const { request, api } = visit;
  const text = textIn(request);
  const query = new URLSearchParams({ dryRun: 'false', shownAgainst: request.form.get('against') ?? 'none' });
  const { problem } = await api.ask({ method: 'PUT', path: `${route}?${query}`, body: text, type: 'text/yaml' }, ConfigurationAnswer);
  return problem ? show(visit, false, { text, problem }) : seeOther('/home/in-force?done=applied');
}

async function show(visit: Visit, isApplied: boolean, tried?: Tried): Promise<HttpAnswer> {
  const inForce = await visit.api.read(route, ConfigurationAnswer);
  return homePage({
    ...visit,
    title: 'In force',
    here: '/home/in-force',
    status: tried?.problem?.status ?? 200,
    children: (
      <>
        <h1>In force</h1>
        <p class="m">
          The distribution file says who gets what, when, and who may do what here. Version <code>{inForce.hash.slice(0, 12)}</code>.
        </p>
        {isApplied && <Said>The file is applied. It is in force below.</Said>}
        {tried?.problem && <Refused problem={tried.problem} />}
        {tried?.shown && <Difference tried={{ ...tried, shown: tried.shown }} visit={visit} />}
        {!tried?.shown && <Deployed needs={inForce.needsDeploy} stack={inForce.stack} />}
        <section class="panel" aria-labelledby="file">
          <h2 id="file">The file in force</h2>
          <details>
            <summary>Show it</summary>
            <p>Without the comments of the file that was applied.</p>
            <div class="doc">
              <pre tabindex={0}>{inForce.file}</pre>
            </div>
          </details>
        </section>
        <form class="panel" method="post" action="/home/in-force">
          <h2>{tried ? 'Try it again' : 'Try another file'}</h2>
          <p>Paste a whole distribution.yaml. You see what it would change before anything is applied.</p>
          <Proof signed={visit.signed} />
          <label class="field">
            distribution.yaml
            <textarea name="file" rows={14} required spellcheck={false} aria-invalid={tried?.problem ? 'true' : undefined}>
              {tried?.text ?? ''}
            </textarea>
          </label>
          <p class="acts">
            <button type="submit" name="press" value="try">
              Show what it would change
            </button>
          </p>
        </form>
      </>
    ),
  });
}

const Refused = ({ problem: { detail, errors = [] } }: { readonly problem: Problem }) => (
  <section class="said warn" role="alert">
    <p>{detail ?? 'Nothing was applied.'}</p>
    {errors.length > 0 && (
      <ul>
        {errors.map(({ field, problem, remedy, line, column }) => (
          <li>
            {placeOf({ line, column })}
            {field && <strong>{field} </strong>}
            {problem}. {remedy}
          </li>
        ))}
      </ul>
    )}
  </section>
);

const placeOf = ({ line, column }: Pick<Told, 'line' | 'column'>) =>
  line === undefined ? '' : `Line ${line}${column === undefined ? '' : `, column ${column}`}: `;

const Difference = ({
  tried: { text, shown },
  visit,
}: {
  readonly tried: Tried & { shown: ConfigurationAnswer };
  readonly visit: Visit;
}) => {
  const { changes, inForce = 'none', needsDeploy, stack } = shown;
  if (changes.length === 0) return <Said>It changes nothing: this file is in force.</Said>;
  return (
    <section class="panel" aria-labelledby="difference">
      <h2 id="difference">It would change {counted(changes.length, 'value')}</h2>
      <Warnings text={text} now={visit.now} ofStack={shown.warnings} />
      {losesRights(text, visit) && (
        <p class="said warn">You would no longer be an operator: this file does not name you. Somebody else would have to undo it.</p>
      )}
      <table class="list">
        <caption class="unseen">Changes</caption>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">In force</th>
            <th scope="col">Then</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ path, before, after }) => (
            <tr>
              <th scope="row">{path}</th>
              <td data-label="In force">{before ?? <span class="m">not there</span>}</td>
              <td data-label="Then">{after ?? <span class="m">gone</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {needsDeploy.length > 0 && <NeedsDeploy needs={needsDeploy} stack={stack} />}
      <form method="post" action="/home/in-force">
        <Proof signed={visit.signed} />
        <input type="hidden" name="file" value={text} />
        <input type="hidden" name="against" value={inForce} />
        <p class="acts">
          <button class={losesRights(text, visit) ? 'danger' : ''} type="submit" name="press" value="apply">
            Apply {counted(changes.length, 'change')}
          </button>
          <a class="button soft" href="/home/in-force">
            Leave it
          </a>
        </p>
      </form>
    </section>
  );
};

/**
 * What the file may say and hardly means, hours that a change of the clocks skips, and what would
 * have no effect on this stack.
 */
const Warnings = ({ text, now, ofStack }: { readonly text: string; readonly now: Date; readonly ofStack: readonly Told[] }) => {
  const read = parseDistribution(text);
  const ofFile = 'flaws' in read ? [] : [...clockWarnings(read.distribution, now), ...contentWarnings(read.distribution)];
  const warnings = [...placed(text, ofFile), ...ofStack];
  return warnings.length === 0 ? null : (
    <ul class="said open">
      {warnings.map(({ field, problem, remedy, line, column }) => (
        <li>
          {placeOf({ line, column })}
          <strong>{field}</strong> {problem}. {remedy}
        </li>
      ))}
    </ul>
  );
};

const losesRights = (text: string, { signed }: Visit): boolean => {
  const read = parseDistribution(text);
  return !('flaws' in read) && !homeRights(signed.profile, read.distribution).isOperator;
};

const Deployed = ({ needs, stack }: { readonly needs: readonly string[]; readonly stack: string | undefined }) => (
  <section class="panel" aria-labelledby="deployed">
    <h2 id="deployed">{needs.length === 0 ? 'It is deployed' : 'It is not deployed everywhere'}</h2>
    {needs.length === 0 ? (
      <p>Schedules, zone, domains and senders of the stack are those of this file.</p>
    ) : (
      <NeedsDeploy needs={needs} stack={stack} />
    )}
  </section>
);

/** What `npm start` runs has nothing to deploy: it is made from its file at each start. */
const onThisMachine = 'afterword-laptop';

const NeedsDeploy = ({ needs, stack }: { readonly needs: readonly string[]; readonly stack: string | undefined }) => (
  <>
    <p>
      These take effect only when the stack is made from this file. Until then it has the schedules, domains and senders that it was made
      from:
    </p>
    <ul>
      {needs.map((path) => (
        <li>
          <code>{path}</code>
        </li>
      ))}
    </ul>
    {needs.some((path) => path.startsWith('senders.')) && (
      <p>SES refuses mail from a sender that is not deployed. The lane stops then, and mail that is due waits.</p>
    )}
    {stack === onThisMachine ? (
      <p>
        Stop <code>npm start</code> and start it with this file: <code>npm start -- --distribution distribution.yaml</code>.
      </p>
    ) : (
      <p>
        Deploy with this file: <code>npm run deploy{stack ? ` -- ${stack}` : ''}</code>.
      </p>
    )}
  </>
);
