import type { Dialect } from './dialect.ts';
import { headingLine, labelItem } from './lines.ts';

/** The names of headers, by what they say here. To add a language, add its words. */
const names = {
  subject: 'subject|betreff|objet|asunto|assunto|oggetto|onderwerp|件名|主题|主旨|제목',
  date: 'date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato|verzonden|日時|送信日時|日期|发送时间|날짜|보낸 날짜',
  from: 'from|von|de|da|van|差出人|发件人|보낸 사람',
  other: `to|cc|bcc|reply-to|sender|message-id|in-reply-to|references|list-id|mime-version|content-type|content-transfer-encoding|importance|
    an|kopie|antwort an|à|a|aan|para|cci|répondre à|宛先|收件人|抄送|받는 사람|x-[a-z-]{1,40}`,
};
type Kind = keyof typeof names;
const kinds = Object.entries(names).map(
  ([kind, words]) => [kind as Kind, new RegExp(`^(?:${words.replace(/\s*\n\s*/g, '')})$`, 'iu')] as const,
);
const header = /^(?:\*\*|\*)?([\p{L}][\p{L} -]{0,40}?)(?:\*\*|\*)?[ \u00a0]?[:：](?:\*\*|\*)?[ \t]*(.*)$/u;

interface Header {
  readonly kind: Kind;
  readonly name: string;
  readonly value: string;
}

/** The headers at the top of a text, and the line behind them. */
function headersOf(lines: readonly string[]): { headers: readonly Header[]; end: number } {
  const headers: Header[] = [];
  let i = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== '' && !separator.test(line)),
  );
  for (; i < lines.length && (lines[i] ?? '').trim() !== ''; i++) {
    const line = (lines[i] ?? '').slice(0, 2000);
    const [, name = '', value = ''] = header.exec(line) ?? [];
    const kind = kinds.find(([, pattern]) => pattern.test(name))?.[0];
    const before = headers.at(-1);
    if (kind !== undefined) headers.push({ kind, name, value });
    else if (/^[ \t]/.test(line) && before !== undefined)
      headers[headers.length - 1] = { ...before, value: `${before.value} ${line.trim()}` };
    else return { headers: [], end: 0 };
  }
  return { headers, end: i };
}
const separator = /^-{3,}.{0,80}-{3,}$/;

/** A mail with its headers, as a program of mail saves, prints or forwards it. */
export const mail: Dialect = {
  recognise: (lines) => {
    const { headers } = headersOf(lines);
    const has = (kind: Kind) => headers.some((one) => one.kind === kind);
    return has('subject') && (has('date') || has('from')) && headers.length >= 3;
  },
  toMarkdown: (lines) => {
    const { headers, end } = headersOf(lines);
    const subject = headers.find(({ kind }) => kind === 'subject')?.value ?? '';
    const title = subject.replace(/^(?:(?:re|fwd?|aw|wg|tr|rv|enc|r|i)[ \u00a0]?[:：][ \t]*){1,5}/i, '');
    const labels = headers.flatMap(({ kind, name, value }) => {
      if (kind === 'subject' || value.trim() === '') return [];
      return kind === 'date' ? labelItem('Date published', value) : labelItem(kind === 'from' ? 'Author' : `Mail ${name}`, value);
    });
    return [...(title === '' ? [] : [headingLine(1, title), '']), ...labels, ...lines.slice(end)];
  },
};
