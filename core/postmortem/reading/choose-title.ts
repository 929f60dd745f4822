import { headingKey, isPlaceholderTitle, type ReadHeading } from './headings/heading-map.ts';
import { labelLevel, type Section } from './headings/split-sections.ts';

export interface ChosenTitle {
  /** Undefined if no heading is one. */
  readonly text?: string;
  /** The headings that stand at the top of the document: their texts belong to none. */
  readonly sections: readonly Section[];
  /** All sections, without the line that is the title. */
  readonly rest: readonly Section[];
}

/**
 * The title of a document: its first heading of level 1, or its first heading, unless it names a
 * section or is what a template left there ("Title:", "Metadata"). The heading below such a
 * placeholder counts as the first. A title in front matter needs none: then only a heading of level
 * 1 is one.
 */
export function chooseTitle(sections: readonly Section[], read: ReadHeading, isGiven: boolean): ChosenTitle {
  const headings = sections.filter(({ level, kind }) => level > 0 && kind !== 'back');
  const isFirst = sections.every(({ level, body }) => level > 0 || body === '');
  const top: Section[] = [];
  for (const section of headings) {
    const { heading, level, kind, body } = section;
    if (kind !== 'heading' || level >= labelLevel) break;
    const [, own] = /^title\s*[:：]\s*(\S.*)$/is.exec(heading) ?? [];
    if (own !== undefined && !isPlaceholderTitle(own)) return { text: own, sections: [...top, section], rest: sections };
    if (isPlaceholderTitle(heading) || (top.length === 0 && level === 1 && body === '' && kinds.has(headingKey(heading)))) {
      top.push(section);
      continue;
    }
    const name = read(heading);
    const isName = name !== undefined && !(level === 1 && name.remark !== undefined && !name.remark.startsWith('('));
    if (isName || heading === '') break;
    const isTitle = level === 1 || (!isGiven && (isFirst || top.length > 0) && !isDay(heading));
    return isTitle ? { text: heading, sections: [...top, section], rest: sections } : { sections: top, rest: sections };
  }
  return top.length === 0 && !isGiven ? titleLine(sections, read) : { sections: top, rest: sections };
}

/**
 * A first line that is nothing but emphasised words, is labelled as the title, or begins with what
 * the document is: "Postmortem: …".
 */
function titleLine(sections: readonly Section[], read: ReadHeading): ChosenTitle {
  const at = sections[0]?.raw === '' && sections[1]?.kind === 'back' ? 1 : 0;
  const lead = sections[at];
  const [line = '', ...rest] = lead?.raw.split('\n') ?? [];
  const [, , marked, labelled] =
    (line.length > 300
      ? null
      : /^(?:(\*\*|__|\*|_)([^*_]{4,200})\1|(?:\*\*)?[Tt]itle(?:\*\*)?:(?:\*\*)?[ \t]+(\S.*?))[ \t\\]*$/.exec(line)) ?? [];
  const text = (labelled ?? marked ?? kindFirst.exec(line.slice(0, 200))?.[0])?.trim();
  const isAlone = labelled === undefined ? isBlankOrLabel(rest[0]) : !labelled.includes(' | ');
  // The line is taken away, so all of it has to be the title.
  if (
    lead === undefined ||
    text === undefined ||
    text.length > longestTitle ||
    !isAlone ||
    /[:.!?。]$|^[!⚠]/u.test(text) ||
    read(text) !== undefined
  )
    return { sections: [], rest: sections };
  const body = rest.join('\n').trim();
  return { text, sections: [], rest: sections.with(at, { ...lead, body, raw: body }) };
}
/** Characters, as the schema has it. */
const longestTitle = 200;
const kindFirst =
  /^(?:post-?[ ]?mortem|incident (?:report|review|postmortem)|outage report|störungsbericht|vorfall(?:s)?bericht|ausfallbericht)[ \t]?(?::|[ \t][-–—])[ \t]+\S.{2,150}$/iu;
const isBlankOrLabel = (line = ''): boolean => line.trim() === '' || /^[*_]{0,2}\p{Lu}[\p{L} ]{1,30}(?::|[*_]{1,2}:)/u.test(line);

/** Known names that are the kind of the document where only other headings follow. */
const kinds = new Set(['rca', 'rootcauseanalysis', 'incidentsummary', 'retrospective', 'theincident', 'incidentanalysis']);
const isDay = (heading: string): boolean => /^[\d\s./-]{4,20}$/.test(heading);
