import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

const documents = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('{docs,samples}/**/*.md')];
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');

/** As GitHub makes anchors of headings: small letters, no signs but hyphens, a hyphen for each blank. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsIn = (text: string) => [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** What a document links to and is not there: a file, a folder, a heading. */
function brokenLinks(path: string, text: string): string[] {
  const links = [...withoutCode(text).matchAll(/\]\(([^)\s#]*)(?:#([^)\s]+))?\)/g)];
  return links.flatMap(([, file = '', anchor]) => {
    if (/^[a-z]+:/.test(file)) return [];
    const target = file === '' ? path : normalize(join(dirname(path), file));
    if (!existsSync(target)) return [`${path}: ${file}`];
    const isText = statSync(target).isFile() && target.endsWith('.md');
    const known = file === '' ? text : isText ? readFileSync(target, 'utf8') : '';
    return anchor === undefined || !isText || anchorsIn(known).includes(anchor) ? [] : [`${path}: ${file}#${anchor}`];
  });
}

it('every link in a document leads to a file and a heading that are there', () => {
  expect(documents.length).toBeGreaterThan(100);
  expect(documents.flatMap((path) => brokenLinks(path, readFileSync(path, 'utf8')))).toEqual([]);
});

it('finds a link to a file or a heading that is not there', () => {
  const text = '# One two\n[a](docs/no.md) [b](#one-two) [c](#three) [d](CONTRIBUTING.md#no-such) [e](https://example.com/x) `[f](no.md)`';
  expect(brokenLinks('README.md', text)).toEqual(['README.md: docs/no.md', 'README.md: #three', 'README.md: CONTRIBUTING.md#no-such']);
});
