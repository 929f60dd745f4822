/** @jsxImportSource hono/jsx */
import { SetAnswer, ShowAnswer, type ShownPerson } from '../../../core/operator/api.ts';
import { outcomeWords } from '../../../core/operator/outcome-words.ts';
import { zones } from '../../../core/shared/zone.ts';
import { SubscriberId } from '../../../core/subscriber/subscriber.ts';
import type { HttpAnswer } from '../../shared/http-answer.ts';
import type { FormPost, PageRoute } from '../../shared/pages/page-route.ts';
import { seeOther } from '../../shared/pages/see-other.ts';
import type { HomeDeps } from '../deps.ts';
import { Flaw, type Flaws, flawed, flawsAt, TextField } from '../fields.tsx';
import { operatorPage, type Visit } from '../guard.ts';
import { editionPath, Said, When } from '../parts.tsx';
import { noSuchPerson, refusedBy } from '../refusals.ts';
import { homePage, Proof } from '../shell.tsx';
import { StatePills } from './list.tsx';
import { choicesFor, joinedWords, personPath } from './words.ts';

const texts = ['name', 'team', 'role', 'zone', 'handles'] as const;

/** One person: what they get and why, what can be set, and what can be done. */
export const personPage = (deps: HomeDeps): PageRoute =>
  operatorPage(deps, {
    path: '/people/{person}',
    async get(visit) {
      const shown = await personOf(visit, visit.request.params.person);
      return shown ? show({ visit, ...shown, done: visit.request.query.get('done') }) : noSuchPerson();
    },
    post: { answer: set, maxBytes: 16 * 1024 },
  });

export interface PersonShown {
  readonly person: ShownPerson;
  readonly teams: readonly string[];
  readonly roles: readonly string[];
}

/** The person with this id, with their last mails. Undefined if there is nobody. */
export async function personOf({ api }: Pick<Visit, 'api'>, sid: string | undefined): Promise<PersonShown | undefined> {
  if (!SubscriberId.safeParse(sid).success) return undefined;
  const { body } = await api.ask({ method: 'POST', path: '/operator/people/show', body: { person: sid, mails: true } }, ShowAnswer);
  const [person] = body?.people ?? [];
  return body && person && { person, teams: body.teams, roles: body.roles };
}

/** Sends only what differs from what the page showed, so that nobody else's change is undone. */
async function set(visit: Visit & { readonly request: FormPost }): Promise<HttpAnswer> {
  const { api, request } = visit;
  const shown = await personOf(visit, request.params.person);
  if (!shown) return noSuchPerson();
  const { person } = shown;
  const value = (name: string) => request.form.get(name)?.trim();
  const isChanged = (name: string) => value(name) !== undefined && value(name) !== (request.form.get(`was.${name}`) ?? '');
  const about = texts.flatMap((name) => (isChanged(name) ? [[name, value(name)]] : []));
  const streams = person.streams.flatMap(({ stream }) => (isChanged(`stream.${stream}`) ? [[stream, value(`stream.${stream}`)]] : []));
  if (about.length + streams.length === 0) return seeOther(personPath(person.sid, '?done=same'));
  const body = { person: person.sid, ...Object.fromEntries(about), ...(streams.length > 0 && { streams: Object.fromEntries(streams) }) };
  const { body: answer, problem } = await api.ask({ method: 'POST', path: '/operator/people/set', body }, SetAnswer);
  if (problem) {
    if (problem.status === 404) return noSuchPerson();
    const flaws = flawsAt(problem, fieldFor);
    return flaws ? show({ visit, ...shown, typed: request.form, flaws }) : refusedBy(problem, personPath(person.sid));
  }
  const { changed, unknownTeams, unknownRoles } = answer;
  const isUnknown = (changed.includes('team') && unknownTeams.length > 0) || (changed.includes('role') && unknownRoles.length > 0);
  return seeOther(personPath(answer.sid, changed.length === 0 ? '?done=same' : isUnknown ? '?done=unknown' : '?done=set'));
}

const textOf = (person: ShownPerson, name: (typeof texts)[number]): string =>
  (name === 'handles' ? person.handles.join(' ') : person[name]) ?? '';

function fieldFor(field: string): string | undefined {
  if (texts.some((name) => name === field)) return field;
  return field.startsWith('streams.') ? `stream.${field.slice('streams.'.length)}` : undefined;
}

const said: Readonly<Record<string, string>> = {
  set: 'Saved. The next mails are made by it. The audit log keeps that you changed it.',
  unknown: 'Saved. The distribution file does not name this team or role, so nothing follows from it. Look at how it is written.',
  same: 'Nothing was changed: it is so already.',
  suspended: 'Suspended. No mail goes to them until an operator ends it.',
  unsuspended: 'They get mail again, with the settings that they had.',
  lifted: 'They are mailed again. SES has a list of its own: remove the address from it, too (aws sesv2 delete-suppressed-destination).',
};

