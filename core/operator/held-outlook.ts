import { type Current, type Decision, decide, isProven } from '../connector/decide.ts';
import { heldArgument, heldWords, isUnreadable } from '../connector/held-words.ts';
import { type Facts, factOf, type InboundIncident } from '../connector/inbound-incident.ts';
import { isUnsaidNow, leavesShown, severityIn } from '../connector/known.ts';
import { severityMapOf } from '../connector/mapping.ts';
import { mergeFacts } from '../connector/merge.ts';
import { saidOf, unsaid } from '../connector/press-held.ts';
import { declaresOnly, sourceLabels } from '../connector/source.ts';
import type { Distribution } from '../distribution/distribution.ts';
import type { Instant } from '../shared/instant.ts';
import type { ShownInbound } from './held-api.ts';

export interface OutlookDeps {
  readonly distribution: Distribution | undefined;
  readonly current: Current;
  readonly now: Instant;
}

type Known = Pick<InboundIncident, 'facts' | 'source'>;

/** What its severity counts as. Undefined: nobody said it. */
export const severityOf = ({ source, facts }: Known, { distribution }: Pick<OutlookDeps, 'distribution'>) =>
  severityIn(facts, { severities: severityMapOf(distribution, source), distribution });

/** The commands that change something, in whatever state it is, and what comes of each. */
export function actsOf(one: InboundIncident, deps: OutlookDeps): ShownInbound['acts'] {
  const argument = heldArgument(one);
  const ignored: Facts = { ignored: factOf('x', deps.now, 'operator') };
  const ignore = { command: `afterword held ignore ${argument} --reason TEXT`, said: ignored };
  const undo = `afterword held undo ${argument}`;
  if (isUnreadable(one))
    return [one.state === 'ignored' ? { command: undo, does: 'it is held again' } : { command: ignore.command, does: 'it is put away' }];
  const now = JSON.stringify(decided(one, deps));
  const acts = [
    releaseOf(one, deps),
    { command: `afterword held map ${argument} --postmortem ID`, said: { joins: factOf('x', deps.now, 'operator') } },
    ignore,
  ].flatMap(({ command, said }) => {
    const then = { ...one, facts: mergeFacts(one.facts, said) };
    return JSON.stringify(decided(then, deps)) === now ? [] : [{ command, does: comesTo(then, deps) }];
  });
  return saidOf(one).length === 0 ? acts : [...acts, { command: undo, does: comesTo(unsaid(one, deps.now), deps) }];
}

/** With the flags that say what is open. */
function releaseOf(one: InboundIncident, deps: OutlookDeps): { readonly command: string; readonly said: Facts } {
  const { severity, private: visibility } = one.facts;
  const needsSeverity = severityOf(one, deps) === undefined;
  const needsPublic = !isProven(visibility);
  const flags = `${needsSeverity ? ' --severity SEVERITY' : ''}${needsPublic ? ' --public' : ''}`;
  return {
    command: `afterword held release ${heldArgument(one)}${flags}`,
    said: {
      ...(needsSeverity && { countsAs: factOf({ name: severity?.value ?? '', severity: 'sev2' as const }, deps.now, 'operator') }),
      ...(needsPublic && { private: factOf(false, deps.now, 'operator') }),
    },
  };
}

/** What it comes to by all that is known of it, if the API says what it said last. */
export function comesTo(one: InboundIncident, deps: OutlookDeps): string {
  if (deps.distribution?.connectors?.[one.source] === undefined)
    return `nothing follows until the distribution file names ${sourceLabels[one.source]} again: nobody asks it meanwhile`;
  const then = decided(one, deps);
  if (!isUnsaidNow(one, deps.current, severityOf(one, deps)) || !leavesShown(then)) return wordsOf(then, one, deps);
  const words = wordsOf(then, one, { ...deps, current: { owner: 'nobody', isTold: false } });
  return `${words}; what is stored of it is hidden, because the release is taken back`;
}

function decided(one: InboundIncident, deps: OutlookDeps): Decision {
  const { source } = one;
  // Of a private one no title is kept. The API says it at the next look.
  const facts = { title: factOf('x', deps.now, 'api'), ...one.facts };
  return decide({ source, facts, severity: severityOf(one, deps), current: deps.current, asked: saidLast(one) });
}

function saidLast({ state, why, facts: { status } }: InboundIncident): Parameters<typeof decide>[0]['asked'] {
  if (state === 'hidden' && why === 'gone') return 'gone';
  if (state === 'held' && why === 'not found') return 'not found';
  return status?.value === 'published' && isProven(status) && why !== 'no text' ? 'text' : 'no text';
}

function wordsOf(then: Decision, { source, ref, state, facts }: InboundIncident, { current }: OutlookDeps): string {
  const isOwn = current.owner === 'ours';
  switch (then.do) {
    case 'publish':
      return isOwn && current.isTold
        ? 'its postmortem is told of, as its document is'
        : 'its postmortem is published, and whoever gets such mails is told';
    case 'declare':
      return 'it is declared: a draft that awaits its postmortem';
    case 'hide':
      return `nobody is told of it: ${hiddenBecause(then.why, sourceLabels[source])}`;
    case 'join':
      if (!isOwn) return 'the other postmortem tells of it';
      return current.isTold
        ? 'the other postmortem tells of it, and its own, which people know, is taken back: readers of an alert are mailed so'
        : 'the other postmortem tells of it, and its own draft is taken back';
    case 'hold':
      return `it ${state === 'held' ? 'stays' : 'is'} held: ${heldWords({ source, ref, why: then.why, severity: facts.severity?.value }).why}`;
    case 'ignore':
      if (current.isTold) return 'what is stored of it stays as people know it, and it is no longer asked about';
      return `nobody is told of it, ${isOwn ? 'its draft is taken back, ' : ''}and it is no longer asked about`;
    case 'wait':
      if (current.isTold) return 'what is stored of it stays as people know it, until its document is finished again';
      return `it waits until its ${declaresOnly(source) ? 'postmortem is published' : 'document is finished'}${state === 'held' ? ', and is held no more' : ''}`;
    default:
      return then satisfies never;
  }
}

const hiddenBecause = (why: string, tool: string): string =>
  why === 'gone' ? `the API of ${tool} does not know it` : `${tool} says that it is ${why}`;
