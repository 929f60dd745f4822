import { capitalised } from '../content/prose.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { labelsOf } from '../distribution/severity-label.ts';
import { configuredStream, frequenciesOf, signUpOf, tracksOpens } from '../distribution/stream-rules.ts';
import { streamTitle } from '../distribution/stream-words.ts';
import { audienceWords } from '../stream/audience.ts';
import { audienceOf, definitionOf, deliveryRulesOf, type StreamName } from '../stream/stream.ts';
import { blocks, bullets, code, heading, joined, listed, type Markdown, md, person } from './markdown.ts';
import { isAtOnce, scheduleWords } from './when.ts';
import { hasNamed, roles, sentStreams } from './who.ts';

/** Each stream that is sent: who gets it, when, how one joins and leaves. */
export function streamSections(distribution: Distribution): Markdown {
  const sent = sentStreams(distribution);
  const [first] = sent;
  if (!first) return md`The file has no stream that is sent.`;
  return blocks(
    md`A stream is what a person subscribes to. Leaving takes one press in a mail, or on the page of choices that each mail links to; there one may also pause all mail until a day. An operator adds or takes off somebody: ${code(`afterword people set ADDRESS --stream ${first}=on`)}, or ${code('=off')}.`,
    ...sent.flatMap((stream) => [heading(3, streamTitle(stream, distribution)), streamSection(stream, distribution)]),
  );
}

function streamSection(stream: StreamName, distribution: Distribution): Markdown {
  const definition = definitionOf(stream);
  const settings = configuredStream(distribution, stream) ?? {};
  const audience = audienceOf(stream);
  return blocks(
    md`${definition.words.what} Its name in commands and in the file: ${code(stream)}.`,
    bullets([
      severityRule(stream, distribution),
      who(stream, distribution),
      when(stream, distribution),
      choosing(stream, distribution),
      joining(stream, distribution),
      leaving(stream, distribution),
      audience && md`Audience: ${audienceWords(audience).name}.`,
      settings.contact === undefined ? undefined : md`Whom its readers ask if a postmortem names nobody: ${settings.contact}.`,
      tracksOpens(distribution, stream)
        ? md`Opens are estimated by team, never by person; a reader may switch that off.`
        : md`Opens are not estimated.`,
    ]),
  );
}

function severityRule(stream: StreamName, distribution: Distribution): Markdown | undefined {
  const labels = labelsOf(distribution);
  const { severities, withinDays } = configuredStream(distribution, stream) ?? {};
  if (definitionOf(stream).describes === 'the gravest')
    return md`Which: ${labels.sev1} and ${labels.sev2} one by one. The others are counted.`;
  if (!severities) return md`Which: every severity.`;
  const audience = audienceOf(stream);
  const concerns = audience && audienceWords(audience).concerns;
  return md`Which: ${listed(severities.map((severity) => labels[severity]))}${concerns ? `, ${concerns}` : ''}, published at most ${days(withinDays)} ago (without a date of publication: the incident ended then).`;
}

const days = (n = 0): string => `${n} ${n === 1 ? 'day' : 'days'}`;

function who(stream: StreamName, distribution: Distribution): Markdown {
  const { subscribe = [] } = configuredStream(distribution, stream) ?? {};
  const all =
    subscribe.length === 0
      ? md`Who: nobody by role; only people whose line in the list of people names it, or who joined.`
      : md`Who: ${roles(subscribe)}, unless their line in the list of people says otherwise.`;
  const mandatory = definitionOf(stream).namesLeads && hasNamed(distribution);
  return mandatory ? md`${all} Leads and deputies of teams in any case.` : all;
}

function when(stream: StreamName, distribution: Distribution): Markdown {
  const { schedule, quietWeek } = configuredStream(distribution, stream) ?? {};
  const zone = schedule?.zone ?? distribution.organisation.zone;
  const quiet = quietWeek === 'nothing' ? 'no mail leaves' : 'a short mail says so';
  const atOnce = isAtOnce(stream) ? [md`at once, as soon as it is published`] : [];
  const planned = schedule ? [md`${scheduleWords({ ...schedule, zone: undefined }, distribution)} (${code(zone)})`] : [];
  const all = joined([...atOnce, ...planned.map((one) => (isAtOnce(stream) ? md`the summary ${one}` : one))], '; ');
  return md`When: ${all}.${schedule ? ` If there is nothing to tell, ${quiet}.` : ''}`;
}

function choosing(stream: StreamName, distribution: Distribution): Markdown | undefined {
  const { words, hour, hasTopics } = definitionOf(stream);
  const offered = frequenciesOf(distribution, stream);
  const isWeekly = configuredStream(distribution, stream)?.schedule?.every === 'week';
  const choices = [
    ...(offered.length > 1
      ? [
          md`how often (${joined(
            offered.map((one) => words.choices?.[one] ?? capitalised(one)),
            ', ',
          )})`,
        ]
      : []),
    ...(hour === 'chosen' || (hour === 'chosen where weekly' && isWeekly) ? [md`a day and an hour in their own zone`] : []),
    ...(hasTopics ? [md`what to follow and what to leave out (${labelsOf(distribution).sev1} is never left out)`] : []),
  ];
  return choices.length === 0 ? undefined : md`Readers choose ${listed(choices)}.`;
}

function joining(stream: StreamName, distribution: Distribution): Markdown {
  const signUp = signUpOf(distribution, stream);
  if (!signUp) return md`Join: nobody by themselves. An operator adds them.`;
  const domains = listed(distribution.organisation.domains.map((domain) => code(domain)));
  const self = md`at ${code('/join')} with an address in ${domains}, confirmed by a mail, or on the page of choices`;
  return signUp.kind === 'approval'
    ? md`Join: ${self}; then ${person(signUp.owner)} is asked by mail and approves with one press.`
    : md`Join: ${self}.`;
}

function leaving(stream: StreamName, distribution: Distribution): Markdown {
  if (!definitionOf(stream).namesLeads || !hasNamed(distribution)) return md`Leave: everybody may.`;
  const teams = distribution.teams.filter(({ leads = [], deputies = [] }) => leads.length + deputies.length > 0).map(({ name }) => name);
  return md`Leave: everybody may but leads and deputies (of ${joined(teams, ', ')}). They name a delegate for the days that they are away.`;
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