interface Shown extends PersonShown {
  readonly visit: Visit;
  readonly done?: string | null;
  /** What was sent and refused. */
  readonly typed?: URLSearchParams | undefined;
  readonly flaws?: Flaws;
}

const show = ({ visit, person, teams, roles, done, typed, flaws = {} }: Shown): HttpAnswer => {
  const words = said[done ?? ''];
  return homePage({
    ...visit,
    title: person.name ?? 'One person',
    here: '/home/people',
    status: typed ? 422 : 200,
    children: (
      <>
        <p>
          <a href="/home/people">People</a>
        </p>
        <h1>{person.name ?? person.address}</h1>
        <p class="m">{person.address}</p>
        <StatePills isSuspended={person.suspended !== undefined} {...person} />
        {words && <Said>{words}</Said>}
        {typed && (
          <div class="said warn" role="alert">
            <p>Nothing was changed. Correct what is marked below.</p>
          </div>
        )}
        <div class="beside">
          <SetForm {...{ visit, person, teams, roles, typed, flaws }} />
          <div>
            <Stops person={person} visit={visit} />
            <Acts person={person} visit={visit} />
          </div>
        </div>
        <Mails person={person} visit={visit} />
      </>
    ),
  });
};

type FormProps = Pick<Shown, 'visit' | 'person' | 'teams' | 'roles' | 'flaws' | 'typed'>;

function SetForm({ visit, person, teams, roles, typed, flaws = {} }: FormProps) {
  const now = (name: (typeof texts)[number]) => ({ name, value: typed?.get(name) ?? textOf(person, name), flaws });
  const zoneHint = person.zone ? undefined : `Empty: ${person.shownZone}, as the organisation.`;
  return (
    <form class="panel" method="post" action={personPath(person.sid)}>
      <h2>What they get</h2>
      <Proof signed={visit.signed} />
      {texts.map((name) => (
        <input type="hidden" name={`was.${name}`} value={typed?.get(`was.${name}`) ?? textOf(person, name)} />
      ))}
      <ul class="found">
        {person.streams.map((stream) => (
          <StreamRow {...{ stream, typed, flaws, visit }} />
        ))}
      </ul>
      <h2>Who they are</h2>
      <TextField {...now('name')} label="Name" />
      <TextField {...now('team')} label="Team" offers={teams} />
      <TextField {...now('role')} label="Role" offers={roles} hint="A new role brings its streams that they never had." />
      <TextField {...now('zone')} label="Time zone" offers={zones()} {...(zoneHint && { hint: zoneHint })} />
      <TextField {...now('handles')} label="Handles" hint="Names in chats and repositories by which action items call them." />
      <p class="m small">The next import of a file that names them sets these again.</p>
      <p class="acts">
        <button type="submit">Save</button>
      </p>
    </form>
  );
}

interface StreamProps extends Pick<Shown, 'typed' | 'visit'> {
  readonly stream: ShownPerson['streams'][number];
  readonly flaws: Flaws;
}

