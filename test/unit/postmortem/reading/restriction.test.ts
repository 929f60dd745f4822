import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromJson, fromMarkdown, refusal } from '../../../support/reading.ts';

const rest = '\n\n## Summary\n\nCredentials were stolen.\n';
const folder = new URL('../../../support/fixtures/restricted/', import.meta.url);

describe('a document that says somewhere that it is restricted is told to nobody', () => {
  it.each(readdirSync(folder))('%s', (name) => {
    expect(fromMarkdown(readFileSync(new URL(name, folder), 'utf8')).postmortem.restricted).toBe(true);
  });

  it.each([
    ['front matter behind a blank line', '\n---\ntitle: S\nrestricted: true\n---'],
    ['behind a comment', '<!-- markdownlint-disable -->\n---\ntitle: S\nrestricted: true\n---'],
    ['behind a comment of several lines', '<!--\nlint off\n-->\n\n---\ntitle: S\nrestricted: true\n---'],
    ['with four hyphens', '----\ntitle: S\nrestricted: true\n----'],
    ['indented', '  ---\n  title: S\n  restricted: true\n  ---'],
    ['as a block of YAML', '```yaml\n---\ntitle: S\nrestricted: true\n---\n```'],
    ['without hyphens', 'restricted: true\n\n# S'],
    ['behind the title', '# S\n---\nrestricted: true\n---'],
    ['in a list inside front matter', '---\ntitle: S\nmeta:\n  restricted: true\n---'],
    ['as an object of an incident', '---\ntitle: S\nincident:\n  visibility: private\n---'],
    ['as a classification', '---\ntitle: S\nclassification: confidential\n---'],
    ['as a tag', '---\ntitle: S\ntags: [security, confidential]\n---'],
    ['front matter says no and a label yes', '---\ntitle: S\nrestricted: false\n---\n\nVisibility: private'],
    ['a block of YAML', '# S\n\n```yaml\nrestricted: true\n```'],
    ['a block of anything', '# S\n\n```\nvisibility: private\n```'],
    ['a block of JSON', '# S\n\n```json\n{ "restricted": true }\n```'],
    ['TOML below the title', '# S\n\n+++\nrestricted = true\n+++'],
    ['a heading', '# S\n\n## Restricted\n\ntrue'],
    ['a heading alone', '# S\n\n### 🔒 Confidential'],
    ['a heading with its value below', '# S\n\n## Visibility\n\nPrivate'],
    ['an underlined heading', '# S\n\nVisibility\n----------\n\nPrivate'],
    ['a bold heading', '# S\n\n**Visibility**\n\nPrivate'],
    ['an HTML heading', '<h2>Restricted</h2>\n\n<p>true</p>'],
    ['the title', '# [CONFIDENTIAL] Keys of the vault'],
    ['the end of the title', '# Keys of the vault (restricted)'],
    ['the title in front matter', '---\ntitle: "CONFIDENTIAL: keys"\n---'],
    ['a row of a table', '# S\n\n| Field | Value |\n|---|---|\n| Restricted | true |'],
    ['a column of a table', '# S\n\n| Severity | Visibility |\n|---|---|\n| SEV-1 | Restricted |'],
    ['the head of a table', '# S\n\n| Restricted | true |\n|---|---|\n| Severity | SEV-1 |'],
    ['an HTML table', '# S\n\n<table><tr><td>Visibility</td><td>Restricted</td></tr></table>'],
    ['a list of definitions', '# S\n\n<dl>\n<dt>Visibility</dt>\n<dd>Restricted</dd>\n</dl>'],
    ['a quotation', '# S\n\n> **Confidential** do not forward'],
    ['a callout', '# S\n\n> [!WARNING]\n> Confidential'],
    ['an item', '# S\n\n- Restricted: true'],
    ['a nested item', `# S${rest}\n## Metadata\n\n- Owner\n  - Restricted: yes\n`],
    ['a ticked box', '# S\n\n- [x] Restricted'],
    ['a numbered item', '1. Restricted: true'],
    ['capitals', '# S\n\nVISIBILITY : RESTRICTED'],
    ['an equals sign', `# S${rest}\nRESTRICTED = TRUE\n`],
    ['a question', '# S\n\nRestricted? Yes'],
    ['a dash', '# S\n\nVisibility – private'],
    ['labels between bars', `# S${rest}\n**Severity:** SEV-1 | **Visibility:** restricted | **Status:** final\n`],
    ['labels between dots', `# S${rest}\nSeverity: SEV-1 · Visibility: Restricted\n`],
    ['no-break blanks', `# S${rest}\n**Restricted\u00a0:**\u00a0true\n`],
    ['unseen characters', `# S${rest}\nRes\u200btricted: tr\u200bue\n`],
    ['code', '# S\n\n`restricted: true`'],
    ['a comment', '<!-- restricted: true -->\n# S'],
    ['a notice', '# S\n\n_Strictly confidential – do not share_'],
    ['a sentence', '# S\n\nThis document is confidential.'],
    ['a traffic light', '# S\n\nTLP:RED'],
    ['German', `# S${rest}\nVertraulichkeit: streng vertraulich\n`],
    ['words that are not understood', '# S\n\nVisibility: the security team'],
    ['a long reason', `# S\n\n**Restricted:** yes, ${'because legal asked us to keep it so '.repeat(5)}`],
  ])('%s', (_, head) => {
    expect(fromMarkdown(`${head}${rest}`).postmortem.restricted).toBe(true);
  });

  it.each([
    [{ restricted: true, is_private: false }],
    [{ isPrivate: true, is_private: false }],
    [{ restricted: true, visibility: 'public' }],
    [{ summary: '**Visibility:** private' }],
    [{ sections: [{ heading: 'Restricted', body: 'true' }] }],
    [{ incident: { restricted: true } }],
  ])('JSON %j', (more) => {
    expect(fromJson({ title: 'S', summary: 'x', ...more }).postmortem.restricted).toBe(true);
  });

  it.each(['"restricted":true,"restricted":false', '"restr\\u0069cted":true,"restricted":false', '"impact":{"text":"a","text":"b"}'])(
    'a key that stands twice in JSON is refused: %s',
    (members) => {
      expect(refusal(() => fromJson(`{"title":"a \\"b\\": {","summary":"x",${members}}`))).toMatchObject({
        kind: 'content',
        flaws: [{ problem: 'stands twice in one object' }],
      });
    },
  );
});

