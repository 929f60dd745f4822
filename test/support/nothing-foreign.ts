import { expect } from 'vitest';

const ours =
  /^<!doctype html>|<details( open="")?><summary>Filter<\/summary>|<\/details>|<\/?(html|head|meta|title|style|body|main|p|h1|h2|h3|search|form|div|label|input|button|select|option|section|nav|ul|ol|li|span|a|small|footer|article|dl|dt|dd|em|strong|del|code|pre|blockquote|br|hr|table|thead|tbody|tr|th|td|sup)(\s[^<>]*)?\/?>/g;

/**
 * Checks that there are only the tags that our pages use, no event handlers, and no addresses
 * except of the web and of mail.
 */
export function expectNothingForeign(html: string): void {
  expect(html.replace(/<style>.*?<\/style>/s, '').replace(ours, '')).not.toMatch(/<[a-z!/?]/i);
  const tags = [...html.matchAll(/<[a-z][^<>]*>/gi)].map(([tag]) => tag);
  expect(
    tags.filter(
      (tag) =>
        /\s(on[a-z]+|style|src|srcdoc|action|formaction|http-equiv)\s*=/i.test(tag.replace(/"[^"]*"/g, '""')) && !tag.startsWith('<form '),
    ),
  ).toEqual([]);
  const urls = tags.flatMap((tag) => /\shref="([^"]*)"/.exec(tag)?.[1] ?? []);
  expect(urls.filter((url) => !/^(https?:\/\/|mailto:|\/[a-z]|\/$)/.test(url))).toEqual([]);
}
