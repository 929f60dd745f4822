/** @jsxImportSource hono/jsx */
import { type Card, cardFor } from '../../../core/authoring/cards.ts';
import type { AudienceOutlook } from '../../../core/authoring/outlook.ts';
import type { Remark } from '../../../core/authoring/remarks.ts';
import { audienceRows, bannerOf } from '../../../core/stream/audience.ts';
import { Pills } from '../../shared/postmortem/pills.tsx';
import type { Problem } from '../api.ts';
import { Flaw, flawed } from '../fields.tsx';
import type { Visit } from '../guard.ts';
import { CardText } from '../parts.tsx';
import { Proof } from '../shell.tsx';
import { channelsTold, PostCards } from '../slack/outlook.tsx';
import { type Draft, isSame, type ReadDraft } from './draft.ts';
import { comes, nameOf, showsFor, showsOf, showsText } from './shows.ts';

/** The zone in which this visitor reads times. */
export const zoneOf = ({ signed, distribution }: Pick<Visit, 'signed' | 'distribution'>): string =>
  signed.profile.zone ?? distribution.organisation.zone;

/** The hidden fields with which a draft travels. */
export const Travelling = ({ draft: { id, base }, visit }: { readonly draft: Draft; readonly visit: Visit }) => (
  <>
    <Proof signed={visit.signed} />
    {id !== undefined && <input type="hidden" name="id" value={id} />}
    {base !== undefined && <input type="hidden" name="base" value={String(base)} />}
  </>
);

/** The text, and the buttons that send it along. */
export const DraftForm = ({ draft, visit, flaw }: { readonly draft: Draft; readonly visit: Visit; readonly flaw?: string | undefined }) => (
  <section class="panel">
    <h2>Your draft</h2>
    <form id="draft" method="post" action="/home/write" enctype="multipart/form-data">
      <Travelling draft={draft} visit={visit} />
      <label class="field">
        Markdown, or the JSON of a tool
        <textarea
          name="text"
          rows={draft.text === '' ? 14 : 26}
          spellcheck={true}
          {...flawed('text', flaw === undefined ? {} : { text: flaw })}
        >
          {`\n${draft.text}`}
        </textarea>
        <Flaw name="text" flaws={flaw === undefined ? {} : { text: flaw }} />
      </label>
      <label class="field">
        Or a file, in place of the text above
        <input type="file" name="file" accept=".md,.markdown,.txt,.html,.json,.org,.adoc,.rst,text/*,application/json" />
      </label>
      <div class="acts">
        <button class="soft" name="press" value="check" type="submit">
          Check
        </button>
        <a class="button soft danger" href="/home/write">
          Throw away
        </a>
      </div>
    </form>
  </section>
);

/** That another revision is stored than the one that the draft was made from. */
export const RevisedMeanwhile = ({ draft: { base }, seen: { taken } }: { readonly draft: Draft; readonly seen: ReadDraft }) => (
  <div class="said warn" role="alert">
    <p>
      Somebody revised it since you opened it: yours was made from revision {base}, and revision {taken.replaces} is stored now. To publish
      yours undoes what that one says.{' '}
      <a href={`/home/write?from=${taken.id}`} target="_blank" rel="noopener">
        Look at it first, in a new tab
      </a>
    </p>
  </div>
);

/** Why a draft cannot be read, or may not be published. */
export const Flaws = ({ problem: { detail, errors = [] } }: { readonly problem: Pick<Problem, 'detail' | 'errors'> }) => (
  <div class="said warn" role="alert">
    <p>{detail ?? 'It cannot be read as it is.'}</p>
    {errors.length > 0 && (
      <ul>
        {errors.map(({ field, problem, remedy, line }) => (
          <li>
            {[field || 'The document', problem].join(' ')}
            {line === undefined ? '' : `, line ${line}`}. {remedy}
          </li>
        ))}
      </ul>
    )}
  </div>
);

const looks = { recognised: 'ok', 'not sure': 'sev2', 'would help': 'sev3' } as const;
const names = { recognised: 'Recognised', 'not sure': 'Not sure', 'would help': 'Would help' } as const;

export const Remarks = ({ remarks, isRest }: { readonly remarks: readonly Remark[]; readonly isRest?: boolean }) => (
  <section class="panel">
    <h2>{isRest ? 'What was recognised in the rest' : 'What was recognised'}</h2>
    <ul class="remarks">
      {remarks.map(({ kind, what, said, line }) => (
        <li>
          <span class={`pill ${looks[kind]}`}>{names[kind]}</span>
          <div dir="auto">
            {what.replace(/[.:]$/, '')}
            {line !== undefined && `, line ${line}`}
            {said.map((sentence) => (
              <small class="m block">{sentence}</small>
            ))}
          </div>
        </li>
      ))}
    </ul>
  </section>
);

/** That a file is the draft now, with what stood in the text field. */
export const Instead = ({ instead }: { readonly instead: string }) => (
  <div class="said open" role="alert">
    <p>You chose a file, and it took the place of the text that stood here. Nothing else was done.</p>
    <details>
      <summary>The text that stood here</summary>
      <textarea rows={10} readonly aria-label="The text that stood here">
        {`\n${instead}`}
      </textarea>
    </details>
  </div>
);

/** Each audience's card, with the ways to see it as a mail and as a page. */
export const Audiences = ({ seen, visit }: { readonly seen: ReadDraft; readonly visit: Visit }) => (
  <section class="panel">
    <h2>How each audience would see it</h2>
    <p class="m small">As a card. Its buttons show it as a mail and as a page. In a mail, your postmortem stands alone.</p>
    <div class="cards">
      {seen.outlook.map((one) => (
        <Audience outlook={one} seen={seen} visit={visit} />
      ))}
    </div>
  </section>
);

