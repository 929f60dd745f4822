/** @jsxImportSource hono/jsx */
import type { StreamFields } from '../../../../core/preferences/settings-fields.ts';
import type { StreamName } from '../../../../core/stream/stream.ts';
import { readTopic, type Topic } from '../../../../core/subscriber/topic.ts';
import { kindWords, nameOf, type Offer } from './topic-offers.ts';

export interface TopicsProps {
  readonly stream: StreamName;
  readonly fields: Pick<StreamFields, 'follow' | 'leaveOut'>;
  readonly catalogue: readonly Offer[];
  /** What was searched for and found. Absent before a search. */
  readonly found?: { readonly text: string; readonly offers: readonly Offer[]; readonly more: number } | undefined;
  /** The name of the worst severity, which is never left out. */
  readonly gravest: string;
  /** The page that the search leads to: this one, at its results. */
  readonly action: string;
}

/**
 * What comes first and in full, what is left out, and a search that works without scripts. The
 * search sends the form and shows the results, unsaved.
 */
export const TopicsPart = ({ stream, fields, catalogue, found, action, gravest }: TopicsProps) => (
  <>
    <input type="hidden" name={`${stream}.topics`} value="1" />
    <Chips stream={stream} field="follow" legend="Follow" hint="shown first and in full" topics={fields.follow} catalogue={catalogue} />
    <Chips
      stream={stream}
      field="leaveOut"
      legend="Leave out"
      hint={`not shown, except ${gravest}`}
      topics={fields.leaveOut}
      catalogue={catalogue}
    />
    <div class="search">
      <label>
        Find a service, team or technology
        <input type="search" name="find" value={found?.text ?? ''} maxlength={80} placeholder="for example: payments" autocomplete="off" />
      </label>
      <button class="soft" type="submit" name="press" value="find" formaction={`${action}#found`}>
        Find
      </button>
    </div>
    {found && <Found {...found} stream={stream} fields={fields} />}
  </>
);

interface ChipsProps {
  readonly stream: StreamName;
  readonly field: 'follow' | 'leaveOut';
  readonly legend: string;
  readonly hint: string;
  readonly topics: readonly Topic[];
  readonly catalogue: readonly Offer[];
}

const Chips = ({ stream, field, legend, hint, topics, catalogue }: ChipsProps) => (
  <fieldset class="plain">
    <legend>
      {legend} <small class="m">{hint}</small>
    </legend>
    {topics.length === 0 ? (
      <p class="m small">Nothing chosen yet. Use the search below.</p>
    ) : (
      <div class="chips">
        {topics.map((topic) => (
          <label class="chip">
            <input type="checkbox" name={`${stream}.${field}`} value={topic} checked /> {nameOf(topic, catalogue)}
            {readTopic(topic).kind === 'team' && <small class="m">team</small>}
          </label>
        ))}
      </div>
    )}
  </fieldset>
);

type FoundProps = NonNullable<TopicsProps['found']> & Pick<TopicsProps, 'stream' | 'fields'>;

const Found = ({ text, offers, more, stream, fields }: FoundProps) => {
  const open = offers.filter(({ topic }) => !fields.follow.includes(topic) && !fields.leaveOut.includes(topic));
  const what = text.trim() === '' ? 'All names' : `Results for “${text.trim()}”`;
  return (
    <section id="found" aria-labelledby="found-heading">
      <h2 class="sub" id="found-heading">
        {open.length === 0 ? `${what}: you have chosen all of them` : what}
      </h2>
      {open.length > 0 && <p class="m small">Choose, then press Save.</p>}
      <ul class="found">
        {open.map(({ topic, kind, name, isNew }) => (
          <li>
            <span class="what">
              {name} <small class="m">{isNew ? `${kindWords[kind]}, in no postmortem yet` : kindWords[kind]}</small>
            </span>
            <label>
              <input type="checkbox" name={`${stream}.follow`} value={topic} aria-label={`Follow ${name}, ${kindWords[kind]}`} /> Follow
            </label>
            <label>
              <input type="checkbox" name={`${stream}.leaveOut`} value={topic} aria-label={`Leave out ${name}, ${kindWords[kind]}`} /> Leave
              out
            </label>
          </li>
        ))}
      </ul>
      {more > 0 && <p class="m small">{`And ${more} more. Type more of the name to find them.`}</p>}
    </section>
  );
};
