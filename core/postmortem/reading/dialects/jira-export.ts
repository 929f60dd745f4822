import type { Dialect } from './dialect.ts';
import { headingLine, labelItem } from './lines.ts';

/** `[OPS-7] Title  Created: 17/Nov/25  Updated: …` */
const first = /^(\[[A-Z][A-Z0-9_]{1,20}-\d{1,8}\][ \t]+\S.*?)[ \t]{2,}(Created:.*)$/;
const label = /^(?:([\p{Lu}][\p{L}/ ()-]{0,40}?):)(?:[ \t]+(\S.*)|[ \t]*)$/u;
const comment = /^Comment by (.{1,100}?) \[ ?(.{1,60}?) ?\][ \t]*$/;
const states = /^(?:to do|open|in progress|done|closed|resolved|in review|backlog|blocked|cancelled|canceled|won't do)\b/i;

/** An issue of Jira as it is printed or exported to a word processor. */
export const jiraExport: Dialect = {
  recognise: (lines) => first.test((lines.find((line) => line.trim() !== '') ?? '').slice(0, 1000)),
  toMarkdown: (lines) => {
    const start = lines.findIndex((line) => line.trim() !== '');
    const [, title = '', dates = ''] = first.exec(lines[start] ?? '') ?? [];
    const out = [headingLine(1, title), '', ...fieldsOf(withYears(dates))];
    let isText = false;
    let isLinks = false;
    for (const line of lines.slice(start + 1).map(withYears)) {
      const text = line.trimEnd();
      const [, author = '', when = ''] = comment.exec(text) ?? [];
      if (/^(?:Description|Comments|Environment|Attachments|Activity|History)$/.test(text)) {
        isText = true;
        out.push('', headingLine(2, text), '');
      } else if (author !== '') out.push('', headingLine(3, `Comment by ${author} (${when})`), '');
      else if (isText) out.push(line);
      else if (/^(?:Issue Links|Sub-Tasks):[ \t]*$/.test(text)) {
        isLinks = true;
        out.push('', headingLine(2, text.slice(0, -1)), '');
      } else if (isLinks && /^[ \t]+\S/.test(line)) out.push(`- ${linkOf(text.trim())}`);
      else out.push(...(text.trim() === '' ? [''] : fieldsOf(text)));
    }
    return promisesApart(out);
  },
};

/** These are about the issue, and not about the incident. */
const ofIssue = new Set(['Created', 'Updated', 'Resolved', 'Resolution', 'Due']);
/** `17/Nov/25` */
const withYears = (text: string): string => text.replace(/\b(\d{1,2})\/([A-Z][a-z]{2})\/(\d\d)\b/g, '$1 $2 20$3');

/** Fields stand in columns, with at least two blanks between them. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  for (const part of line.trim().split(/[ \t]{2,60}(?=\p{Lu}(?:[\p{L}/()-]| (?! )){0,40}:(?:[ \t]|$))/u)) {
    const [, name = '', value = ''] = label.exec(part) ?? [];
    if (name === '') fields.push(part);
    else if (value !== '')
      fields.push(labelItem(ofIssue.has(name) ? `Issue ${name.toLowerCase()}` : name, value.replace(/[ \t]{2,}/g, ' ')));
  }
  return fields;
}

const linkOf = (text: string): string => text.replace(/[ \t]{2,}/g, ' ');

/** An issue with a state that is linked as an action is a promise. */
function promisesApart(lines: readonly string[]): string[] {
  const at = lines.indexOf('## Issue Links');
  const end = at < 0 ? -1 : lines.findIndex((line, i) => i > at && line.startsWith('## '));
  const links = at < 0 ? [] : lines.slice(at + 1, end < 0 ? undefined : end);
  const promises = links.flatMap((line) => {
    const [, what = '', inside = ''] = /^- (?:Action|Follow-up|Relates|Reference):? (.{1,500}?) \(([^()]{2,200})\)$/.exec(line) ?? [];
    const [state = '', ...others] = inside.split(/,[ \t]*/);
    const [, how = '', key = '', title = ''] = /^(.{0,40}?) ?([A-Z][A-Z0-9_]{1,20}-\d{1,8}) (\S.*)$/.exec(what) ?? [];
    if (title === '' || !states.test(state)) return [];
    const people = others.map((other) => (/^due\b/i.test(other) ? `Due: ${other.replace(/^due:?[ \t]*/i, '')}` : `Owner: ${other}`));
    return [{ line, item: `- ${title} (${key}, ${how}); Status: ${state}${people.map((one) => `; ${one}`).join('')}` }];
  });
  if (promises.length === 0) return [...lines];
  const left = links.filter((line) => !promises.some((promise) => promise.line === line));
  const others = left.some((line) => line.trim() !== '') ? ['## Issue Links', ...left] : [];
  return [
    ...lines.slice(0, at),
    ...others,
    '',
    '## Action items',
    '',
    ...promises.map(({ item }) => item),
    '',
    ...(end < 0 ? [] : lines.slice(end)),
  ];
}