const Audience = ({ outlook, seen, visit }: { readonly outlook: AudienceOutlook; readonly seen: ReadDraft; readonly visit: Visit }) => {
  const { audience, mails, why, paste } = outlook;
  const { distribution, now } = visit;
  const card = cardFor(audience, seen.stored.postmortem, distribution, now);
  const banner = bannerOf(audience);
  // Why a mail comes to a team is found once it is published, so that one cannot be shown before.
  const previewed = mails.filter(({ way }) => way !== 'by relevance');
  return (
    <article class="card">
      <header>
        <h3>{audienceRows[audience].name}</h3>
        {mails.length === 0 ? (
          <small class="m block">Nothing</small>
        ) : (
          mails.map((mail) => <small class="m block">{comes(mail, distribution, { now, zone: zoneOf(visit) })}</small>)
        )}
      </header>
      <div class="body">
        {banner && mails.length > 0 && <p class="said open small">{banner}</p>}
        {why !== undefined && <p class="m">{why}</p>}
        {paste !== undefined && <pre class="paste">{paste}</pre>}
        {card && mails.length > 0 && <CardBody card={card} />}
      </div>
      {mails.length > 0 && (
        <div class="acts">
          {previewed.map((mail) => (
            <button
              class="link"
              type="submit"
              form="draft"
              formaction="/home/write/mail"
              formtarget="_blank"
              name="shows"
              value={showsText(showsOf(mail))}
            >
              As a mail: {nameOf(showsOf(mail), distribution)}
            </button>
          ))}
          <button
            class="link"
            type="submit"
            form="draft"
            formaction="/home/write/page"
            formtarget="_blank"
            name="audience"
            value={audience}
          >
            As a page: {audienceRows[audience].name}
          </button>
        </div>
      )}
    </article>
  );
};

const CardBody = ({ card: { severity, severityLabel, preliminary, title, meta, parts } }: { readonly card: Card }) => (
  <>
    <Pills severity={severity} label={severityLabel} status={preliminary ? 'preliminary' : 'published'} />
    <CardText title={title} meta={meta} parts={parts} />
  </>
);

/** What Slack would show, by audience. Nothing where no channel gets it. */
export const InSlack = ({ seen: { slack }, visit: { distribution } }: { readonly seen: ReadDraft; readonly visit: Visit }) =>
  slack.length === 0 ? null : (
    <section class="panel" aria-labelledby="slack">
      <h2 id="slack">What Slack would show</h2>
      <p class="m small">
        One post in each channel, edited in place when you revise it.{' '}
        {distribution.slack?.links === 'sign-in'
          ? 'Each links to the archive, for those who may read it there.'
          : 'Each has a link to this postmortem. Whoever has that link can read it.'}
      </p>
      <PostCards outlook={slack} />
    </section>
  );

/** Publishing, which asks once more, and a test to oneself. */
export const Next = ({ seen, visit }: { readonly seen: ReadDraft; readonly visit: Visit }) => {
  const shown = showsFor(seen.stored.postmortem, visit.distribution);
  return (
    <section class="panel">
      <h2>Next</h2>
      {isSame(seen) ? (
        <p>It says what is stored already, as revision {seen.taken.revision}.</p>
      ) : (
        <Told
          seen={seen}
          visit={visit}
          lead={seen.taken.status === 'draft' ? 'If you publish it, although it says draft, these are told:' : undefined}
        />
      )}
      <div class="acts middle">
        <button form="draft" name="press" value="ask" type="submit">
          Publish …
        </button>
        {seen.taken.status === 'draft' && (
          <button class="soft" form="draft" name="press" value="keep" type="submit">
            Store as a draft …
          </button>
        )}
        {shown.length > 0 && (
          <>
            <button class="soft" form="draft" name="press" value="test" type="submit">
              Send me a test
            </button>
            <span class="inline">
              of
              <select name="shows" form="draft" aria-label="The mail to test">
                {shown.map((shows) => (
                  <option value={showsText(shows)}>{nameOf(shows, visit.distribution)}</option>
                ))}
              </select>
            </span>
          </>
        )}
      </div>
      <p class="m small">
        Publishing asks once more.
        {shown.length > 0 && ` A test goes to ${visit.signed.profile.address} only, says that it is a test, and is not counted.`}
      </p>
    </section>
  );
};

/** Who is told, and when. `lead`: what stands before them. */
export const Told = ({
  seen: { outlook, slack },
  visit,
  lead = 'If you publish now, these are told:',
  none = 'If you publish now, nobody is told.',
}: {
  readonly seen: Pick<ReadDraft, 'outlook' | 'slack'>;
  readonly visit: Visit;
  readonly lead?: string | undefined;
  readonly none?: string | undefined;
}) => {
  const told = outlook.filter(({ mails }) => mails.length > 0);
  const channels = channelsTold(slack);
  if (told.length === 0 && channels === '') return <p>{none}</p>;
  return (
    <>
      <p>{lead}</p>
      <dl>
        {told.map(({ audience, mails }) => (
          <>
            <dt>{audienceRows[audience].name}</dt>
            <dd>
              {mails.map((mail) => (
                <div>{comes(mail, visit.distribution, { now: visit.now, zone: zoneOf(visit) })}</div>
              ))}
            </dd>
          </>
        ))}
        {channels !== '' && (
          <>
            <dt>Slack</dt>
            <dd>{channels}</dd>
          </>
        )}
      </dl>
    </>
  );
};
