import { capitalised } from '../content/prose.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream, frequenciesOf, signUpOf, tracksOpens } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { longAgoDays } from '../postmortem/news.ts';
import { definitionOf, deliveryRulesOf, type Frequency, isUpdateStream, type StreamName } from '../stream/stream.ts';
import { blocks, bold, bullets, code, joined, listed, Markdown, md, person, table } from './markdown.ts';
import { scheduleWords } from './when.ts';
import { hasNamed, readers, sentStreams } from './who.ts';

/** Each stream that is sent: who gets it, what readers choose, how one joins and leaves. */
export function streamSections(distribution: Distribution): Markdown {
  const sent = sentStreams(distribution);
  const [first] = sent;
  if (!first) return md`The file has no stream that is sent.`;
  return blocks(
    md`A stream is a kind of mail that a person gets or does not get. Its name in commands and in the file stands in brackets.`,
    table(
      ['Stream', 'Who gets it', 'Who else may join', 'Readers choose', 'If there is nothing to tell'],
      sent.map((stream) => [
        md`${bold(streamTitle(stream, distribution))} (${code(stream)}). ${definitionOf(stream).words.what}`,
        readers(stream, distribution),
        joining(stream, distribution),
        choosing(stream, distribution),
        quiet(stream, distribution),
      ]),
    ),
    bullets([
      md`Who gets it: unless the list of people says otherwise of a person.`,
      sent.some((stream) => signUpOf(distribution, stream))
        ? md`Join: at ${code('/join')} with an address in ${listed(distribution.organisation.domains.map((domain) => code(domain)))}, confirmed by a mail, or on the page of choices that each mail links to.`
        : undefined,
      leaving(distribution),
      md`An operator adds or takes off somebody: ${code(`afterword people set ADDRESS --stream ${first}=on`)}, or ${code('=off')}.`,
      opens(distribution),
    ]),
  );
}

function joining(stream: StreamName, distribution: Distribution): Markdown {
  const signUp = signUpOf(distribution, stream);
  if (!signUp) return md`nobody`;
  return signUp.kind === 'approval' ? md`whom ${person(signUp.owner)} approves, with one press in a mail` : md`everybody`;
}

function choosing(stream: StreamName, distribution: Distribution): Markdown {
  const { hour, hasTopics } = definitionOf(stream);
  const offered = frequenciesOf(distribution, stream);
  const isWeekly = configuredStream(distribution, stream)?.schedule?.every === 'week';
  const choices = [
    ...(offered.length > 1
      ? [
          joined(
            offered.map((one) => frequencyWords(stream, one, distribution)),
            ', ',
          ),
        ]
      : []),
    ...(hour === 'chosen' || (hour === 'chosen where weekly' && isWeekly) ? [md`a day and an hour in their own zone`] : []),
    ...(hasTopics ? [md`what to follow and what to leave out (${labelsOf(distribution).sev1} is never left out)`] : []),
  ];
  return choices.length === 0 ? md`nothing` : joined(choices, '; ');
}

/** `As published (at once, …)`, `Weekly summary (on Monday at 08:00)`, `Monthly`. */
function frequencyWords(stream: StreamName, frequency: Frequency, distribution: Distribution): Markdown {
  const label = definitionOf(stream).words.choices?.[frequency] ?? capitalised(frequency);
  const schedule = configuredStream(distribution, stream)?.schedule;
  if (frequency === 'weekly' && schedule) return md`“${label}” (${scheduleWords(schedule, distribution)})`;
  if (frequency !== 'published' || isUpdateStream(stream)) return md`“${label}”`;
  return md`“${label}” (at once, also of an incident up to ${longAgoDays} days ago)`;
}

function quiet(stream: StreamName, distribution: Distribution): Markdown {
  const { schedule, quietWeek } = configuredStream(distribution, stream) ?? {};
  return schedule && quietWeek !== 'nothing' ? md`a short mail says so` : md`no mail`;
}

function leaving(distribution: Distribution): Markdown {
  const named = sentStreams(distribution).filter((stream) => definitionOf(stream).namesLeads);
  const but =
    named.length > 0 && hasNamed(distribution)
      ? md`, but leads and deputies keep ${listed(named.map((stream) => streamTitle(stream, distribution)))} (${new Markdown('[Teams](#teams)')})`
      : md``;
  return md`Leave: everybody may, with one press in a mail or on the page of choices${but}. There one may also pause all mail until a day.`;
}

/** Whether anybody counts who opens a mail. */
function opens(distribution: Distribution): Markdown | undefined {
  const tracked = sentStreams(distribution).filter((stream) => tracksOpens(distribution, stream));
  if (tracked.length === 0) return undefined;
  const titles = listed(tracked.map((stream) => streamTitle(stream, distribution)));
  return md`Opens of ${titles} are estimated by team, never by person; a reader may switch that off.`;
}

/** Which lane holds which mails, for who has to stop some. */
export const lanesOf = (distribution: Distribution): { readonly lane: string; readonly streams: Markdown }[] => {
  const pairs = sentStreams(distribution).flatMap((stream) => {
    const title = streamTitle(stream, distribution);
    const scheduled = deliveryRulesOf(stream, 'weekly').lane;
    const atOnce = deliveryRulesOf(stream, 'published').lane;
    if (scheduled === atOnce) return [{ lane: atOnce, title }];
    return [
      { lane: atOnce, title: `${title} at once` },
      { lane: scheduled, title: `the summary of ${title}` },
    ];
  });
  const answers = { lane: deliveryRulesOf('service', 'published').lane, title: 'mails that somebody waits for, such as a link to sign in' };
  return [...Map.groupBy([...pairs, answers], ({ lane }) => lane)].map(([lane, all]) => ({
    lane,
    streams: listed(all.map(({ title }) => title)),
  }));
};
