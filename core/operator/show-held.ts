import { isProven } from '../connector/decide.ts';
import { groupHeld, nameOfGroup } from '../connector/held-groups.ts';
import { heldWords, idOfHeld, isKnownAlready, isUnreadable } from '../connector/held-words.ts';
import { factNames, type InboundIncident } from '../connector/inbound-incident.ts';
import { declaresOnly, sourceLabels, visibleByFile } from '../connector/source.ts';
import type { Distribution } from '../distribution/distribution.ts';
import { idAtVendor } from '../postmortem/id-at-vendor.ts';
import type { ShownHeld, ShownInbound } from './held-api.ts';
import { actsOf, type OutlookDeps, severityOf } from './held-outlook.ts';
import { isUrgentHeld } from './held-urgency.ts';

const isPublic = ({ facts }: InboundIncident) => facts.private?.value === false;

/** As the list has it. */
export const shownHeld = (one: InboundIncident, distribution: Distribution | undefined): ShownHeld => ({
  id: idOfHeld(one),
  since: one.since ?? '',
  why: one.why ?? '',
  ...(one.detail !== undefined && { detail: one.detail }),
  ...(one.facts.severity && { severity: one.facts.severity.value }),
  ...(one.facts.title && isPublic(one) && { title: one.facts.title.value }),
  ...(isUrgentHeld(one, distribution) && { urgent: true }),
  ...(isKnownAlready(one) && { known: true }),
  words: heldWords(asHeld(one)),
});

/** What is held, by reason, as it should be looked at. `held`: the earliest first. */
export function shownByReason(held: readonly InboundIncident[], distribution: Distribution | undefined): ShownHeld[] {
  const all = held.map((one) => ({ ...asHeld(one), one, ...(isUrgentHeld(one, distribution) && { urgent: true as const }) }));
  return groupHeld(all).map((group) => {
    const { latest, earliest, count } = group;
    const { title: _, ...shown } = shownHeld(latest.one, distribution);
    if (count === 1) return shownHeld(latest.one, distribution);
    const words = heldWords(latest, count);
    return { ...shown, since: earliest.one.since ?? shown.since, words, alike: { count, name: nameOfGroup(group) } };
  });
}

const asHeld = ({ source, ref, why = '', detail, facts }: InboundIncident) => ({
  source,
  ref,
  why,
  detail,
  severity: facts.severity?.value,
});

/**
 * All that is known of one incident, held or not, what is missing, and what each command would do.
 * Its title and its page at the vendor only if it is known to be public.
 */
export function shownInbound(one: InboundIncident, deps: OutlookDeps): ShownInbound {
  const { source, ref, state, since, why, detail } = one;
  const said = why !== undefined && state === 'held' ? heldWords(asHeld(one)).why : why;
  const isInWords = detail !== undefined && said?.includes(detail.replace(/\.$/, ''));
  return {
    id: idOfHeld(one),
    state,
    postmortem: idAtVendor(source, ref),
    ...(since !== undefined && state === 'held' && { since }),
    ...(said !== undefined && { why: said }),
    ...(detail !== undefined && !isInWords && { detail }),
    facts: factNames.flatMap((name) => factOfName(one, name, deps)),
    missing: isUnreadable(one) ? [] : missingOf(one, deps),
    told: deps.current.owner === 'ours' && deps.current.isTold,
    acts: actsOf(one, deps),
  };
}

/** What a title says stays unsaid, and so does an address with the title in it. */
const guarded: readonly string[] = ['title', 'permalink'];

const isPublicByFile = ({ source }: InboundIncident, distribution: Distribution | undefined): boolean =>
  visibleByFile.some((name) => name === source && distribution?.connectors?.[name]?.keySees === 'public');

function factOfName(one: InboundIncident, name: (typeof factNames)[number], { distribution }: OutlookDeps): ShownInbound['facts'] {
  const fact = one.facts[name];
  if (!fact) return [];
  const { value, at } = fact;
  // Of such a tool the API never says it: `keySees: public` does.
  const isByFile = name === 'private' && value === false && fact.seen === 'api' && isPublicByFile(one, distribution);
  const seen = isByFile ? 'file' : fact.seen;
  if (guarded.includes(name) && !isPublic(one)) return [{ name, at, seen }];
  const printed = typeof value === 'object' ? `${value.name === '' ? 'none' : value.name} counts as ${value.severity}` : String(value);
  return [{ name, value: printed, at, seen }];
}

const awaited = ({ source, ref }: InboundIncident): string =>
  declaresOnly(source)
    ? `its postmortem, which ${sourceLabels[source]} does not have: publish it as ${idAtVendor(source, ref)}, or under another id with a link to the page of the incident`
    : 'a finished document, by the API';

/** What has to be known before everybody is told, as far as it is not. */
function missingOf(one: InboundIncident, deps: OutlookDeps): string[] {
  const { title, severity, status, private: visibility } = one.facts;
  return [
    ...(title ? [] : ['a title']),
    ...(severityOf(one, deps) ? [] : [severity ? `what the severity “${severity.value}” counts as` : 'a severity']),
    ...(isProven(visibility)
      ? []
      : [
          visibility?.value === true
            ? 'that it is public: the tool says that it is private'
            : 'that it is public, by the API or an operator',
        ]),
    ...(status?.value === 'published' && isProven(status) ? [] : [awaited(one)]),
  ];
}
