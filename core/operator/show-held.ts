import { type Current, decide, isProven } from '../connector/decide.ts';
import { severityIn } from '../connector/hear.ts';
import { heldArgument, heldWords, idOfHeld } from '../connector/held-words.ts';
import { type Facts, factNames, factOf, type InboundIncident } from '../connector/inbound-incident.ts';
import { severityMapOf } from '../connector/mapping.ts';
import { mergeFacts } from '../connector/merge.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import type { Instant } from '../shared/instant.ts';
import type { ShownHeld, ShownInbound } from './held-api.ts';

const isPublic = ({ facts }: InboundIncident) => facts.private?.value === false;

/** As the list has it. */
export const shownHeld = (one: InboundIncident): ShownHeld => ({
  id: idOfHeld(one),
  since: one.since ?? '',
  why: one.why ?? '',
  ...(one.detail !== undefined && { detail: one.detail }),
  ...(one.facts.severity && { severity: one.facts.severity.value }),
  ...(one.facts.title && isPublic(one) && { title: one.facts.title.value }),
  words: heldWords(asHeld(one)),
});

const asHeld = ({ source, ref, why = '', detail, facts }: InboundIncident) => ({
  source,
  ref,
  why,
  detail,
  severity: facts.severity?.value,
});

export interface ShowInboundDeps {
  readonly distribution: Distribution | undefined;
  readonly current: Current;
  readonly now: Instant;
}

/**
 * All that is known of one incident, held or not, what is missing, and what each command would do.
 * Its title and its page at the vendor only if it is known to be public.
 */
export function shownInbound(one: InboundIncident, deps: ShowInboundDeps): ShownInbound {
  const { source, ref, state, since, why, detail } = one;
  return {
    id: idOfHeld(one),
    state,
    postmortem: idAtVendor(source, ref),
    ...(since !== undefined && state === 'held' && { since }),
    ...(why !== undefined && { why: state === 'held' ? heldWords(asHeld(one)).why : why }),
    ...(detail !== undefined && { detail }),
    facts: factNames.flatMap((name) => factOfName(one, name)),
    missing: missingOf(one, deps),
    acts: state === 'held' ? actsOf(one, deps) : [],
  };
}

/** What a title says stays unsaid, and so does an address with the title in it. */
const guarded: readonly string[] = ['title', 'permalink'];

function factOfName(one: InboundIncident, name: (typeof factNames)[number]): ShownInbound['facts'] {
  const fact = one.facts[name];
  if (!fact) return [];
  const { value, at, seen } = fact;
  if (guarded.includes(name) && !isPublic(one)) return [{ name, at, seen }];
  const printed = typeof value === 'object' ? `${value.name === '' ? 'none' : value.name} counts as ${value.severity}` : String(value);
  return [{ name, value: printed, at, seen }];
}

const severityOf = (one: InboundIncident, facts: Facts, { distribution }: ShowInboundDeps) =>
  severityIn(facts, { severities: severityMapOf(distribution, one.source), distribution });

/** What has to be known before everybody is told, as far as it is not. */
function missingOf(one: InboundIncident, deps: ShowInboundDeps): string[] {
  const { title, severity, status, private: visibility } = one.facts;
  return [
    ...(title ? [] : ['a title']),
    ...(severityOf(one, one.facts, deps) ? [] : [severity ? `what the severity “${severity.value}” counts as` : 'a severity']),
    ...(isProven(visibility)
      ? []
      : [
          visibility?.value === true
            ? 'that it is public: the tool says that it is private'
            : 'that it is public, by the API or an operator',
        ]),
    ...(status?.value === 'published' && isProven(status) ? [] : ['a finished document, by the API']),
  ];
}

/** What each command would come to if the API says at the next poll what it said last. */
function actsOf(one: InboundIncident, deps: ShowInboundDeps): ShownInbound['acts'] {
  const argument = heldArgument(one);
  const { severity, private: visibility } = one.facts;
  const at = deps.now;
  const needsSeverity = severityOf(one, one.facts, deps) === undefined;
  const needsPublic = !isProven(visibility);
  const release: Facts = {
    ...(needsSeverity && { countsAs: factOf({ name: severity?.value ?? '', severity: 'sev2' as const }, at, 'operator') }),
    ...(needsPublic && { private: factOf(false, at, 'operator') }),
  };
  const flags = `${needsSeverity ? ' --severity SEVERITY' : ''}${needsPublic ? ' --public' : ''}`;
  return [
    ...(flags === '' ? [] : [{ command: `afterword held release ${argument}${flags}`, does: becomes(one, release, deps) }]),
    { command: `afterword held map ${argument} --postmortem ID`, does: becomes(one, { joins: factOf('x', at, 'operator') }, deps) },
    { command: `afterword held ignore ${argument} --reason TEXT`, does: becomes(one, { ignored: factOf('x', at, 'operator') }, deps) },
  ];
}

/** What it comes to by all that is known of it, if the API says what it said last. */
export const comesTo = (one: InboundIncident, deps: ShowInboundDeps): string => becomes(one, {}, deps);

function becomes(one: InboundIncident, said: Facts, deps: ShowInboundDeps): string {
  const facts = mergeFacts(one.facts, said);
  const isFinished = facts.status?.value === 'published' && isProven(facts.status);
  const asked = isFinished && one.why !== 'no text' ? 'text' : 'no text';
  const decided = decide({ facts, severity: severityOf(one, facts, deps), current: deps.current, asked });
  switch (decided.do) {
    case 'publish':
      return 'its postmortem is published, and whoever gets such mails is told';
    case 'declare':
      return 'it is declared: a draft that awaits its postmortem';
    case 'hide':
      return 'nobody is told of it: what is stored of it is hidden';
    case 'join':
      return 'the other postmortem tells of it, and its own draft is taken back';
    case 'hold':
      return `it stays held: ${heldWords({ ...asHeld(one), why: decided.why, detail: undefined }).why}`;
    case 'ignore':
      return deps.current.isTold
        ? 'what is stored of it stays as people know it, and it is no longer asked about'
        : 'nobody is told of it, and it is no longer asked about';
    case 'wait':
      return 'it waits until its document is finished, and is held no more';
    default:
      return decided satisfies never;
  }
}