describe('a document about something that was restricted is told', () => {
  it.each([
    ['prose', '# S\n\nWe restricted access to production, and the confidential field leaked.'],
    ['a sentence that begins so', '# S\n\nRestricted access was given to Jo.'],
    ['visibility into something', '# S\n\n## Visibility\n\nWe had few dashboards for the queue, so it took an hour.'],
    ['a title', '# Confidential data in the logs of checkout'],
    ['public', '# S\n\nVisibility: public'],
    ['no', '# S\n\n## Restricted\n\nNo'],
    ['a table that says public', '# S\n\n| Visibility | Public |\n|---|---|\n| Status | Final |'],
    ['a table of subnets', '# S\n\n| Service | Subnet | State |\n|---|---|---|\n| cart | private | up |'],
    ['a package in code', '# S\n\n```json\n{\n  "private": true\n}\n```'],
    ['a box that is not ticked', `# S${rest}\n## Action items\n\n- [ ] Restricted\n`],
    ['a private subnet', `# S${rest}\n## Causes\n\nTwo of them:\n\n- Private: no route to the subnet\n`],
    ['a service of that name', '---\ntitle: S\nservices: [restricted]\nauthors: [Confidential]\n---'],
    ['a notice, and a plain no', '---\ntitle: S\nrestricted: false\n---\n\n> **Confidential**'],
    ['code, and a plain no', '---\ntitle: S\nvisibility: public\n---\n\n```yaml\nvisibility: private\n```'],
  ])('%s', (_, head) => {
    expect(fromMarkdown(`${head}${rest}`).postmortem.restricted).toBe(false);
  });
});

it('says why it is restricted, and how it can be told', () => {
  const { warnings } = fromMarkdown(`# S\n\n> **Confidential**${rest}`);
  expect(warnings).toContainEqual(expect.stringMatching(/It says "Confidential".*restricted: false/));
});

it('says where a plain no outweighs a notice', () => {
  const { warnings } = fromMarkdown(`---\ntitle: S\nrestricted: false\n---\n\n> **Confidential**${rest}`);
  expect(warnings).toContainEqual(expect.stringMatching(/It says "Confidential" and is told all the same/));
});

it('reads everything of front matter that stands behind a blank line, so that a Sev-1 is one', () => {
  const { postmortem } = fromMarkdown(`\n---\ntitle: Pool ran dry\nseverity: SEV-1\n---${rest}`);
  expect(postmortem).toMatchObject({ title: 'Pool ran dry', severity: 'sev1', summary: 'Credentials were stolen.' });
});

it('takes a rule and a piece of configuration at the head for what they are', () => {
  expect(fromMarkdown('\n---\n\nThe pool: it ran dry.\n\n---\n\nAll night.').postmortem.title).toBe('The pool: it ran dry');
  expect(fromMarkdown(`\`\`\`yaml\nreplicas: 2\n\`\`\`\n\n# S${rest}`).postmortem.title).toBe('S');
});
