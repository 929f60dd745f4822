/** mailparser brings no types: what the inbox uses of it. */
declare module 'mailparser' {
  export interface ParsedMail {
    readonly headers: ReadonlyMap<string, unknown>;
    readonly subject?: string;
    readonly from?: { readonly text: string };
    readonly html?: string | false;
    readonly text?: string;
  }
  export function simpleParser(
    source: Buffer,
    options?: { readonly skipHtmlToText?: boolean; readonly skipTextToHtml?: boolean; readonly skipImageLinks?: boolean },
  ): Promise<ParsedMail>;
}
