/**
 * The text of a message in Markdown. Slack marks up in a way of its own and writes people, channels
 * and links in angle brackets (docs.slack.dev/messaging/formatting-message-text). Nobody is looked
 * up: a person without a name in the text stays an id.
 */
export const slackMarkdown = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .split(/```([\s\S]*?)```/)
    .map((part, i) => (i % 2 === 1 ? fenced(part) : prose(part)))
    .join('')
    .trim();

/** A fence that the text cannot end. */
function fenced(code: string): string {
  const inside = asWritten(code).replace(/^\n|\n$/g, '');
  return `\n\`\`\`\`\n${inside}\n\`\`\`\`\n`;
}

const prose = (text: string): string =>
  text
    .split('\n')
    .map((line) => headingApart(lineOf(line)))
    .join('\n');

const lineOf = (line: string): string =>
  line
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? asWritten(part) : marked(part)))
    .join('')
    .replace(/^(\s*)[•◦▪]\uFE0E?\s*/u, '$1- ');

/** A line in bold is a heading, which Markdown tells from the text before it by an empty line. */
const headingApart = (line: string): string => (/^\*\*[^*]+\*\*:?\s*$/.test(line) ? `\n${line.trim()}\n` : line);

const marked = (text: string): string =>
  text
    .replace(/(^|[\s(>_~"'])\*(?=\S)([^*]*[^*\s])\*(?=$|[\s).,:;!?<_~"'])/g, '$1**$2**')
    .replace(/(^|[\s(>_*"'])~(?=\S)([^~]*[^~\s])~(?=$|[\s).,:;!?<_*"'])/g, '$1~~$2~~')
    .split(/<([^<>]*)>/)
    .map((part, i) => (i % 2 === 1 ? referenceOf(part) : harmless(part)))
    .join('');

/** What stands between angle brackets: `@U012AB3CD|ada`, `#C012AB3CD|news`, `!here`, `https://…|label`. */
function referenceOf(inside: string): string {
  const [target = '', ...rest] = inside.split('|');
  const label = harmless(rest.join('|'));
  const kind = target.charAt(0);
  if (kind === '@' || kind === '#') return `${kind}${label.replace(/^[@#]/, '') || target.slice(1)}`;
  if (kind === '!') return label || `@${target.slice(1).split('^')[0]}`;
  if (!/^https?:\/\/[^\s]+$/i.test(target)) return label || harmless(target.replace(/^mailto:/i, ''));
  const address = asWritten(target).replace(/[()<>\\]/g, encodeURIComponentAll);
  return label === '' ? address : `[${label.replace(/[[\]\\]/g, '\\$&')}](${address})`;
}

const encodeURIComponentAll = (sign: string) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;

/** The three characters that Slack writes in another way. */
const asWritten = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The same where Markdown would read them as HTML or as a character reference. */
const harmless = (text: string): string =>
  text
    .replaceAll('&gt;', '>')
    .replace(/&lt;(?=[a-z/!?])/gi, '\\<')
    .replaceAll('&lt;', '<')
    .replace(/&amp;(?!#|[a-z0-9]+;)/gi, '&');
