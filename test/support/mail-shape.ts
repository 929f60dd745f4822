import { HtmlValidate, Parser } from 'html-validate';
import { type ParsedMail, simpleParser } from 'mailparser';

const parser = new Parser(await new HtmlValidate({ root: true, elements: ['html5'] }).getConfigFor('mail.html'));

/** The structure of a mail, without what it says. */
export interface Shape {
  /**
   * `td@style=padding:0`, `a@href`: elements, attributes, and the values of attributes that affect
   * the appearance.
   */
  readonly parts: ReadonlySet<string>;
  readonly addresses: readonly string[];
  readonly headers: readonly string[];
  readonly comments: number;
}

export interface ReadMail extends Shape {
  readonly mail: ParsedMail;
  readonly html: string;
  readonly text: string;
}

/** Attributes whose values may be a stranger's text, or figures. */
const free = new Set(['href', 'aria-label', 'height', 'width']);

/** What the local SES inserts in place of the placeholder. */
const pixel = /<img alt="" src="http:\/\/localhost:\d+\/_local\/pixel\/[\w-]+" style="display:none;width:1px;height:1px;">/;

/**
 * Reads a raw mail as a mail program does. The pixel of a delivered mail is replaced by its
 * placeholder.
 */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  const mail = await simpleParser(raw);
  const html = (mail.html || '').replace(pixel, '{{ses:openTracker}}');
  const document = parser.parseHtml(html);
  const elements = document.querySelectorAll('*');
  const parts = elements.flatMap(({ tagName, attributes }) => [
    tagName,
    ...attributes.map(({ key, value }) =>
      free.has(key) ? `${tagName}@${key}` : `${tagName}@${key}=${key === 'style' ? styleOf(value) : value}`,
    ),
  ]);
  return {
    mail,
    html,
    text: mail.text ?? '',
    parts: new Set(parts),
    addresses: elements.flatMap((element) => element.getAttributeValue('href') ?? []),
    headers: mail.headerLines.map(({ key }) => key),
    comments: html.split('<!--').length - 1,
  };
}

/** Without the line height, which the bars of the chart take from the figures. */
const styleOf = (style: unknown): string => String(style).replace(/line-height:\d+px;font-size:0/, 'line-height;font-size:0');
