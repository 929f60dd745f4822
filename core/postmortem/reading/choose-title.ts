import { headingKey, isPlaceholderTitle, type ReadHeading } from './headings/heading-map.ts';
import { labelLevel, type Section } from './headings/split-sections.ts';

export interface ChosenTitle {
  /** Undefined if no heading is one. */
  readonly text?: string;
  /** The headings that stand at the top of the document: their texts belong to none. */
  readonly sections: readonly Section[];
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
    if (own !== undefined && !isPlaceholderTitle(own)) return { text: own, sections: [...top, section] };
    if (isPlaceholderTitle(heading) || (top.length === 0 && level === 1 && body === '' && kinds.has(headingKey(heading)))) {
      top.push(section);
      continue;
    }
    const name = read(heading);
    const isName = name !== undefined && !(level === 1 && name.remark !== undefined && !name.remark.startsWith('('));
    if (isName || heading === '') break;
    const isTitle = level === 1 || (!isGiven && (isFirst || top.length > 0) && !isDay(heading));
    return isTitle ? { text: heading, sections: [...top, section] } : { sections: top };
  }
  return { sections: top };
}

/** Known names that are the kind of the document where only other headings follow. */
const kinds = new Set(['rca', 'rootcauseanalysis', 'incidentsummary', 'retrospective', 'theincident', 'incidentanalysis']);
const isDay = (heading: string): boolean => /^[\d\s./-]{4,20}$/.test(heading);
