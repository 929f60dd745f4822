import { toInstant } from '../../../shared/instant.ts';
import { type FoundSpan, findSpan } from '../moments/find-span.ts';
import type { MomentContext } from '../moments/moments.ts';
import { isRecord } from '../sent-fields.ts';
import { momentsOfTimeline, type TimelineMoment } from '../timeline/moments-of-timeline.ts';
import { type Fact, trusts } from './fact.ts';

/**
 * Start and end as the timeline and the prose of the summary tell them. They are trusted less than
 * any label.
 */
export const toldMoments = (facts: readonly Fact[], context: MomentContext, now: Date): Fact[] => [
  ...fromTimeline(facts, context),
  ...fromProse(facts, context, now),
];

function fromTimeline(facts: readonly Fact[], context: MomentContext): Fact[] {
  const sent = facts.filter(({ field }) => field === 'timeline').flatMap((fact) => (Array.isArray(fact.sent.value) ? fact.sent.value : []));
  const entries = sent.flatMap((entry) =>
    isRecord(entry) && typeof entry.event === 'string'
      ? [typeof entry.at === 'string' ? { at: entry.at, event: entry.event } : { event: entry.event }]
      : [],
  );
  const { day: _, ...withoutDay } = context;
  const own = momentsOfTimeline(entries, withoutDay);
  const hasOwnDay = own.start !== undefined || own.end !== undefined;
  const { start, end } = hasOwnDay ? own : momentsOfTimeline(entries, context);
  const fact = (field: string, { moment, isMarked }: TimelineMoment, place: string): Fact => ({
    field,
    sent: { value: moment, as: 'timeline' },
    place,
    trust: hasOwnDay || isMarked ? trusts.timeline : trusts.clocks,
  });
  return [
    ...(start === undefined
      ? []
      : [fact('startedAt', start, start.isMarked ? 'the beginning in the timeline' : 'the first entry of the timeline')]),
    ...(end === undefined ? [] : [fact('resolvedAt', end, end.isMarked ? 'the end in the timeline' : 'the last entry of the timeline')]),
  ];
}

/** Texts about the incident itself, in the order in which their times count. */
const tellers = ['summary', 'impactText', 'sections', 'detection', 'resolution'];
/** Headings above other incidents, and above what was before or will be. */
const isElsewhere =
  /related|similar|previous|earlier|past|other|background|history|histor|revision|version|changelog|appendix|glossary|next|action|prevent|lesson|review|meeting|feedback|vorgeschichte|hintergrund|anhang|antecedent|contexte|historique|annexe|anexo|contesto|allegat|achtergrond|bijlage|背景|付録|附录|배경|부록/i;
const mostTexts = 12;
/** Output of programs. */
const fenced = /^ {0,3}(`{3,}|~{3,}).*\n(?:.*\n)*? {0,3}\1[ \t]*$/gm;

/**
 * The paragraphs below a line such as "Root cause: a bad deploy" that begin with a day: they go on
 * with the account. A cause itself may tell of days long before.
 */
function belowLabelOfCause(fact: Fact): Fact[] {
  const { value } = fact.sent;
  if (fact.field !== 'rootCauses' || typeof value !== 'string') return [];
  const dated = value
    .split(/\n{2,}/)
    .slice(1)
    .filter((paragraph) => beginsWithDay.test(paragraph));
  return dated.length === 0 ? [] : [{ ...fact, sent: { ...fact.sent, value: dated.join('\n\n') } }];
}
const beginsWithDay =
  /^(?:(?:on|am|le|el|em|il|op)\s)?(?:\p{L}{3,12},?\s)?(?:\d{4}-\d\d-\d\d|\d{1,2}\.?\s?(?:\p{L}{3,12}|\d{1,2}\.)\s?\d{4}|\p{L}{3,12}\s\d{1,2},)/iu;

/**
 * Start and end as the texts tell them, the summary first. Below another heading than that of the
 * summary a bare day tells nothing: it may be that of something else.
 */
function fromProse(facts: readonly Fact[], context: MomentContext, now: Date): Fact[] {
  const told = tellers.flatMap((field) => facts.filter((fact) => fact.field === field));
  const texts = [...told, ...facts.flatMap(belowLabelOfCause)].slice(0, mostTexts);
  return texts.flatMap((text, i): Fact[] => {
    const value = isRecord(text.sent.value) ? text.sent.value.body : text.sent.value;
    if (typeof value !== 'string' || (i > 0 && isElsewhere.test(text.sent.as))) return [];
    const told = findSpan(value.replace(fenced, ' '), { ...context, latest: toInstant(now) });
    if (told === undefined || (i > 0 && !told.start.start.includes('T'))) return [];
    if (text.field === 'rootCauses' && told.end === undefined) return [];
    const place = text.field === 'summary' ? 'the summary' : `the text "${text.sent.as}"`;
    const fact = (field: string, { start, zone }: FoundSpan['start']): Fact => ({
      field,
      sent: { value: start, as: 'text' },
      place,
      trust: trusts.prose - i,
      ...(zone === 'assumed' && { zone: context.zone }),
    });
    return [fact('startedAt', told.start), ...(told.end === undefined ? [] : [fact('resolvedAt', told.end)])];
  });
}