function StreamRow({ stream, typed, flaws, visit }: StreamProps) {
  const name = `stream.${stream.stream}`;
  const now = typed?.get(name) ?? stream.frequency;
  return (
    <li>
      <span class="what">
        <strong>{stream.title}</strong>
        <StreamNotes stream={stream} visit={visit} />
        <Flaw name={name} flaws={flaws} />
      </span>
      {stream.mandatory ? (
        <span class="pill">Mandatory</span>
      ) : (
        <>
          <input type="hidden" name={`was.${name}`} value={typed?.get(`was.${name}`) ?? stream.frequency} />
          <label>
            <span class="unseen">How often {stream.title} comes</span>
            <select name={name} {...flawed(name, flaws)}>
              {choicesFor(stream).map(({ value, label }) => (
                <option value={value} selected={value === now}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
    </li>
  );
}

const grantWords: Readonly<Record<string, string>> = {
  import: 'an import or an operator gave it to them',
  directory: 'the directory gave them the role that gets it',
  signup: 'they signed up',
  approval: 'its owner let them in',
  page: 'they switched it on',
  named: 'the distribution file names them',
};

function StreamNotes({ stream, visit }: Pick<StreamProps, 'stream' | 'visit'>) {
  const { on, when, why, grant, leftAt, until, delegateUntil, follows, leavesOut, least } = stream;
  const chosen = [
    ...(follows > 0 ? [`follows ${follows}`] : []),
    ...(leavesOut > 0 ? [`leaves out ${leavesOut}`] : []),
    ...(least ? [`from ${least} on`] : []),
  ];
  return (
    <>
      {on && <small class="m block">{[when.charAt(0).toUpperCase() + when.slice(1), ...chosen].join(', ')}.</small>}
      {why && <small class="m block">Told “because {why}”.</small>}
      {grant && (
        <small class="m block">
          Since <When at={grant.at} visit={visit} />: {grantWords[grant.way] ?? grant.way}.
        </small>
      )}
      {leftAt && (
        <small class="m block">
          Switched off <When at={leftAt} visit={visit} />.
        </small>
      )}
      {until && (
        <small class="m block">
          As a delegate, until <When at={until} visit={visit} />.
        </small>
      )}
      {delegateUntil && (
        <small class="m block">
          A delegate gets it as well, until <When at={delegateUntil} visit={visit} />.
        </small>
      )}
    </>
  );
}

function goesOut({ suspended, suppressed, unconfirmed, snoozedUntil, streams }: ShownPerson): string {
  if (suspended || suppressed || unconfirmed) return 'No';
  if (snoozedUntil) return 'Not now';
  return streams.some(({ on }) => on) ? 'Yes' : 'They are on no stream';
}

const Stops = ({ person, visit }: Pick<Shown, 'person' | 'visit'>) => {
  const { suspended, suppressed, snoozedUntil, unconfirmed, joined, opens, format, realm } = person;
  return (
    <section class="panel" aria-labelledby="state">
      <h2 id="state">Their mail</h2>
      <dl>
        <dt>Goes out</dt>
        <dd>{goesOut(person)}</dd>
        {suspended && (
          <>
            <dt>Suspended</dt>
            <dd>
              <When at={suspended.at} visit={visit} />, by{' '}
              {suspended.by === 'operator'
                ? 'an operator'
                : suspended.by === 'directory'
                  ? 'the directory'
                  : 'a file that no longer names them'}
            </dd>
          </>
        )}
        {suppressed && (
          <>
            <dt>Suppressed</dt>
            <dd>
              <When at={suppressed.at} visit={visit} />: {suppressed.reason}
            </dd>
          </>
        )}
        {snoozedUntil && (
          <>
            <dt>Paused</dt>
            <dd>
              By themselves, until <When at={snoozedUntil} visit={visit} />
            </dd>
          </>
        )}
        {unconfirmed && (
          <>
            <dt>Not confirmed</dt>
            <dd>
              Signed up <When at={unconfirmed} visit={visit} />
            </dd>
          </>
        )}
        <dt>Joined</dt>
        <dd>{joinedWords[joined ?? ''] ?? 'By an import'}</dd>
        <dt>Opens</dt>
        <dd>{opens === 'off' ? 'Not estimated' : 'Estimated where the stream does'}</dd>
        <dt>Form</dt>
        <dd>{format === 'text' ? 'Plain text' : 'HTML and text'}</dd>
        {realm === 'customers' && (
          <>
            <dt>Realm</dt>
            <dd>Customers</dd>
          </>
        )}
      </dl>
    </section>
  );
};

const Acts = ({ person: { sid, suspended, suppressed }, visit }: Pick<Shown, 'person' | 'visit'>) => (
  <section class="panel" aria-labelledby="acts">
    <h2 id="acts">Acts</h2>
    <div class="acts">
      {suspended?.by !== 'operator' && (
        <a class="button soft" href={personPath(sid, '/suspend')}>
          Suspend
        </a>
      )}
      {suspended && (
        <a class="button soft" href={personPath(sid, '/unsuspend')}>
          End the suspension
        </a>
      )}
      {suppressed && (
        <a class="button soft" href={personPath(sid, '/lift')}>
          Lift the suppression
        </a>
      )}
      <form method="post" action={personPath(sid, '/export')}>
        <Proof signed={visit.signed} />
        <button class="soft" type="submit">
          Download everything
        </button>
      </form>
      <a class="button soft danger" href={personPath(sid, '/erase')}>
        Erase
      </a>
    </div>
    <p class="m small">The download has everything that is stored about them. The audit log keeps that you made it.</p>
  </section>
);

const Mails = ({ person: { mails = [] }, visit }: Pick<Shown, 'person' | 'visit'>) => (
  <section class="panel" aria-labelledby="mails">
    <h2 id="mails">Mails of the last five weeks</h2>
    {mails.length === 0 ? (
      <p>None.</p>
    ) : (
      <table class="list">
        <caption class="unseen">Mails, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">Edition</th>
            <th scope="col">Composed</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {mails.map(({ edition, subject, at, outcome = 'not decided yet', state }) => (
            <tr>
              <th scope="row">
                <a href={editionPath(edition)}>{subject ?? edition}</a>
              </th>
              <td data-label="Composed">
                <When at={at} visit={visit} />
              </td>
              <td class="end">
                {[outcomeWords(outcome, edition), ...(state === undefined || state === outcome ? [] : [state])].join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
  </section>
);
