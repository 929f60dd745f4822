import { lessonsLearned } from '../postmortem.ts';
import type { SeverityNames } from './classification-words.ts';
import { readClassification } from './read-classification.ts';
import { readActions, readLinks, readSections, readTimeline } from './read-entries.ts';
import {
  readAddresses,
  readCount,
  readEnd,
  readLine,
  readMoment,
  readNameLists,
  readOther,
  readPeople,
  readPublication,
  readText,
  readTexts,
  readYesOrNo,
} from './read-values.ts';
import type { Reading, SentField } from './reading.ts';
import type { SentFields } from './sent-fields.ts';

/** What was sent, in the shape of a postmortem, but not yet checked as a whole. */
export type Draft = Readonly<Record<string, unknown>>;

/** Reads every field except id and title into our form. */
export function readFields(fields: SentFields, names: SeverityNames, reading: Reading): Draft {
  const all = (name: string): readonly SentField[] => fields.get(name) ?? [];
  const one = <T>(name: string, read: (sent: SentField, reading: Reading) => T | undefined): T | undefined => {
    for (const sent of all(name)) {
      const value = read(sent, reading);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  const texts = (name: string) => readTexts(all(name), reading);
  const whys = texts('fiveWhys').map((why, i, several) => (several.length === 1 ? why : `${i + 1}. ${why}`));
  return {
    ...readClassification(fields, names, reading),
    services: readNameLists(all('services'), reading),
    owningTeam: one('owningTeam', readLine),
    authors: readPeople(all('authors'), reading),
    tags: readNameLists(all('tags'), reading),
    startedAt: one('startedAt', readMoment),
    detectedAt: one('detectedAt', readMoment),
    mitigatedAt: one('mitigatedAt', readEnd),
    resolvedAt: one('resolvedAt', readEnd),
    publishedAt: one('publishedAt', readPublication),
    summary: one('summary', readText),
    customerImpact: orNothing({
      text: joined([...texts('impactText'), ...texts('scope')]),
      customersAffected: one('customersAffected', readCount),
      regions: readNameLists(all('regions'), reading),
      externallyVisible: one('externallyVisible', readYesOrNo),
    }),
    rootCauses: texts('rootCauses'),
    contributingFactors: texts('contributingFactors'),
    trigger: joined(texts('trigger')),
    detection: joined(texts('detection')),
    resolution: joined(texts('resolution')),
    timeline: readTimeline(all('timeline'), reading),
    lessons: orNothing({ wentWell: texts('wentWell'), wentWrong: texts('wentWrong'), gotLucky: texts('gotLucky') }),
    actionItems: readActions(all('actionItems'), reading),
    support: orNothing({
      say: texts('say'),
      doNotSay: texts('doNotSay'),
      workaround: one('workaround', readText),
      doing: orNone(texts('doing')),
      contact: one('contact', readLine),
      nextNewsAt: one('nextNewsAt', readMoment),
    }),
    external: orNothing({
      title: one('externalTitle', readLine),
      body: joined([...texts('external'), ...texts('externalBody')]),
      change: one('externalChange', readText),
      products: orNone(readNameLists(all('externalProducts'), reading)),
      writtenBy: orNone(readAddresses(all('externalWriters'), reading)),
      ready: one('externalReady', readYesOrNo),
    }),
    mergedInto: one('mergedInto', readOther),
    links: readLinks(all('links'), reading),
    sections: [
      ...readSections(all('sections'), reading),
      ...texts('lessons').map((body) => ({ heading: lessonsLearned, body })),
      ...(whys.length === 0 ? [] : [{ heading: 'Five whys', body: whys.join('\n') }]),
    ],
  };
}

const joined = (texts: readonly string[]): string | undefined => (texts.length === 0 ? undefined : texts.join('\n\n'));

/** An empty list counts as absent, so that the hash of earlier documents stays. */
const orNone = (texts: readonly string[]): readonly string[] | undefined => (texts.length === 0 ? undefined : texts);

/** A group with no values counts as absent. */
function orNothing(group: Readonly<Record<string, unknown>>): Draft | undefined {
  const said = Object.values(group).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined));
  return said ? group : undefined;
}
